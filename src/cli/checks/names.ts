import { Account } from '../aws/account';
import { Check, each } from '../check';
import { problem } from '../finding';

/** A kind of resource whose names are chosen and stand once, and whether one of that name is there. */
interface Named {
  readonly type: string;
  readonly property: string;
  readonly what: string;
  readonly isTaken: (account: Account, name: string, ofAccount: string) => Promise<boolean>;
}

const found = (answer: unknown) => answer !== undefined;

const NAMED: Named[] = [
  {
    type: 'AWS::IAM::Role',
    property: 'RoleName',
    what: 'role',
    isTaken: async (account, name) => (
      found(await account.query('iam', { action: 'iam:GetRole', subject: `the role ${name}`, absent: ['NoSuchEntity'] }, { RoleName: name }))
    ),
  },
  {
    type: 'AWS::IAM::ManagedPolicy',
    property: 'ManagedPolicyName',
    what: 'managed policy',
    isTaken: async (account, name, number) => (
      found(await account.query('iam', { action: 'iam:GetPolicy', subject: `the managed policy ${name}`, absent: ['NoSuchEntity'] }, { PolicyArn: `arn:${account.partition}:iam::${number}:policy/${name}` }))
    ),
  },
  {
    type: 'AWS::Logs::LogGroup',
    property: 'LogGroupName',
    what: 'log group',
    isTaken: async (account, name) => {
      const question = { action: 'logs:DescribeLogGroups', subject: `the log group ${name}` };
      const answer = await account.json<{ logGroups?: { logGroupName: string }[] }>('logs', 'Logs_20140328', question, { logGroupNamePrefix: name });
      return answer?.logGroups?.some(({ logGroupName }) => logGroupName === name) ?? false;
    },
  },
  {
    type: 'AWS::SSM::Parameter',
    property: 'Name',
    what: 'parameter',
    isTaken: async (account, name) => (
      found(await account.json('ssm', 'AmazonSSM', { action: 'ssm:GetParameter', subject: `the parameter ${name}`, absent: ['ParameterNotFound'] }, { Name: name }))
    ),
  },
  { type: 'AWS::S3::Bucket', property: 'BucketName', what: 'bucket', isTaken: async (account, name) => await account.bucket(name) !== 'none' },
  {
    type: 'AWS::KMS::Alias',
    property: 'AliasName',
    what: 'alias',
    isTaken: async (account, name) => (
      found(await account.json('kms', 'TrentService', { action: 'kms:DescribeKey', subject: `the key of ${name}`, absent: ['NotFoundException'] }, { KeyId: name }))
    ),
  },
  {
    type: 'AWS::CloudFormation::StackSet',
    property: 'StackSetName',
    what: 'stack set',
    isTaken: async (account, name) => (
      found(await account.query('cloudformation', { action: 'cloudformation:DescribeStackSet', subject: `the stack set ${name}`, absent: ['StackSetNotFoundException'] }, { StackSetName: name }))
    ),
  },
  {
    type: 'AWS::SageMaker::Domain',
    property: 'DomainName',
    what: 'Studio domain',
    isTaken: async (account, name) => (
      (await domainsOf(account)).includes(name)
    ),
  },
  {
    type: 'AWS::SageMaker::StudioLifecycleConfig',
    property: 'StudioLifecycleConfigName',
    what: 'lifecycle configuration',
    isTaken: async (account, name) => (
      found(await account.json('sagemaker', 'SageMaker', { action: 'sagemaker:DescribeStudioLifecycleConfig', subject: `the lifecycle configuration ${name}`, absent: ['ResourceNotFound', 'ResourceNotFoundException'] }, { StudioLifecycleConfigName: name }))
    ),
  },
  {
    type: 'AWS::ECR::Repository',
    property: 'RepositoryName',
    what: 'ECR repository',
    isTaken: async (account, name) => (
      found(await account.json('ecr', 'AmazonEC2ContainerRegistry_V20150921', { action: 'ecr:DescribeRepositories', subject: `the repository ${name}`, absent: ['RepositoryNotFoundException'] }, { repositoryNames: [name] }))
    ),
  },
];

async function domainsOf(account: Account): Promise<string[]> {
  const names: string[] = [];
  for (let NextToken: string | undefined; ;) {
    const question = { action: 'sagemaker:ListDomains', subject: 'the Studio domains' };
    const page = await account.json<{ Domains: { DomainName: string }[]; NextToken?: string }>('sagemaker', 'SageMaker', question, { NextToken });
    names.push(...page?.Domains.map(({ DomainName }) => DomainName) ?? []);
    if (page?.NextToken === undefined || page.NextToken === NextToken) return names;
    NextToken = page.NextToken;
  }
}

/** Names that the stack gives are free. */
export const NAMES: Check = {
  name: 'names',
  title: 'Names of roles, policies, log groups, parameters, buckets, aliases, stack sets, domains and repositories are free.',
  actions: [
    'cloudformation:DescribeStackSet', 'cloudformation:ListStackResources', 'ecr:DescribeRepositories', 'iam:GetPolicy', 'iam:GetRole', 'kms:DescribeKey',
    'logs:DescribeLogGroups', 's3:ListBucket', 'sagemaker:DescribeStudioLifecycleConfig', 'sagemaker:ListDomains', 'ssm:GetParameter',
  ],
  look: (stack, account) => each(
    NAMED.flatMap((row) => stack.added(row.type).map(({ logicalId, properties }) => ({ row, logicalId, name: properties[row.property] }))),
    async ({ row: { what, isTaken }, logicalId, name }) => typeof name === 'string' && await isTaken(account, name, stack.known.account)
      ? [problem(`The stack makes the ${what} ${name} (${logicalId}), and there is one of that name already.`, 'Give the environment another name; or, if it was kept by an earlier deployment, import it with "npx cdk import" or delete it.')] : [],
  ),
};
