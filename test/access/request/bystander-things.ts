import { BYSTANDER, NamedPolicy, PolicyKind, PolicyStatement } from '../policy-document';
import { Account, ACCOUNTS, FOREIGN_KEY, IMAGE_ACCOUNT, REGION } from './organization';
import { Context } from './requester';
import { Thing } from './thing';

const { data, target, foreign } = ACCOUNTS;
const MANAGEMENT_ACCOUNT = '555555555555';

/** A resource of an account in the region. */
export function thing(service: string, rest: string, account: Account = data, context?: Context): Thing {
  const place = service === 'iam' ? `:${account.id}` : `${REGION}:${account.id}`;
  return { arn: `arn:aws:${service}:${place}:${rest}`, account, context };
}

function open(kind: PolicyKind, name: string, statement: PolicyStatement): NamedPolicy {
  return { kind, name: `${BYSTANDER}${name}`, document: { Version: '2012-10-17', Statement: [statement] } };
}

function openBucket(name: string): Thing {
  return {
    arn: `arn:aws:s3:::${name}/x`,
    account: foreign,
    policy: open('bucket', name, { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: [`arn:aws:s3:::${name}`, `arn:aws:s3:::${name}/*`] }),
  };
}

const publicImage = open('bucket', 'aws-image', {
  Effect: 'Allow',
  Principal: '*',
  Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
  Resource: '*',
});
const keyOf = (id: string): PolicyStatement => ({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${id}:root` }, Action: 'kms:*', Resource: '*' });
const KEY_OF_ITS_ACCOUNT = keyOf(data.id);
/** The policies of keys that leave everything to IAM, as the console writes them, by account. */
const OWNERS_KEYS = Object.fromEntries(Object.values(ACCOUNTS).map(({ id }) => [id, open('key', `owners-key-${id}`, keyOf(id))]));
// Accounts rather than everybody: then the caller's own policies decide, in the same account too.
const everyAccount = Object.values(ACCOUNTS).map(({ id }) => `arn:aws:iam::${id}:root`);
const openRole = open('trust', 'open-role', { Effect: 'Allow', Principal: { AWS: everyAccount }, Action: 'sts:*' });

/** A role that trusts every account, so that the caller's own policies decide. */
export function openlyTrusting(name: string, account: Account): Thing {
  return { ...thing('iam', `role/${name}`, account), policy: openRole };
}

/** A thing as if it had been brought from outside: its owner's default policy leaves everything to IAM. */
export function givenByOwner(found: Thing): Thing {
  return { ...found, policy: found.arn.startsWith('arn:aws:kms:') ? OWNERS_KEYS[found.account.id] : undefined };
}

/** A part of an organization, whose management account has delegated that it may be asked about. */
function inOrganization(kind: string, organizationId: string, id: string): Thing {
  return shared({ arn: `arn:aws:organizations::${MANAGEMENT_ACCOUNT}:${kind}/${organizationId}/${id}`, account: { id: MANAGEMENT_ACCOUNT } });
}

/** Something that somebody shared with everybody, so that only an endpoint policy stands in the way. */
export function shared(there: Thing): Thing {
  // Only roles trust somebody, and only trust policies name no resource.
  if (there.arn.startsWith('arn:aws:iam:')) return { ...there, policy: openRole };
  return { ...there, policy: open('bucket', 'shared', { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }) };
}

/** Things that belong to nobody's template: other workloads, other accounts, what an attacker would like to make. */
const THINGS: Record<string, () => Thing> = {
  anything: () => ({ arn: '*', account: data }),
  foreignObject: () => openBucket('attacker-drop'),
  unrelatedKey: () => givenByOwner(thing('kms', 'key/11111111-2222-4333-8444-555555555555')),
  anyKey: () => ({ arn: '*', account: data }),
  anyNotebook: () => thing('sagemaker', 'notebook-instance/n'),
  anyEndpoint: () => thing('sagemaker', 'endpoint/e'),
  anyEndpointConfig: () => thing('sagemaker', 'endpoint-config/e'),
  anyDomain: () => thing('sagemaker', 'domain/d-new'),
  adminRole: () => openlyTrusting('OrganizationAccountAccessRole', data),
  anyRole: () => thing('iam', 'role/backdoor'),
  foreignRole: () => openlyTrusting('drop', foreign),
  foreignJob: () => shared(thing('sagemaker', 'training-job/drop', foreign)),
  foreignEndpoint: () => shared(thing('sagemaker', 'endpoint/drop', foreign)),
  foreignLogStream: () => shared(thing('logs', 'log-group:/drop:log-stream:s', foreign)),
  foreignRepository: () => shared(thing('codecommit', 'drop', foreign)),
  foreignImage: () => shared(thing('ecr', 'repository/drop', foreign)),
  foreignBuildProject: () => shared(thing('codebuild', 'project/drop', foreign)),
  sharedJob: () => shared(thing('sagemaker', 'training-job/shared')),
  sharedEndpoint: () => shared(thing('sagemaker', 'endpoint/shared')),
  sharedLogStream: () => shared(thing('logs', 'log-group:/shared:log-stream:s')),
  sharedRepository: () => shared(thing('codecommit', 'shared')),
  sharedImage: () => shared(thing('ecr', 'repository/shared')),
  sharedBuildProject: () => shared(thing('codebuild', 'project/shared')),
  sharedKey: () => ({ ...thing('kms', 'key/11111111-2222-4333-8444-666666666666'), policy: open('key', 'shared-key', { ...KEY_OF_ITS_ACCOUNT, Principal: '*' }) }),
  ownImage: () => thing('ecr', 'repository/ours'),
  organizationalUnit: () => inOrganization('ou', ACCOUNTS.production.organization.id, 'ou-ab12-prod1111'),
  organizationRoot: () => inOrganization('root', ACCOUNTS.production.organization.id, 'r-ab12'),
  nestedUnit: () => inOrganization('ou', ACCOUNTS.production.organization.id, 'ou-ab12-team2222'),
  foreignOrganizationAccount: () => inOrganization('account', 'o-foreignorg', ACCOUNTS.production.id),
  organizationAccount: () => inOrganization('account', ACCOUNTS.production.organization.id, ACCOUNTS.production.id),
  foreignUnit: () => inOrganization('ou', foreign.organization.id, 'ou-zz99-aaaa1111'),
  anyAlarm: () => thing('cloudwatch', 'alarm:any'),
  unrelatedBucket: () => ({ arn: 'arn:aws:s3:::payroll', account: data }),
  warehouseObject: () => ({ arn: 'arn:aws:s3:::company-warehouse/sales/2026.csv', account: data }),
  warehouseBucket: () => ({ arn: 'arn:aws:s3:::company-warehouse', account: data }),
  warehouseNeighbourObject: () => ({ arn: 'arn:aws:s3:::company-warehouse/salaries/2026.csv', account: data }),
  unrelatedObject: () => ({ arn: 'arn:aws:s3:::payroll/2026.csv', account: data }),
  anySecurityGroup: () => thing('ec2', 'security-group/sg-0a0b0c0d0e0f0a0b0'),
  anyNetworkInterface: () => thing('ec2', 'network-interface/eni-0a0b0c0d0e0f0a0b0'),
  anyMountTarget: () => thing('elasticfilesystem', 'file-system/fs-0a0b0c0d0e0f0a0b0'),
  otherProduct: () => thing('catalog', 'product/prod-payroll'),
  imageLayer: () => ({ ...shared(thing('s3', '')), arn: `arn:aws:s3:::prod-${REGION}-starport-layer-bucket/layer`, account: { id: IMAGE_ACCOUNT } }),
  foreignKey: () => ({ arn: FOREIGN_KEY, account: foreign, policy: open('key', 'foreign-key', { ...KEY_OF_ITS_ACCOUNT, Principal: '*' }) }),
  anyFunction: () => thing('lambda', 'function:f'),
  anyInstance: () => thing('ec2', 'instance/i-0123456789abcdef0'),
  anyVpc: () => thing('ec2', 'vpc/vpc-0123456789abcdef0'),
  anyVpcEndpoint: () => thing('ec2', 'vpc-endpoint/vpce-0123456789abcdef0'),
  flowLog: () => thing('ec2', 'vpc-flow-log/fl-0123456789abcdef0'),
  anyStackSet: () => thing('cloudformation', 'stackset/evil:1'),
  targetAdminRole: () => openlyTrusting('OrganizationAccountAccessRole', target),
  anyTargetRole: () => thing('iam', 'role/backdoor', target),
  anyTargetFunction: () => thing('lambda', 'function:f', target),
  anyTargetJob: () => thing('sagemaker', 'training-job/mine', target),
  otherTargetEndpoint: () => thing('sagemaker', 'endpoint/other-team', target),
  awsImage: () => ({ arn: `arn:aws:ecr:${REGION}:${IMAGE_ACCOUNT}:repository/sagemaker-xgboost`, account: { id: IMAGE_ACCOUNT }, policy: publicImage }),
  // Asked of the caller's own account, and owned by none of ours: AWS's endpoint policies for Systems Manager let it through apart.
  awsPublicParameter: () => ({
    arn: `arn:aws:ssm:${REGION}::parameter/aws/service/ami-amazon-linux-latest/x`, account: data, context: { 'aws:ResourceAccount': IMAGE_ACCOUNT },
  }),
};

export function bystanderThing(on: string): Thing | undefined {
  return THINGS[on]?.();
}

/** Something by its ARN: of the account that the ARN names, or of a stranger where it names none. What is a stranger's is open to everybody. */
export function thingByArn(arn: string): Thing {
  const account = Object.values(ACCOUNTS).find(({ id }) => id === arn.split(':')[4]) ?? foreign;
  return account === data ? { arn, account } : shared({ arn, account });
}

/** A foreign bucket whose name contains one of ours. */
export function lookalike(bucketName: string): Thing {
  return openBucket(`evil-${bucketName}-sagemaker`);
}

const JOB_ARNS: Record<string, string> = {
  CreateTrainingJob: 'training-job',
  CreateProcessingJob: 'processing-job',
  CreateHyperParameterTuningJob: 'hyper-parameter-tuning-job',
  CreateAutoMLJob: 'automl-job',
  CreateAutoMLJobV2: 'automl-job',
  CreateTransformJob: 'transform-job',
  CreateModel: 'model',
  CreateCompilationJob: 'compilation-job',
  CreateLabelingJob: 'labeling-job',
  CreateMonitoringSchedule: 'monitoring-schedule',
  UpdateMonitoringSchedule: 'monitoring-schedule',
  CreateNotebookInstance: 'notebook-instance',
  CreateEndpointConfig: 'endpoint-config',
  CreateDataQualityJobDefinition: 'data-quality-job-definition',
  CreateModelQualityJobDefinition: 'model-quality-job-definition',
  CreateModelBiasJobDefinition: 'model-bias-job-definition',
  CreateModelExplainabilityJobDefinition: 'model-explainability-job-definition',
  CreateFeatureGroup: 'feature-group',
  CreateCluster: 'cluster',
  CreateInferenceComponent: 'inference-component',
};

/** The ARN, from the resource type on, of whatever a job-creating action creates. */
export function anyJobArn(action: string): string {
  const kind = JOB_ARNS[action.split(':')[1]];
  if (!kind) throw new Error(`${action} creates no job known here`);
  return `${kind}/j`;
}
