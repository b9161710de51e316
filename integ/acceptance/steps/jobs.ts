import { jobRequest, runInJob } from '../program-job';
import { Step } from '../step';

const ONLY_ON_AWS = 'the local AWS runs no jobs';
const PROBE = 'probe.py';

/** What code in a job reaches, and what starts no job. */
export const JOBS: Step[] = [
  {
    id: 'guardrails',
    claim: 'A job that does not name the environment\'s subnets is refused',
    page: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html',
    remedy: 'The guardrails of the Studio role are denials on the condition keys that SageMaker sends for CreateProcessingJob',
    after: ['own-name'],
    onlyOnAws: ONLY_ON_AWS,
    play: async (scene) => {
      const { NetworkConfig: _, ...request } = await jobRequest(scene, `acceptance-refused-${Date.now()}`, PROBE);
      return scene.refused(/AccessDenied/, scene.callAs(await scene.studio(), 'sagemaker', 'create_processing_job', request));
    },
  },
  {
    id: 'job',
    claim: 'A job that keeps the guardrails runs in the VPC: it reads and writes data through the S3 endpoint, and reaches neither foreign buckets nor the internet',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/process-vpc.html',
    remedy: 'The exit message says what was allowed or refused against expectation; a job that does not start names what SageMaker could not do in FailureReason',
    after: ['own-name'],
    onlyOnAws: ONLY_ON_AWS,
    play: (scene) => runInJob(scene, PROBE),
  },
  {
    id: 'job-log',
    claim: 'A data scientist reads what the job has printed',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html',
    remedy: 'The role of jobs writes to /aws/sagemaker/ProcessingJobs through the logs endpoint',
    after: ['job'],
    onlyOnAws: ONLY_ON_AWS,
    play: async (scene) => {
      const logGroupName = '/aws/sagemaker/ProcessingJobs';
      const { events } = await scene.callAs<{ events: object[] }>(await scene.persona('data-scientist'), 'logs', 'filter_log_events', { logGroupName, logStreamNamePrefix: 'acceptance-' });
      return `${events.length} lines`;
    },
  },
];
