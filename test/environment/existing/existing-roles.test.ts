import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import {
  DataScienceEnvironment, DeploymentStage, EnvironmentNames, EnvironmentRole, EnvironmentRoleOptions, ModelPromotion, MonitoringCheck, Persona,
  ProjectBlueprint, TemplateDelivery,
} from '../../../src';
import { atPlace, placeOf } from '../../../src/private/known-place';
import { WrittenPolicy } from '../../../src/private/written-policies';
import { offerEveryBlueprint } from '../../mlops/blueprints';
import { testApp } from '../../test-app';

const ACCOUNT = '111111111111', REGION = 'eu-west-1';
const ROLES = Object.values(EnvironmentRole);

/** An environment that has every role that there can be. */
function churn(roleOptions: (names: EnvironmentNames, stack: Stack) => EnvironmentRoleOptions = () => ({})) {
  const app = testApp({ context: { '@cdk-secure-mlops/destroy-data': true } });
  const stack = new Stack(app, 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    roleOptions: roleOptions(EnvironmentNames.forStack(stack, 'churn'), stack),
    dataPreparation: {},
    mlflow: {},
    featureStore: true,
    sharedSpaces: true,
    packageIndex: {},
    deploymentStages: [DeploymentStage.accounts('production', { accounts: ['222222222222'], monitoring: {}, promotion: ModelPromotion.copy() })],
    removalPolicy: RemovalPolicy.DESTROY,
  });
  environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  const choices = { schedule: Schedule.rate(Duration.days(1)), checks: [MonitoringCheck.dataQuality()], retraining: true };
  offerEveryBlueprint(environment, choices);
  environment.addProjectTemplate('FromBucket', { blueprint: ProjectBlueprint.buildTrain(), delivery: TemplateDelivery.s3() });
  environment.addMemberProduct();
  return { stack, environment, template: Template.fromStack(stack).toJSON() as { Resources: Record<string, Resource> } };
}

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly RoleName: unknown;
    readonly Roles?: object[];
    readonly PolicyDocument: Document;
    readonly AssumeRolePolicyDocument: Document;
  };
}
interface Document {
  readonly Statement: object[];
}

const ours = churn();
/** They are called as ours would be, so that each document can be compared with the policies of the role that it stands for. */
const given = churn((names, stack) => ({
  exceptions: ROLES.map((role) => ({ role, existingRole: Role.fromRoleArn(stack, role, names.roleArn(role)) })),
}));

const made = Object.entries(ours.template.Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
/** A role of ours by its ARN, as a role that exists is. */
const byArn = (text: string) => made.reduce((replaced, [id]) => {
  const arn = atPlace(ours.stack.resolve(arnOf(id)), placeOf(REGION));
  return replaced.replaceAll(JSON.stringify({ 'Fn::GetAtt': [id, 'Arn'] }), JSON.stringify(arn));
}, text.replaceAll(OF_STACK, 'Stack')).replace(/\{"Fn::Sub":("[^"$]*")\}/g, '$1');
/** Documents are read outside of the stack, and so name it. */
const OF_STACK = '${AWS::StackName}';
const arnOf = (id: string) => ours.environment.names.roleArn(ROLES.find((role) => isNamed(ours.template.Resources[id].Properties.RoleName, role))!);
const isNamed = (name: unknown, role: EnvironmentRole) => name === `churn--${role}-${REGION}`;
/** Each action on each resource: how they are put together into statements and policies is of no matter. */
const statements = (documents: Document[]) => [...new Set(documents
  .flatMap(({ Statement }) => Statement as { Action?: string[]; Resource?: object[] }[])
  .flatMap(({ Action, Resource, ...rest }) => [Action].flat().flatMap((action) => [Resource].flat().map((resource) => (
    byArn(JSON.stringify({ ...rest, Action: action, Resource: resource }))
  )))))].sort();
/** Whether one statement has two actions, or two have one each, is the same. */
const trusted = ({ Statement }: Document) => (Statement as { Action: string | string[] }[])
  .flatMap((statement) => [statement.Action].flat().map((Action) => JSON.stringify({ ...statement, Action }))).sort();
const written = (document: PolicyDocument) => given.stack.resolve(new WrittenPolicy(document)) as Document;
const required = (documents: PolicyDocument[]) => statements(documents.map(written));

test('every role of an environment can be one that exists: then the template has nothing of IAM', () => {
  expect(Object.values(given.template.Resources).filter(({ Type }) => Type.startsWith('AWS::IAM::'))).toEqual([]);
});

test('there are roles of every kind in the environment that is compared', () => {
  expect(made.map(([, { Properties }]) => Properties.RoleName).sort()).toEqual(ROLES.map((role) => `churn--${role}-${REGION}`).sort());
});

describe.each(ROLES)('the owner of an existing role %s is told', (role) => {
  const [id, { Properties: { AssumeRolePolicyDocument } }] = made.find(([, { Properties }]) => isNamed(Properties.RoleName, role))!;

  test('what it needs: as much as ours would have, and no more', () => {
    const attached = Object.values(ours.template.Resources).filter(({ Type, Properties: { Roles = [] } }) => (
      Type === 'AWS::IAM::ManagedPolicy' && Roles.some((one) => JSON.stringify(one) === JSON.stringify({ Ref: id }))
    ));
    const documents = given.environment.requiredPolicies(role);
    expect(required(documents)).toEqual(statements(attached.map(({ Properties }) => Properties.PolicyDocument)));
  });

  test('whom it trusts', () => {
    expect(trusted(written(given.environment.requiredTrust(role)))).toEqual(trusted(AssumeRolePolicyDocument));
  });
});

test('nothing else is made or left out', () => {
  // The CDK calls an association by what its principal's ARN is.
  const others = ({ Resources }: typeof ours.template) => Object.entries(Resources).filter(([, { Type }]) => !Type.startsWith('AWS::IAM::'))
    .map(([id, { Type }]) => (Type === 'AWS::ServiceCatalog::PortfolioPrincipalAssociation' ? Type : id)).sort();
  expect(others(given.template)).toEqual(others(ours.template));
});

test('a role that the environment does not have needs nothing, and is refused', () => {
  const stack = new Stack(testApp(), 'Stack', { env: { account: ACCOUNT, region: REGION } });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  expect(() => environment.requiredPolicies(EnvironmentRole.MLFLOW)).toThrow(
    '[Stack/Churn] role must be a role that the environment has, got "mlflow". Switch on what needs it, or add the first project template that does');
});

describe('a role that is given for one that the environment does not have', () => {
  const policiesOf = (role: EnvironmentRole, add: (environment: DataScienceEnvironment) => void = () => undefined) => {
    const stack = new Stack(testApp(), 'Stack', { env: { account: ACCOUNT, region: REGION } });
    const existingRole = Role.fromRoleArn(stack, 'Given', `arn:aws:iam::${ACCOUNT}:role/theirs`);
    add(new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', roleOptions: { exceptions: [{ role, existingRole }] } }));
    return Object.values((Template.fromStack(stack).toJSON() as { Resources: Record<string, { Type: string; Properties: object }> }).Resources)
      .filter(({ Type }) => ['AWS::KMS::Key', 'AWS::S3::BucketPolicy', 'AWS::EC2::VPCEndpoint'].includes(Type)).map(({ Properties }) => JSON.stringify(Properties)).join('\n');
  };

  test.each([EnvironmentRole.RELEASE, EnvironmentRole.CODE_BUILD, EnvironmentRole.BATCH_INFERENCE, EnvironmentRole.MLFLOW])('is let in by no policy: %s', (role) => {
    expect(policiesOf(role)).not.toContain('role/theirs');
  });

  test('is let in when the first project needs it', () => {
    const withProject = (environment: DataScienceEnvironment) => environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    expect(policiesOf(EnvironmentRole.CODE_BUILD, withProject)).toContain('role/theirs');
  });
});
