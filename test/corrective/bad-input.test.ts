import { Token } from 'aws-cdk-lib';
import { AccountRootPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Things } from './fixture';
import { CorrectiveAction, CorrectiveControlsProps } from '../../src';

const OF_EVERYTHING = 'stop-job, delete-endpoint, delete-inference-component, stop-notebook, delete-application, block-public-access, revoke-security-group-rule';

function refusal(props: Partial<CorrectiveControlsProps> | ((things: Things) => Partial<CorrectiveControlsProps>)): string {
  const things = new Things();
  try {
    things.controls(typeof props === 'function' ? props(things) : props);
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
}

test.each([
  ['an action for a kind that is not handled', { correctiveActions: ['delete-model' as CorrectiveAction] }, `correctiveActions must be ${OF_EVERYTHING}, got ["delete-model"]. Nothing else is corrected`],
  ['no action at all', { correctiveActions: [] }, 'correctiveActions must have at least one element, got []'],
  ['jobs without guardrails', { correctiveActions: [CorrectiveAction.STOP_JOB] }, 'correctiveActions must be given together with guardrailStatements, got "stop-job". Without them there is nothing to look at'],
  ['buckets that are not named', { correctiveActions: [CorrectiveAction.BLOCK_PUBLIC_ACCESS] }, 'correctiveActions must be given together with buckets, got "block-public-access". Without them there is nothing to look at'],
  ['security groups of no VPC', { correctiveActions: [CorrectiveAction.REVOKE_SECURITY_GROUP_RULE] }, 'correctiveActions must be given together with vpcs, got "revoke-security-group-rule". Without them there is nothing to look at'],
  ['an action that is not looked for', { enforcedActions: [CorrectiveAction.STOP_JOB] }, 'enforcedActions must be among the actions to look for, got ["stop-job"]. Add them to correctiveActions, or give what they need'],
  ['an action twice', { enforcedActions: [CorrectiveAction.STOP_NOTEBOOK, CorrectiveAction.STOP_NOTEBOOK] }, 'enforcedActions must have no element twice, got ["stop-notebook","stop-notebook"]'],
  ['no limit', { maximumActionsPerHour: 0 }, 'maximumActionsPerHour must be a whole number between 1 and 100, got 0. More is an outage: people should look first'],
  ['a limit that is none', { maximumActionsPerHour: 1000 }, 'maximumActionsPerHour must be a whole number between 1 and 100, got 1000. More is an outage: people should look first'],
  ['half an action', { maximumActionsPerHour: 1.5 }, 'maximumActionsPerHour must be a whole number between 1 and 100, got 1.5. More is an outage: people should look first'],
])('refuses %s', (_, props, message) => {
  expect(refusal(props)).toBe(`[Security/Controls] ${message}`);
});

describe('an allow-list', () => {
  const ARNS = 'allowList must be ARNs of SageMaker, S3 or EC2, such as arn:aws:sagemaker:*:*:endpoint/demo-*';
  const NOT_ALL = 'allowList must not have everything of a kind';
  const UNTOUCHED = 'allowList must be about jobs, endpoints, inference components, notebook instances, applications, buckets or security groups';

  test.each([
    ['*', ARNS], ['', ARNS], ['demo', ARNS], ['arn:aws:iam::111111111111:role/a', ARNS], ['arn:*', ARNS], ['arn:aws:*:*:*:endpoint/demo', ARNS],
    ['arn:aws:sagemaker:*:*:*', NOT_ALL], ['arn:aws:sagemaker:*:*:endpoint/*', NOT_ALL], ['arn:aws:sagemaker:*:*:endpoint/?*', NOT_ALL], ['arn:aws:sagemaker:*:*:inference-component/*', NOT_ALL], ['arn:aws:sagemaker:eu-west-1:111111111111:*job/*', NOT_ALL],
    ['arn:aws:sagemaker:*:*:app/**', NOT_ALL], ['arn:aws:s3:::*', NOT_ALL], ['arn:aws:ec2:*:*:security-group/*', NOT_ALL], ['arn:*:ec2:*:*:*', NOT_ALL],
    ['arn:aws:sagemaker:*:*:model/demo', UNTOUCHED], ['arn:aws:ec2:*:*:instance/i-1', UNTOUCHED],
  ])('must not have %j', (entry, message) => {
    expect(refusal({ allowList: [entry] })).toContain(`${message}, got [${JSON.stringify(entry)}]`);
  });

  test.each([
    'arn:aws:sagemaker:*:*:endpoint/demo-*', 'arn:aws:sagemaker:eu-west-1:111111111111:app/d-1/*', 'arn:aws:s3:::website', 'arn:aws:s3:::web*', 'arn:aws:ec2:*:*:security-group/sg-1',
    'arn:aws-cn:sagemaker:*:*:training-job/demo', Token.asString({ Ref: 'Arn' }),
  ])('may have %s', (entry) => {
    expect(refusal({ allowList: [entry] })).toBe('nothing');
  });
});

describe('guardrails', () => {
  const actions = ['sagemaker:CreateTrainingJob'], resources = ['*'];

  test.each([
    ['that allow', { actions, resources }, 'guardrailStatements (without a Sid) must be denials, got "Allow". Guardrails are what an environment denies'],
    ['that depend on who asks', { sid: 'A', effect: Effect.DENY, actions, resources, conditions: { StringNotEquals: { 'aws:PrincipalArn': 'a' } } },
      'guardrailStatements (A) must have only condition keys that a description answers, got ["aws:PrincipalArn"]. These are sagemaker:VpcSubnets, sagemaker:VpcSecurityGroupIds, sagemaker:VolumeKmsKeyArn, sagemaker:OutputKmsKeyArn, '
      + 'sagemaker:InstanceTypes, sagemaker:MaxRuntimeInSeconds, sagemaker:NetworkIsolation, sagemaker:InterContainerTrafficEncryption, sagemaker:ServerlessMemorySize, sagemaker:DirectInternetAccess, sagemaker:RootAccess'],
    ['with an operator that is not evaluated', { sid: 'A', effect: Effect.DENY, actions, resources, conditions: { IpAddress: { 'sagemaker:RootAccess': 'a' } } },
      'guardrailStatements (A) must have only operators for texts, ARNs, numbers, booleans and Null, got ["IpAddress"]. Leave the statement out: what depends on a request is not in a description'],
    ['about whatever', { effect: Effect.DENY, notActions: ['sagemaker:ListTags'], resources }, 'guardrailStatements (without a Sid) must name their actions, got ["all but sagemaker:ListTags"]. Write them out: only some of them have a result that can be described'],
    ['about some resources', { effect: Effect.DENY, actions, resources: ['arn:aws:sagemaker:*:*:training-job/a'] }, 'guardrailStatements (without a Sid) must be about every resource, got ["arn:aws:sagemaker:*:*:training-job/a"]. Name exceptions in the allow-list'],
  ])('%s are refused', (_, statement, message) => {
    expect(refusal({ guardrailStatements: [new PolicyStatement(statement)] })).toBe(`[Security/Controls] ${message}`);
  });

  test('of the library are taken', () => {
    expect(refusal(({ guardrails }) => ({ guardrailStatements: guardrails }))).toBe('nothing');
  });

  test('about calls whose results are not seen may have any condition', () => {
    const statement = new PolicyStatement({ effect: Effect.DENY, actions: ['sagemaker:CreateFeatureGroup'], resources, conditions: { StringEquals: { 'sagemaker:FeatureGroupOfflineStoreKmsKeyArn': 'a' } } });
    expect(refusal({ guardrailStatements: [statement] })).toBe('nothing');
  });
});

describe('an environment', () => {
  const environments = ({ environment }: Things, ...account: string[]) => account.map((one, index) => environment(`env-${index}`, { account: one }));
  const HERE = '111111111111', ELSEWHERE = '222222222222', remedy = 'Controls see the work of their own account and region: put others there';

  test.each([
    ['of another account', (things: Things) => ({ environment: environments(things, ELSEWHERE)[0] }), `environment must be in the account and region of the stack, got "env-0 in ${ELSEWHERE} eu-west-1". ${remedy}`],
    ['of another region', ({ environment }: Things) => ({ environment: environment('churn', { region: 'eu-west-3' }) }), `environment must be in the account and region of the stack, got "churn in ${HERE} eu-west-3". ${remedy}`],
    ['of another account beside it', (things: Things) => ({ otherEnvironments: environments(things, HERE, ELSEWHERE) }), `otherEnvironments must be in the account and region of the stack, got "env-1 in ${ELSEWHERE} eu-west-1". ${remedy}`],
    ['that is its own other', (things: Things) => {
      const [environment] = environments(things, HERE);
      return { environment, otherEnvironments: [environment] };
    }, 'environment and otherEnvironments must have no element twice, got ["env-0","env-0"]. Its work would be looked at and left alone at once'],
    ['among none', () => ({ otherEnvironments: [] }), 'otherEnvironments must have at least one element, got []'],
    ['that is none', () => ({ environment: {} as never }), 'environment must be an environment, such as DataScienceEnvironment.fromEnvironmentAttributes(…), got {}'],
  ])('%s is refused', (_, props, message) => {
    expect(refusal(props)).toBe(`[Security/Controls] ${message}`);
  });

  test('of an account that is not known yet is taken', () => {
    expect(refusal(({ environment }) => ({ environment: environment('churn', { account: Token.asString({ Ref: 'AWS::AccountId' }) }) }))).toBe('nothing');
  });
});

test('paths of roles begin and end with a slash', () => {
  expect(refusal({ roleOptions: { path: 'company' } })).toBe('[Security/Controls] roleOptions.path must begin and end with a slash, such as /company/, got "company"');
});

test('a topic must be given', () => {
  expect(refusal({ topic: undefined as unknown as ITopic })).toBe('[Security/Controls] topic must be given, got nothing. Give a topic, such as Topic.fromTopicArn(…). It is undefined where process.env or a file lacks it');
});

test('what is in a list must be there', () => {
  expect(refusal({ buckets: [undefined as never], vpcs: [{} as never] })).toBe(
    '[Security/Controls] buckets.0 must be given, got nothing. Give a bucket, such as Bucket.fromBucketName(…). It is undefined where process.env or a file lacks it\n'
    + '[Security/Controls] vpcs.0 must be a VPC, such as Vpc.fromLookup(…), got {}',
  );
});

test('an alias is no key', () => {
  expect(refusal(({ stack }) => {
    const key = new Key(stack, 'Own');
    key.grantDecrypt(new AccountRootPrincipal());
    return { encryptionKey: key.addAlias('security') };
  })).toContain('encryptionKey must be a key, not an alias of one');
});
