import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Arns } from './arns';

/** What people and jobs may do with the environment's MLflow tracking server. */

/** Reading runs. Patterns: AWS has thirty such actions, and none changes anything. */
const READ_RUNS = ['Get*', 'Search*', 'List*'].map(mlflow);

/** Recording a run. Nothing is removed by it. */
const LOG_RUNS = [
  'CreateExperiment', 'SetExperimentTag', 'CreateRun', 'UpdateRun', 'LogBatch', 'LogMetric', 'LogParam', 'LogInputs', 'LogOutputs', 'LogModel',
  'LogLoggedModelParams', 'FinalizeLoggedModel', 'SetLoggedModelTags', 'SetTag',
].map(mlflow);

/** Seeing that there is a server, and whether it runs. SageMaker lists for the account as a whole. */
export function seeTracking(arns: Arns): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['sagemaker:ListMlflowTrackingServers'], resources: ['*'] }),
    new PolicyStatement({ actions: ['sagemaker:DescribeMlflowTrackingServer'], resources: arns.trackingServer }),
  ];
}

/**
 * Opening MLflow in a browser, and reading there. A browser is in no network of ours, as with Studio itself: who opens it is limited.
 *
 * @param sourceCidrs public address ranges from which it is opened; from anywhere where there are none
 */
export function openTracking(arns: Arns, sourceCidrs: string[] = []): PolicyStatement[] {
  return [
    new PolicyStatement({
      actions: ['sagemaker:CreatePresignedMlflowTrackingServerUrl'],
      resources: arns.trackingServer,
      conditions: sourceCidrs.length > 0 ? { IpAddress: { 'aws:SourceIp': sourceCidrs } } : undefined,
    }),
    new PolicyStatement({ actions: [mlflow('AccessUI')], resources: ['*'] }), // AWS knows no resource of it: which server, the address says
    new PolicyStatement({ actions: READ_RUNS, resources: arns.trackingServer }),
  ];
}

/** All of MLflow, from the environment's network: what people have logged they also change, name and remove. */
export function workWithRuns(arns: Arns, vpcId: string): PolicyStatement {
  return new PolicyStatement({ actions: [mlflow('*')], resources: arns.trackingServer, conditions: { StringEquals: { 'aws:SourceVpc': vpcId } } });
}

/** Logging runs, from the environment's network. */
export function logRuns(arns: Arns, vpcId: string): PolicyStatement {
  return new PolicyStatement({ actions: [...LOG_RUNS, ...READ_RUNS], resources: arns.trackingServer, conditions: { StringEquals: { 'aws:SourceVpc': vpcId } } });
}

/** A server that nobody needs is stopped, and costs nothing until it is started. */
export function stopTracking(arns: Arns): PolicyStatement {
  return new PolicyStatement({ actions: ['sagemaker:StartMlflowTrackingServer', 'sagemaker:StopMlflowTrackingServer'], resources: arns.trackingServer });
}

function mlflow(action: string): string {
  return `sagemaker-mlflow:${action}`;
}
