import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { EnvironmentKeys, FromKeysOptions, ManagedKeysOptions } from '../../src/encryption';
import { EnvironmentNames, KeyPurpose } from '../../src/names';

const env = { account: '111111111111', region: 'eu-west-1' };

function keysOf(
  stack: Stack, given: FromKeysOptions = {}, options: ManagedKeysOptions = {}, removalPolicy?: RemovalPolicy, id = 'Keys',
): EnvironmentKeys {
  const names = EnvironmentNames.forStack(stack, id.toLowerCase());
  const source = EnvironmentKeys.fromKeys({ ...given, ...options });
  return EnvironmentKeys._create(stack, id, { names, removalPolicy, mlflow: true, featureStore: true, source });
}

test('there is a key for each purpose, with an alias that names the environment', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  keysOf(stack);
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::KMS::Key', Object.values(KeyPurpose).length);
  for (const purpose of Object.values(KeyPurpose)) template.hasResourceProperties('AWS::KMS::Alias', { AliasName: `alias/keys--${purpose}` });
});

test('keys rotate every year, wait 30 days for their deletion, and are retained', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  keysOf(stack);
  Template.fromStack(stack).allResources('AWS::KMS::Key', {
    Properties: Match.objectLike({ EnableKeyRotation: true, RotationPeriodInDays: 365, PendingWindowInDays: 30 }),
    DeletionPolicy: 'RetainExceptOnCreate',
  });
});

test('a new key lets nobody use or administer it', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  keysOf(stack);
  for (const { Properties } of Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key'))) {
    expect(Properties.KeyPolicy.Statement).toHaveLength(1);
    expect(Properties.KeyPolicy.Statement[0].Action.every((action: string) => /^kms:(Describe|Get|List)/.test(action))).toBe(true);
  }
});

test('a given key is taken as it is, and the rest is created', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const company = Key.fromKeyArn(stack, 'Company', 'arn:aws:kms:eu-west-1:111111111111:key/22222222-2222-4222-8222-222222222222');
  const keys = keysOf(stack, { data: company });
  expect(keys.key(KeyPurpose.DATA)).toBe(company);
  expect(keys.isImported(KeyPurpose.DATA)).toBe(true);
  expect(keys.isImported(KeyPurpose.MODELS)).toBe(false);
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Key', Object.values(KeyPurpose).length - 1);
});

describe('an environment without MLflow and feature groups', () => {
  const without = (given: FromKeysOptions = {}) => {
    const stack = new Stack(new App(), 'Stack', { env });
    return EnvironmentKeys._create(stack, 'Keys', { names: EnvironmentNames.forStack(stack, 'keys'), source: EnvironmentKeys.fromKeys(given) });
  };

  test('has no key for them', () => {
    const keys = without();
    expect(keys.purposes).toEqual(Object.values(KeyPurpose).filter((purpose) => ![KeyPurpose.MLFLOW, KeyPurpose.FEATURE_STORE].includes(purpose)));
    expect(() => keys.key(KeyPurpose.MLFLOW)).toThrow('[Stack/Keys] purpose must be one of `purposes`, got "mlflow". The environment has no key for MLflow: set mlflow');
    expect(() => keys.key(KeyPurpose.FEATURE_STORE)).toThrow('The environment has no key for feature groups: set featureStore');
  });

  test('takes none', () => {
    const stack = new Stack(new App(), 'Other', { env });
    const key = Key.fromKeyArn(stack, 'Company', 'arn:aws:kms:eu-west-1:111111111111:key/22222222-2222-4222-8222-222222222222');
    expect(() => without({ mlflowArtifacts: key })).toThrow('keys.mlflowArtifacts must be given together with mlflow');
    expect(() => without({ featureGroups: key })).toThrow('keys.featureGroups must be given together with featureStore');
  });
});

describe('destroying keys takes two keys', () => {
  const policyOf = (context: Record<string, unknown>) => {
    const stack = new Stack(new App({ context }), 'Stack', { env });
    keysOf(stack, {}, {}, RemovalPolicy.DESTROY);
    return Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key')).map((key) => key.DeletionPolicy);
  };

  test('the property alone retains them', () => {
    expect(new Set(policyOf({}))).toEqual(new Set(['RetainExceptOnCreate']));
  });

  test('the property and the context flag delete them', () => {
    expect(new Set(policyOf({ '@cdk-secure-mlops/destroy-data': true }))).toEqual(new Set(['Delete']));
  });
});

test('two environments of one stack have keys of their own', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  keysOf(stack, {}, {}, undefined, 'One');
  keysOf(stack, {}, {}, undefined, 'Two');
  Template.fromStack(stack).resourceCountIs('AWS::KMS::Alias', 2 * Object.values(KeyPurpose).length);
});

describe('bad input', () => {
  test.each([
    [{ pendingWindow: Duration.days(6) }, '[Stack/Keys] pendingWindow must be between 7 and 30 whole days'],
    [{ rotationPeriod: Duration.days(89) }, '[Stack/Keys] rotationPeriod must be between 90 and 2560 whole days'],
  ])('%p is refused', (options, message) => {
    expect(() => keysOf(new Stack(new App(), 'Stack', { env }), {}, options)).toThrow(message);
  });

  test('a key of another region is refused', () => {
    const app = new App(), stack = new Stack(app, 'Stack', { env });
    const elsewhere = new Key(new Stack(app, 'Elsewhere', { env: { ...env, region: 'us-east-1' } }), 'Key');
    expect(() => keysOf(stack, { data: elsewhere })).toThrow('keys.data must be a key in the environment\'s region, eu-west-1, got "us-east-1"');
    expect(() => keysOf(stack, { studioStorage: elsewhere }, {}, undefined, 'Others')).toThrow('keys.studioStorage must be a key in the environment\'s region');
  });
});
