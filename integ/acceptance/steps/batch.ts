import { BATCH_INPUT } from '../app';
import { must } from '../claim';
import { runInJob } from '../program-job';
import { BATCH, groupOf, launch, nameOf, settled } from '../projects';
import { pipelineRun } from '../runs';
import { Step } from '../step';

/** Released models over rows of the data bucket. */
export const BATCHES: Step[] = [
  {
    id: 'batch-rows',
    claim: 'A job leaves rows under the prefix of batch inference, which the environment names as one of its outputs',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html',
    remedy: 'The exit message has the refusal; the prefix belongs to storage.outputPrefixes',
    after: ['own-name'],
    onlyOnAws: 'the local AWS runs no jobs',
    play: (scene) => runInJob(scene, 'rows.py', { BATCH_INPUT }),
  },
  {
    id: 'batch-project',
    claim: 'A data scientist launches a project that runs approved versions over data',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html',
    remedy: 'The stack SC-<account>-pp-… has the event that failed; a denial in it names the action that the launch role lacks',
    after: ['deploy-project'],
    play: async (scene) => {
      await launch(scene, BATCH, 'Batch', { ModelPackageGroupName: await groupOf(scene) });
      return settled(scene, BATCH, 'CreateCompleted');
    },
  },
  {
    id: 'batch',
    claim: 'The approved version is copied and run over the rows by batch transform: AWS\'s XGBoost image starts our code without a network, and each row has an answer',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/batch-vpc.html',
    remedy: 'A failed step of the SageMaker pipeline has its reason in Studio, the container\'s lines are in /aws/sagemaker/TransformJobs; an image that wants something of the network says so there. Then start the delivery pipeline of the project again, and this program',
    after: ['approval', 'batch-rows', 'batch-project'],
    onlyOnAws: 'the local AWS runs no builds and no jobs; "npx projen verify --only seed" runs the code of the project, under AWS\'s toolkits',
    play: async (scene) => {
      const run = await pipelineRun(scene, await nameOf(scene, BATCH), 60);
      must(run.PipelineExecutionStatus === 'Succeeded', `The run is ${run.PipelineExecutionStatus}: ${run.PipelineExecutionFailureReason ?? 'no reason given'}`);
      return `every row has an answer after ${run.PipelineExecutionArn.split('/').pop()!}`;
    },
  },
];
