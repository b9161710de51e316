import { ENVIRONMENT_NAME, STAGE } from '../app';
import { must } from '../claim';
import { DEPLOY, launch, MONITOR, settled } from '../projects';
import { Step } from '../step';

const ENDPOINT = `${ENVIRONMENT_NAME}--${STAGE}--${DEPLOY}`;
const REQUESTS = 20;
const ROW = '0.01,0.05,-0.02,0.03,0.00,0.01,-0.04,0.02,0.01,0.03';

interface Schedule { readonly Name: string; readonly State: string }
interface Job {
  readonly ProcessingJobName: string;
  readonly ProcessingJobStatus: string;
  readonly FailureReason?: string;
  readonly ExitMessage?: string;
}

/** What comes to an account to watch a model, before there is anything to see. */
export const MONITORS: Step[] = [
  {
    id: 'monitor-project',
    claim: 'A data scientist launches a project that watches the endpoint of another one',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html',
    remedy: 'The stack SC-<account>-pp-… has the event that failed; a denial in it names the action that the launch role lacks',
    after: ['deploy-project'],
    play: async (scene) => {
      await launch(scene, MONITOR, 'Monitor', { EndpointProjectName: DEPLOY });
      return settled(scene, MONITOR, 'CreateCompleted');
    },
  },
  {
    id: 'requests',
    claim: 'The monitor comes to the account of the endpoint through the role chain, while the endpoint answers and captures what it is asked',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html',
    remedy: 'The delivery pipeline of the monitoring project names the action; an endpoint that does not answer has its lines in /aws/sagemaker/Endpoints',
    after: ['delivered', 'monitor-project'],
    onlyOnAws: 'the local AWS runs no endpoints; the rehearsal "monitors" brings a monitor to an account',
    play: async (scene) => {
      const schedule = await scene.until('the schedule of the monitor', 45, async () => {
        const { Schedules: [first] } = await scene.call<{ Schedules: Schedule[] }>('scheduler', 'list_schedules', { GroupName: `${ENVIRONMENT_NAME}--${STAGE}` });
        return first as Schedule | undefined;
      });
      for (let request = 0; request < REQUESTS; request++) {
        await scene.call('sagemaker-runtime', 'invoke_endpoint', { EndpointName: ENDPOINT, ContentType: 'text/csv', Body: ROW });
      }
      return `${REQUESTS} answers, ${schedule.Name} is ${schedule.State}`;
    },
  },
];

/** What the monitor has seen, an hour or two after it. */
export const SEEN: Step[] = [
  {
    id: 'monitor',
    claim: 'EventBridge Scheduler starts the monitor with an id in the job\'s name and all that the guardrails ask for; it reads what was captured and counts it in a metric',
    page: 'https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html',
    remedy: 'No job at all: CloudTrail has CreateProcessingJob of the schedule\'s role with its error. A job that failed: /aws/sagemaker/ProcessingJobs has its lines. A job without rows: the folder of captures in the capture bucket is not the one that the job was given',
    after: ['requests'],
    onlyOnAws: 'the local AWS has no schedules that start something',
    play: async (scene) => {
      const rows = await scene.until('a job of the monitor that has seen a row', 180, async () => {
        const { ProcessingJobSummaries: jobs } = await scene.call<{ ProcessingJobSummaries: Job[] }>(
          'sagemaker', 'list_processing_jobs', { NameContains: `${ENVIRONMENT_NAME}--`, SortBy: 'CreationTime', SortOrder: 'Descending' });
        const last = jobs.find(({ ProcessingJobStatus }) => ['Completed', 'Failed', 'Stopped'].includes(ProcessingJobStatus));
        must(last?.ProcessingJobStatus !== 'Failed', `${last?.ProcessingJobName ?? ''}: ${last?.ExitMessage ?? last?.FailureReason ?? 'no reason given'}`);
        const { Datapoints } = await scene.call<{ Datapoints: { Sum: number }[] }>('cloudwatch', 'get_metric_statistics', {
          Namespace: `secure-mlops/${ENVIRONMENT_NAME}/${STAGE}/monitoring`,
          MetricName: 'Rows',
          Dimensions: [{ Name: 'Endpoint', Value: ENDPOINT }, { Name: 'Check', Value: 'data-quality' }],
          StartTime: new Date(Date.now() - 12 * 3_600_000).toISOString(),
          EndTime: new Date().toISOString(),
          Period: 3600,
          Statistics: ['Sum'],
        });
        const sum = Datapoints.reduce((total, { Sum }) => total + Sum, 0);
        return sum > 0 ? sum : undefined;
      });
      return `${rows} rows`;
    },
  },
];
