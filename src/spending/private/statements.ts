import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DENIAL_TAGS, workingRoles } from './denial';
import { environmentOf } from './input';
import { arnIn } from '../../private/arn';
import { PriceTable } from '../prices/price-table';
import { SpendingControlsProps } from '../spending-controls-props';

/** Kinds of what is metered: the action that describes it, and those that stop it where that is chosen. */
const METERED: Record<string, { readonly describe?: string; readonly stop?: [choice: 'stopJobs' | 'stopApplications', action: string] }> = {
  'training-job': { describe: 'DescribeTrainingJob', stop: ['stopJobs', 'StopTrainingJob'] },
  'processing-job': { describe: 'DescribeProcessingJob', stop: ['stopJobs', 'StopProcessingJob'] },
  'transform-job': { describe: 'DescribeTransformJob', stop: ['stopJobs', 'StopTransformJob'] },
  'hyper-parameter-tuning-job': { stop: ['stopJobs', 'StopHyperParameterTuningJob'] },
  'automl-job': { stop: ['stopJobs', 'StopAutoMLJob'] },
  'app': { describe: 'DescribeApp', stop: ['stopApplications', 'DeleteApp'] },
  'endpoint': { describe: 'DescribeEndpoint' },
  'endpoint-config': { describe: 'DescribeEndpointConfig' },
  'model': { describe: 'DescribeModel' },
  'notebook-instance': { describe: 'DescribeNotebookInstance', stop: ['stopApplications', 'StopNotebookInstance'] },
  'mlflow-tracking-server': { describe: 'DescribeMlflowTrackingServer' },
  'cluster': { describe: 'DescribeCluster' },
};

/** Kinds that bear tags of persons and projects. */
const TAGGED = ['training-job', 'processing-job', 'transform-job', 'endpoint', 'notebook-instance', 'cluster', 'mlflow-tracking-server'];

const LISTED = ['TrainingJobs', 'ProcessingJobs', 'TransformJobs', 'Apps', 'Spaces', 'Endpoints', 'NotebookInstances', 'MlflowTrackingServers', 'Clusters'];

/** What the meter may do with SageMaker: look always, stop by choice, and never start anything. */
export function meteringStatements(scope: Construct, props: SpendingControlsProps): PolicyStatement[] {
  const all = (kind: string) => arnIn(scope, 'sagemaker', `${kind}/*`);
  return [
    new PolicyStatement({ actions: LISTED.map((what) => `sagemaker:List${what}`), resources: ['*'] }), // SageMaker lists for the account as a whole
    new PolicyStatement({ actions: ['sagemaker:ListTags'], resources: TAGGED.map(all) }),
    ...Object.entries(METERED).flatMap(([kind, { describe, stop }]) => {
      const actions = [...describe === undefined ? [] : [describe], ...stop !== undefined && props[stop[0]] ? [stop[1]] : []];
      return actions.length === 0 ? [] : [new PolicyStatement({ actions: actions.map((action) => `sagemaker:${action}`), resources: [all(kind)] })];
    }),
  ];
}

/**
 * What denying takes: a few tags of the roles as which work is started, and no other. Nothing in an environment is allowed by these
 * tags, so that setting them gives nobody anything.
 */
export function denyingStatements(props: SpendingControlsProps): PolicyStatement[] {
  if (!(props.denyNewWork ?? true)) return [];
  const resources = workingRoles(environmentOf(props)).map(({ roleArn }) => roleArn), { environment: whole, persons, projects } = DENIAL_TAGS;
  return [
    new PolicyStatement({ actions: ['iam:ListRoleTags'], resources }),
    new PolicyStatement({
      actions: ['iam:TagRole', 'iam:UntagRole'],
      resources,
      conditions: { 'ForAllValues:StringEquals': { 'aws:TagKeys': [whole, ...persons, ...projects] }, 'Null': { 'aws:TagKeys': 'false' } },
    }),
  ];
}

/** As the handler reads them: `src/handlers/spending/settings.ts`. */
export function settingsOf(scope: Construct, records: string, props: SpendingControlsProps): object {
  const { limit, personLimit, personLimits = {}, projectLimit, projectLimits = {} } = props;
  const { region, account } = Stack.of(scope), environment = environmentOf(props);
  const { names, executionRoles, personas, studio } = environment;
  const amounts = (one: SpendingControlsProps['personLimit']) => one && { month: one._perMonth, day: one._perDay };
  const each = (limits: NonNullable<SpendingControlsProps['personLimits']>) => Object.fromEntries(Object.entries(limits).map(([name, one]) => [name, amounts(one)]));
  const given = [...executionRoles._all.values(), ...personas._all.values()].filter(({ isImported }) => isImported);
  return {
    environment: environment.environmentName,
    domainId: studio.domainId,
    rolePrefix: names.projectPrefix,
    roles: given.map(({ roleArn }) => roleArn),
    limits: {
      environment: amounts(limit),
      person: amounts(personLimit),
      persons: each(personLimits),
      project: amounts(projectLimit),
      projects: each(projectLimits),
    },
    shares: [...props.notificationPercentages ?? [50, 80], 100].sort((one, other) => one - other),
    denial: props.denyNewWork ?? true ? { roles: workingRoles(environment).map(({ roleName }) => roleName), ...DENIAL_TAGS } : undefined,
    stopsJobs: props.stopJobs ?? false,
    stopsApplications: props.stopApplications ?? false,
    prices: { perHour: (props.prices ?? PriceTable.PUBLISHED).values.perHour },
    records,
    region,
    account,
  };
}
