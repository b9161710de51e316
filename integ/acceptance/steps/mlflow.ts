import { Browser } from '../browser';
import { must } from '../claim';
import { Extra } from '../extras';
import { Step } from '../step';

const JOB_LOGS = '/aws/sagemaker/ProcessingJobs';

interface Server { readonly TrackingServerStatus: string; readonly IsActive: string; readonly MlflowVersion: string }
interface Job { readonly ProcessingJobName: string }
interface Lines { readonly events: { readonly message: string }[] }

/** Experiments; with the option `--mlflow` only. */
export const EXPERIMENTS: Step[] = [
  {
    id: 'mlflow-server',
    claim: 'SageMaker makes the tracking server with a role that may use its artifact store and nothing else, and it runs',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-create-tracking-server-iam.html',
    remedy: 'The event of the stack has what the service could not do as the role; AWS\'s page gives it s3:Get*, s3:Put* and s3:List*',
    after: ['deploy'],
    onlyWith: Extra.MLFLOW,
    onlyOnAws: 'the local AWS runs no MLflow',
    play: async (scene) => {
      const TrackingServerName = (await scene.parameter('studio/mlflow-tracking-server-arn')).split('/').pop();
      const server = await scene.call<Server>('sagemaker', 'describe_mlflow_tracking_server', { TrackingServerName });
      must(server.IsActive === 'Active', `The server is ${server.TrackingServerStatus} and ${server.IsActive}.`);
      return `${server.TrackingServerStatus}, MLflow ${server.MlflowVersion}`;
    },
  },
  {
    id: 'mlflow-run',
    claim: 'The pipeline of a new project logs its run through the endpoint: requests carry aws:ResourceAccount and aws:SourceVpc, which policies ask for',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-private-link-restrict.html',
    remedy: 'The lines of the step "Track" have the refusal: the policy of the endpoint if it names aws:ResourceAccount, that of the role of jobs if it names no policy of an endpoint',
    after: ['mlflow-server', 'trained'],
    onlyWith: Extra.MLFLOW,
    onlyOnAws: 'the local AWS runs no MLflow; the tests of the seed code log to MLflow\'s own server',
    play: async (scene) => {
      // The step begins before the version is registered and may end after it.
      const line = await scene.until('a line of the step "Track"', 30, async () => {
        const { ProcessingJobSummaries: [job] } = await scene.call<{ ProcessingJobSummaries: Job[] }>(
          'sagemaker', 'list_processing_jobs', { NameContains: '-Track-', StatusEquals: 'Completed', SortBy: 'CreationTime', SortOrder: 'Descending' });
        if (job === undefined) return undefined;
        const { events } = await scene.call<Lines>('logs', 'filter_log_events', { logGroupName: JOB_LOGS, logStreamNamePrefix: job.ProcessingJobName });
        return events.map(({ message }) => message).find((message) => /logged/i.test(message));
      });
      must(line.startsWith('Logged as run'), line);
      return line.trim();
    },
  },
  {
    id: 'mlflow-pages',
    claim: 'A data scientist opens MLflow\'s pages in a browser and sees experiments, and changes nothing there',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-launch-ui.html',
    remedy: 'If reading is refused, requests of the pages carry no aws:SourceVpc and reading must not ask for it; if writing is allowed, nothing is lost, but tell us. Statuses of 404 mean that the pages call other addresses than MLflow\'s own',
    after: ['mlflow-server', 'own-name'],
    onlyWith: Extra.MLFLOW,
    onlyOnAws: 'the local AWS runs no MLflow',
    play: async (scene) => {
      const TrackingServerName = (await scene.parameter('studio/mlflow-tracking-server-arn')).split('/').pop();
      const { AuthorizedUrl } = await scene.callAs<{ AuthorizedUrl: string }>(
        await scene.persona('data-scientist'), 'sagemaker', 'create_presigned_mlflow_tracking_server_url', { TrackingServerName });
      const browser = new Browser();
      const api = `${await browser.open(AuthorizedUrl)}/ajax-api/2.0/mlflow/experiments`;
      const read = await browser.post(`${api}/search`, { max_results: 1 });
      must(read === 200, `Reading is answered with ${read}.`);
      const written = await browser.post(`${api}/create`, { name: `acceptance-${Date.now()}` });
      must(written === 401 || written === 403, `Writing is answered with ${written}.`);
      return `reading ${read}, writing ${written}`;
    },
  },
];
