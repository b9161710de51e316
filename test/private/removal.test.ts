import { App, RemovalPolicies, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import {
  CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, EnvironmentNames, HomeFileSystem,
  ModelPromotion, Persona,
} from '../../src';
import { TargetPerimeter } from '../../src/perimeter/target-perimeter';
import { CaptureBucket } from '../../src/targets/capture-bucket';
import { PromotedModels } from '../../src/targets/promoted-models';
import { OwnParts } from '../studio/fixture';

const env = { account: '111111111111', region: 'eu-west-1' };
const FLAG = '@cdk-secure-mlops/destroy-data';
const { DESTROY, RETAIN } = RemovalPolicy;

/** Parts of a deployment target by themselves, as somebody puts them into a stack of their own. */
function partsOfATarget(removalPolicy: RemovalPolicy, context: Record<string, unknown>): Stack {
  const stack = new Stack(new App({ context }), 'Stack', { env });
  const names = EnvironmentNames.forStack(stack, 'churn');
  const stage = DeploymentStage.accounts('staging', { accounts: [env.account], promotion: ModelPromotion.copy() });
  const perimeter = new TargetPerimeter(stack, 'Perimeter', {
    names,
    stage,
    account: env.account,
    cloudFormationExecutionRoles: [`arn:aws:iam::${env.account}:role/deployer`],
    expectedNetworks: { s3EndpointIds: ['vpce-0123456789abcdef0'] },
  });
  const encryptionKey = Key.fromKeyArn(stack, 'Key', `arn:aws:kms:eu-west-1:${env.account}:key/22222222-2222-4222-8222-222222222222`);
  new CaptureBucket(stack, 'Capture', { perimeter, encryptionKey, removalPolicy });
  new PromotedModels(stack, 'Models', { names, stage, perimeter, encryptionKey, removalPolicy });
  return stack;
}

function policiesOf(stack: Stack, ...types: string[]): string[] {
  const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string; DeletionPolicy?: string }> };
  return Object.values(Resources).filter(({ Type }) => types.includes(Type)).map(({ DeletionPolicy }) => String(DeletionPolicy));
}

const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('destroyTakesTwoKeys')).length;

function expectCleanUp(template: Template, what: 'retain' | 'destroy'): void {
  template.hasResourceProperties('Custom::StudioDomainContents', { RemovalPolicy: what });
  template.hasResourceProperties('Custom::StudioDomainRemains', { HomeFileSystem: what });
}

describe('parts of a deployment target', () => {
  const TYPES = ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::ECR::Repository'];

  test.each([
    ['are kept when the removal policy alone destroys', DESTROY, {}, 'RetainExceptOnCreate'],
    ['go with both keys', DESTROY, { [FLAG]: true }, 'Delete'],
    ['are kept by default, and by the context flag alone', RETAIN, { [FLAG]: true }, 'RetainExceptOnCreate'],
  ])('%s', (_, removalPolicy, context, expected) => {
    expect(new Set(policiesOf(partsOfATarget(removalPolicy, context), ...TYPES))).toEqual(new Set([expected]));
  });
});

describe('a Studio domain by itself', () => {
  const PROPS = { removalPolicy: DESTROY, homeFileSystem: HomeFileSystem.destroy() };

  test('keeps people\'s work and their file system when the removal policy alone destroys, with a warning', () => {
    const own = new OwnParts();
    own.domain(PROPS);
    expectCleanUp(own.template, 'retain');
    expect(warningsOf(own.stack)).toBe(1);
  });

  test('lets them go with both keys', () => {
    const own = new OwnParts({ context: { [FLAG]: 'true' } });
    own.domain(PROPS);
    expectCleanUp(own.template, 'destroy');
    expect(warningsOf(own.stack)).toBe(0);
  });
});

describe('an environment', () => {
  const environmentIn = (app: App, props: object = {}) => {
    const stack = new Stack(app, 'Stack', { env });
    const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', dataPreparation: {}, ...props });
    environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
    return { stack, environment };
  };

  test('that was to destroy people\'s home file system keeps it without the flag, with one warning for all', () => {
    const { stack } = environmentIn(new App(), { removalPolicy: DESTROY, studio: { homeFileSystem: HomeFileSystem.destroy() } });
    expectCleanUp(Template.fromStack(stack), 'retain');
    expect(warningsOf(stack)).toBe(1);
  });

  test('refuses an aspect that would destroy everything past the context flag, and names each resource that holds something', () => {
    const app = new App();
    const { stack } = environmentIn(app, { deploymentStages: [DeploymentStage.accounts('staging', { accounts: ['222222222222'] })] });
    RemovalPolicies.of(app).destroy();
    expect(() => app.synth()).toThrow('[Stack/Churn/Storage/Data] removalPolicy must be RETAIN while the context flag @cdk-secure-mlops/destroy-data is not true, got "DESTROY". '
      + 'The app has set it by applyRemovalPolicy or RemovalPolicies on the resource itself. Leave AWS::S3::Bucket out there, or set the context flag as well');
    const named = stack.node.findAll().filter(({ node }) => node.validate().some((fault) => fault.startsWith('removalPolicy must'))).map(({ node }) => node.path.replace('Stack/Churn/', ''));
    expect(named).toEqual(expect.arrayContaining([
      'Keys/Data', 'Storage/AccessLogs', 'Storage/Releases', 'ReleaseImages/Resource', 'DataPreparation/Database', 'DataPreparation/WorkGroup', 'Network/FlowLogs/LogGroup',
    ]));
  });

  test('takes such an aspect together with the context flag', () => {
    const app = new App({ context: { [FLAG]: true } });
    environmentIn(app);
    RemovalPolicies.of(app).destroy();
    expect(() => app.synth()).not.toThrow();
  });

  test('refuses a single bucket that is to go without the flag', () => {
    const app = new App();
    const { environment } = environmentIn(app);
    environment.storage.reportsBucket.applyRemovalPolicy(DESTROY);
    expect(() => app.synth()).toThrow('[Stack/Churn/Storage/Reports] removalPolicy must be RETAIN while');
  });

  test('keeps the policy of a single bucket as long as that bucket', () => {
    const app = new App({ context: { [FLAG]: true } });
    const { stack, environment } = environmentIn(app, { removalPolicy: DESTROY });
    environment.storage.modelsBucket.applyRemovalPolicy(RETAIN);
    interface Policies { DeletionPolicy?: string; UpdateReplacePolicy?: string }
    const { Resources } = Template.fromStack(stack).toJSON() as { Resources: Record<string, Policies> };
    const policyOf = (name: 'modelsBucket' | 'dataBucket') => Resources[stack.getLogicalId(environment.storage[name].policy!.node.defaultChild as CfnBucket)];
    expect(policyOf('modelsBucket')).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(policyOf('dataBucket')).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
  });
});

test('a deployment target refuses such an aspect as well', () => {
  const app = new App();
  const stack = new Stack(app, 'Target', { env: { ...env, account: '222222222222' } });
  const environment = DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: 'churn', ...env });
  const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222'], promotion: ModelPromotion.copy() });
  new CrossAccountDeploymentTarget(stack, 'Target', { environment, stage });
  RemovalPolicies.of(stack).destroy();
  expect(() => app.synth()).toThrow(/\[Target\/Target\/Capture\/Resource\] removalPolicy must[^]*\[Target\/Target\/Models\/Repository\] removalPolicy must/);
});
