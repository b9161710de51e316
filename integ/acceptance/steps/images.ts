import { readFileSync } from 'fs';
import { join } from 'path';
import { ApiError } from '../../rehearsal/accounts/aws-api';
import { must } from '../claim';
import { BATCH, groupOf, nameOf, TRAIN } from '../projects';
import { pipelineRun } from '../runs';
import { Scene } from '../scene';
import { Step } from '../step';

const CONFIGURATION = join(__dirname, '..', '..', '..', 'src', 'mlops', 'seed-code', 'train', 'config.json');

interface Version {
  readonly ModelPackageArn: string;
  readonly ModelApprovalStatus: string;
  readonly CreationTime: string;
  readonly ModelPackageDescription?: string;
}
interface Branch { readonly branch: { readonly commitId: string } }

/** The frameworks beside XGBoost, each trained, approved and run over rows once. */
export const OTHER_IMAGES: Step[] = [
  imageStep('scikit-learn', 'random_forest', 'batch'),
  imageStep('pytorch', 'neural_network', 'batch'),
];

function imageStep(framework: string, model: string, needed: string): Step {
  return {
    id: `image-${framework}`,
    claim: `AWS's image of ${framework} trains the model of another file of "models", and starts our code to answer rows, both without a network`,
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html',
    remedy: 'The lines of the container are in /aws/sagemaker/TrainingJobs and /aws/sagemaker/TransformJobs: one that looks for an index of packages or waits for an address is not as its toolkit is here. Then start the delivery pipeline again, and this program',
    after: [needed],
    onlyOnAws: 'the local AWS has none of AWS\'s images; "npx projen verify --only seed" runs the code under their toolkits',
    play: async (scene) => {
      await choose(scene, model);
      const version = await trained(scene, model);
      if (version.ModelApprovalStatus !== 'Approved') {
        await scene.callAs(await scene.persona('team-administrator'), 'sagemaker', 'update_model_package', { ModelPackageArn: version.ModelPackageArn, ModelApprovalStatus: 'Approved' });
      }
      const run = await pipelineRun(scene, await nameOf(scene, BATCH), 60, version.CreationTime); // nothing else starts one meanwhile
      must(run.PipelineExecutionStatus === 'Succeeded', `The run is ${run.PipelineExecutionStatus}: ${run.PipelineExecutionFailureReason ?? 'no reason given'}`);
      return `version ${version.ModelPackageArn.split('/').pop()!} answers`;
    },
  };
}

/** Commits the choice of a model, as whoever runs the program: a push from Studio does the same. */
async function choose(scene: Scene, model: string): Promise<void> {
  const repositoryName = await nameOf(scene, TRAIN);
  const said = JSON.parse(readFileSync(CONFIGURATION, 'utf8')) as { gate: object };
  // How good it is on the bundled data is not the question: the gate is wide.
  const configuration = { ...said, model, gate: { ...said.gate, threshold: 100 } };
  const { branch: { commitId } } = await scene.call<Branch>('codecommit', 'get_branch', { repositoryName, branchName: 'main' });
  try {
    await scene.call('codecommit', 'put_file', {
      repositoryName, branchName: 'main', parentCommitId: commitId, filePath: 'config.json', fileContent: `${JSON.stringify(configuration, undefined, 2)}\n`, commitMessage: `Use ${model}`,
    });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'SameFileContentException')) throw error; // an earlier run has committed it
  }
}

/** The version of a model, which its description begins with. */
async function trained(scene: Scene, model: string): Promise<Version> {
  const ModelPackageGroupName = await groupOf(scene);
  return scene.until(`a version of ${model}`, 60, async () => {
    const { ModelPackageSummaryList: versions } = await scene.call<{ ModelPackageSummaryList: Version[] }>(
      'sagemaker', 'list_model_packages', { ModelPackageGroupName, SortBy: 'CreationTime', SortOrder: 'Descending' });
    return versions.find(({ ModelPackageDescription }) => ModelPackageDescription?.startsWith(`${model}, `));
  });
}
