import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Aws, CfnParameter, Duration, Environment, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DATA_SCIENCE, knownByName, production, promotingProduction, productionWith, staging, stagingWith } from './fixture';
import {
  StackSetAccountThreshold, DataScienceEnvironment, DeploymentStage, DeploymentTargetOptions, DeploymentTargetStackSet, DeploymentTargetStackSetProps,
  EndpointService, StageRetirement, TargetRole,
} from '../../src';
import { testApp } from '../test-app';

const PLATFORM: Environment = { account: '333333333333', region: 'eu-west-1' };
const NAME = 'SecureMlopsTarget-churn';

/** A stack set of targets of the environment `churn`, and its stack. */
function stackSet(props: Partial<DeploymentTargetStackSetProps> = {}, env: Environment | undefined = PLATFORM, context: object = {}) {
  const app = testApp({ analyticsReporting: false, context: { ...context } });
  const stack = new Stack(app, 'Platform', { env });
  return { app, stack, made: new DeploymentTargetStackSet(stack, 'Targets', { environment: knownByName(app), stage: production, ...props }) };
}

function properties(stack: Stack): Record<string, unknown> {
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFormation::StackSet')) as { Properties: Record<string, unknown> }[];
  return resource.Properties;
}

interface Placed { Resources: Record<string, { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string }> }
const placed = (stack: Stack) => JSON.parse(properties(stack).TemplateBody as string) as Placed;

describe('targets in organizational units', () => {
  const { stack, made } = stackSet();

  test('are placed by a service-managed stack set, in the environment\'s region only, now and when accounts join', () => {
    expect(properties(stack)).toMatchObject({
      StackSetName: `${NAME}-production-eu-west-1`,
      PermissionModel: 'SERVICE_MANAGED',
      AutoDeployment: { Enabled: true, RetainStacksOnAccountRemoval: true },
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      ManagedExecution: { Active: true },
      StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['ou-ab12-prod1111'] }, Regions: ['eu-west-1'] }],
    });
    expect(properties(stack)).not.toHaveProperty('AdministrationRoleARN');
    expect(made.stackSetName).toBe(`${NAME}-production-eu-west-1`);
  });

  test('are told to delivery pipelines by a role of the platform, where the stage names its account', () => {
    const stage = DeploymentStage.organizationalUnits('production', {
      organizationId: 'o-exampleorg', organizationalUnitPaths: production.organizationalUnitPaths, platformAccount: PLATFORM.account,
    });
    Template.fromStack(stackSet({ stage }).stack).hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'churn--production--list-eu-west-1',
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({
          Condition: {
            ArnEquals: { 'aws:PrincipalArn': Match.objectLike({ 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('role/churn--deployment-accounts-eu-west-1')])] }) },
            StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorg' },
          },
        })],
      },
    });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
  });

  test('are listed in the stage\'s organization only, and not from its root', () => {
    const stage = DeploymentStage.organizationalUnits('production', {
      organizationId: 'o-exampleorg', organizationalUnitPaths: production.organizationalUnitPaths, platformAccount: PLATFORM.account,
    });
    const all = (kind: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:organizations::*:${kind}/o-exampleorg/*`]] });
    Template.fromStack(stackSet({ stage }).stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: ['organizations:ListAccountsForParent', 'organizations:ListOrganizationalUnitsForParent'], Resource: all('ou') },
          { Effect: 'Allow', Action: 'organizations:ListParents', Resource: [all('ou'), all('account')] },
        ],
      },
    });
  });

  test('of a nested unit are placed in that unit', () => {
    const stage = DeploymentStage.organizationalUnits('nested', {
      organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/ou-ab12-team2222/'],
    });
    expect(properties(stackSet({ stage }).stack)).toMatchObject({ StackInstancesGroup: [{ DeploymentTargets: { OrganizationalUnitIds: ['ou-ab12-team2222'] } }] });
  });

  test('carry neither functions nor custom resources, and no role is made beside the stack set', () => {
    const types = Object.values(placed(stack).Resources).map(({ Type }) => Type);
    expect(types.filter((type) => /Lambda|Custom/.test(type))).toEqual([]);
    expect(types).toContain('AWS::EC2::VPC');
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 0);
  });

  test('are changed by the role of StackSets only', () => {
    expect(JSON.stringify(placed(stack))).toContain(':role/stacksets-exec-*');
    expect(JSON.stringify(placed(stack))).not.toContain('cdk-hnb659fds');
  });

  test('of a delegated administrator, without joining accounts', () => {
    const options = stackSet({ serviceManaged: { delegatedAdmin: true, autoDeployment: false } });
    expect(properties(options.stack)).toMatchObject({ CallAs: 'DELEGATED_ADMIN', AutoDeployment: { Enabled: false } });
  });

  test('know neither the platform account nor its bootstrap', () => {
    expect(JSON.stringify(placed(stack))).not.toMatch(/333333333333|BootstrapVersion/);
  });
});

describe('every option of a target', () => {
  const stack = new Stack(testApp(), 'Own');
  // One of each: a new option of targets that is not here does not compile.
  const options: Required<DeploymentTargetOptions> = {
    cidr: '10.9.0.0/16',
    zoneCount: 3,
    endpoints: { services: [EndpointService.SAGEMAKER_API] },
    flowLogs: { retention: RetentionDays.ONE_WEEK },
    captureExpiration: Duration.days(11),
    groundTruthWriters: ['labels/writer'],
    configurationReaders: ['arn:aws:iam::222222222222:role/auditor'],
    imageAccounts: ['888888888888'],
    enableSageMakerModelAccess: true,
    enableAccessLogs: true,
    existingRoles: [TargetRole.ENDPOINT_TEST],
    permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/boundary`),
    removalPolicy: RemovalPolicy.DESTROY,
  };
  const stage = DeploymentStage.accounts('staging', { accounts: staging.accountIds, monitoring: {} });
  const bodyOf = (props: Partial<DeploymentTargetOptions> = {}) => properties(stackSet({ stage, ...props }, PLATFORM, { '@cdk-secure-mlops/destroy-data': true }).stack).TemplateBody;

  const plain = bodyOf();

  test.each(Object.keys(options) as (keyof DeploymentTargetOptions)[])('%s reaches the targets', (name) => {
    expect(bodyOf({ [name]: options[name] })).not.toEqual(plain);
  });
});

describe('size', () => {
  test('leaves room for the longest names in four zones', () => {
    const app = testApp();
    const environment = DataScienceEnvironment.fromEnvironmentAttributes(new Stack(app, 'Names'), 'Churn', {
      environmentName: 'a2345678901234567890', account: '111111111111', region: 'ap-southeast-1', rolePath: '/data-science/',
    });
    const stage = DeploymentStage.organizationalUnits('production12', {
      organizationId: 'o-exampleorg', organizationalUnitPaths: production.organizationalUnitPaths, retirement: StageRetirement.RETAIN,
    });
    const stack = new Stack(app, 'Platform', { env: PLATFORM });
    new DeploymentTargetStackSet(stack, 'Targets', {
      environment, stage, zoneCount: 4, permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:policy/boundary`),
    });
    expect(Buffer.byteLength(properties(stack).TemplateBody as string)).toBeLessThanOrEqual(51_200);
  });

  test('leaves room for copies of models', () => {
    const { stack } = stackSet({ stage: promotingProduction });
    expect(Buffer.byteLength(properties(stack).TemplateBody as string)).toBeLessThanOrEqual(51_200);
  });

  test.each([['with', true], ['without', false]])('does not grow with tags, %s explicit tags of stacks: the stack set passes them on', (_, explicit) => {
    const { app, stack } = stackSet({}, PLATFORM, { '@aws-cdk/core:explicitStackTags': explicit });
    for (let index = 0; index < 20; index++) Tags.of(app).add(`cost-centre-of-the-company-${index}`, 'a-long-value-of-a-tag');
    expect(properties(stack).Tags).toContainEqual({ Key: 'cost-centre-of-the-company-7', Value: 'a-long-value-of-a-tag' });
    expect(properties(stack).Tags).toContainEqual({ Key: 'environment', Value: 'churn' });
    expect(properties(stack).TemplateBody).not.toContain('cost-centre');
  });

  test('is less where the region is known, for it is the only one: names of AWS are written out', () => {
    const { stack } = stackSet();
    expect(properties(stack).TemplateBody).not.toMatch(/AWS::(Region|Partition|URLSuffix)/);
    expect(properties(stack).TemplateBody).toContain('arn:aws:sagemaker:eu-west-1:${AWS::AccountId}:');
  });

  test('above what CloudFormation takes inline is refused', () => {
    const { app, made } = stackSet();
    made.template.templateOptions.metadata = { Filling: 'x'.repeat(20_000) };
    expect(() => app.synth()).toThrow(/\[Platform\/Targets\/Template\] size of the template in bytes must be at most 51200, got 5\d{4}/);
  });
});

describe('targets in a list of accounts', () => {
  const { app, stack, made } = stackSet({ stage: staging });

  test('are placed by a self-managed stack set', () => {
    expect(properties(stack)).toMatchObject({
      PermissionModel: 'SELF_MANAGED',
      AdministrationRoleARN: { 'Fn::GetAtt': [expect.stringMatching(/^TargetsAdministrationRole/), 'Arn'] },
      ExecutionRoleName: 'churn--staging--target-exec-eu-west-1',
      StackInstancesGroup: [{ DeploymentTargets: { Accounts: ['222222222222'] }, Regions: ['eu-west-1'] }],
    });
    expect(properties(stack)).not.toHaveProperty('AutoDeployment');
    expect(JSON.stringify(placed(stack))).toContain(':role/churn--staging--target-exec-eu-west-1');
  });

  test('are entered by a role that only this stack set becomes, and that becomes only theirs', () => {
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'churn--staging--target-admin-eu-west-1',
      AssumeRolePolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'cloudformation.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '333333333333' },
            ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:cloudformation:eu-west-1:333333333333:stackset/${NAME}-staging-eu-west-1:*`]] } },
          },
        }],
      },
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [{
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::222222222222:role/churn--staging--target-exec-eu-west-1']] },
        }],
      },
    });
    template.hasResource('AWS::CloudFormation::StackSet', { DependsOn: Match.arrayWith([Match.stringLikeRegexp('^TargetsAdministrationPolicy')]) });
  });

  test('of a region that is off by default are entered by its regional service as well', () => {
    const environment = (of: App) => knownByName(of, { region: 'ap-east-1' });
    const elsewhere = testApp();
    const platform = new Stack(elsewhere, 'Platform', { env: PLATFORM });
    new DeploymentTargetStackSet(platform, 'Targets', { environment: environment(elsewhere), stage: staging });
    Template.fromStack(platform).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [Match.anyValue(), Match.objectLike({ Principal: { Service: 'cloudformation.ap-east-1.amazonaws.com' } })] },
    });
  });

  test('let the stack set in by a role whose template a person deploys', () => {
    const { directory } = app.synth();
    const file = readFileSync(join(directory, made.executionRoleTemplate!.filePath!), 'utf8');
    expect(file).toContain('RoleName: "churn--staging--target-exec-eu-west-1"');
    Template.fromStack(stack).hasOutput('*', {
      Value: `aws cloudformation deploy --region eu-west-1 --stack-name ${NAME}-staging-eu-west-1-execution-role `
        + `--template-file cdk.out/templates/${NAME}-staging-eu-west-1-execution-role.yaml --capabilities CAPABILITY_NAMED_IAM`,
    });
  });

  test('may have both roles already', () => {
    const own = stackSet({
      stage: staging,
      selfManaged: { executionRoleName: 'company-stack-sets', administrationRole: Role.fromRoleArn(new Stack(), 'Own', 'arn:aws:iam::333333333333:role/company-administration') },
    });
    expect(properties(own.stack)).toMatchObject({ ExecutionRoleName: 'company-stack-sets', AdministrationRoleARN: 'arn:aws:iam::333333333333:role/company-administration' });
    Template.fromStack(own.stack).resourceCountIs('AWS::IAM::Role', 0);
    expect(own.made.executionRoleTemplate).toBeUndefined();
  });

  test('are at most as many as the administration role\'s policies can name', () => {
    const accounts = Array.from({ length: 1_000 }, (_, index) => String(400_000_000_000 + index));
    expect(() => stackSet({ stage: DeploymentStage.accounts('many', { accounts }) }).app.synth())
      .toThrow(/\[Platform\/Targets\/Administration\] stage must take at most 5 policies.*got "1000 accounts in \d+ policies"\. Use DeploymentStage\.organizationalUnits/);
  });
});

describe('operations', () => {
  test('tolerate and hurry as told', () => {
    const counted = stackSet({
      operation: { failureTolerance: StackSetAccountThreshold.count(2), maximumConcurrency: StackSetAccountThreshold.count(3) },
    });
    expect(properties(counted.stack)).toMatchObject({ OperationPreferences: { FailureToleranceCount: 2, MaxConcurrentCount: 3 } });
    const soft = {
      failureTolerance: StackSetAccountThreshold.percentage(10),
      maximumConcurrency: StackSetAccountThreshold.percentage(50),
      softFailureTolerance: true,
      managedExecution: false,
    };
    expect(properties(stackSet({ operation: soft }).stack)).toMatchObject({
      OperationPreferences: { FailureTolerancePercentage: 10, MaxConcurrentPercentage: 50, ConcurrencyMode: 'SOFT_FAILURE_TOLERANCE' },
      ManagedExecution: { Active: false },
    });
  });

  test.each<[string, DeploymentTargetStackSetProps['operation'], string]>([
    ['more at once than failures plus one', { maximumConcurrency: StackSetAccountThreshold.count(2) }, 'maximumConcurrency must be at most one more than the tolerated failures, 0, got 2'],
    ['nothing at once', { maximumConcurrency: StackSetAccountThreshold.count(0) }, 'maximumConcurrency must be at least one account, got 0'],
    ['no percent at once', { maximumConcurrency: StackSetAccountThreshold.percentage(0) }, 'maximumConcurrency must be at least one percent, got 0'],
  ])('%s is refused', (_, operation, message) => {
    expect(() => stackSet({ operation })).toThrow(`[Platform/Targets] operation.${message}`);
  });

  test.each([-1, 0.5])('%d is no number of accounts', (accounts) => {
    expect(() => StackSetAccountThreshold.count(accounts)).toThrow('[StackSetAccountThreshold] accounts must be a whole number');
    expect(() => StackSetAccountThreshold.percentage(accounts)).toThrow('[StackSetAccountThreshold] percent must be a whole number between 0 and 100');
  });
});

describe('an account that leaves the stage', () => {
  const { DELETE, RETAIN } = StageRetirement;
  interface Automatic { RetainStacksOnAccountRemoval?: boolean }
  const leaves = (stack: Stack) => (properties(stack).AutoDeployment as Automatic | undefined)?.RetainStacksOnAccountRemoval;
  const removedWithStack = (stack: Stack) => Object.values(placed(stack).Resources)
    .filter(({ DeletionPolicy }) => DeletionPolicy !== 'RetainExceptOnCreate').length;
  const saysOf = (stack: Stack) => Object.entries(Template.fromStack(stack).findOutputs('*'))
    .filter(([id]) => id.includes('Retirement')).map(([, { Value }]) => Value as string);
  const KEPT = 'The deployment target stays there when its account leaves the stage: remove it there';
  const REMOVED = 'The deployment target is removed when its account leaves the stage';

  test.each<[string, DeploymentStage, boolean | undefined, 'all' | 'none', string[]]>([
    ['a unit, unsaid', production, true, 'all', []],
    ['a unit, removed', productionWith(DELETE), false, 'all', [REMOVED]],
    ['a unit, kept, and where the unit itself is taken off the stage', productionWith(RETAIN), true, 'none', [KEPT]],
    ['a list, unsaid', staging, undefined, 'all', []],
    ['a list, removed', stagingWith(DELETE), undefined, 'all', [REMOVED]],
    ['a list, kept', stagingWith(RETAIN), undefined, 'none', [KEPT]],
  ])('%s', (_, stage, retains, goes, says) => {
    const { stack } = stackSet({ stage });
    expect(leaves(stack)).toBe(retains);
    expect(removedWithStack(stack) === 0).toBe(goes === 'none');
    expect(saysOf(stack)).toEqual(says);
  });

  test('of a list leaves the way in to nobody: the roles by which it is placed are the stack\'s own', () => {
    const template = Template.fromStack(stackSet({ stage: stagingWith(RETAIN) }).stack);
    for (const { DeletionPolicy } of Object.values(template.findResources('AWS::IAM::Role'))) expect(DeletionPolicy).toBeUndefined();
  });

  test('of a list can be entered until its target has gone: the old permission goes after everything else', () => {
    const entries = (accounts: string[]) => {
      const { stack } = stackSet({ stage: DeploymentStage.accounts('staging', { accounts }) });
      return Object.keys(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    };
    const before = entries(['222222222222', '444444444444']), after = entries(['222222222222']);
    expect([before.length, after.length]).toEqual([1, 1]);
    expect(after).not.toEqual(before);
    expect(entries(['222222222222'])).toEqual(after);
  });

  test('keeps its target while it is leaving: the endpoint goes first, by a role of the target', () => {
    const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222', '444444444444'], retiringAccounts: ['444444444444'] });
    expect(properties(stackSet({ stage }).stack).StackInstancesGroup)
      .toEqual([{ DeploymentTargets: { Accounts: ['222222222222', '444444444444'] }, Regions: ['eu-west-1'] }]);
  });

  test.each([[DELETE, true], [RETAIN, false]])('is not both: %s and retainStacksOnAccountRemoval %s', (retirement, retainStacksOnAccountRemoval) => {
    expect(() => stackSet({ stage: productionWith(retirement), serviceManaged: { retainStacksOnAccountRemoval } }))
      .toThrow(`serviceManaged.retainStacksOnAccountRemoval must agree with the retirement of the stage 'production', ${retirement}, got ${retainStacksOnAccountRemoval}. Say it once, at the stage`);
  });
});

describe('refused', () => {
  const boundary = () => ManagedPolicy.fromManagedPolicyName(new Stack(testApp(), 'Own', { env: PLATFORM }), 'Boundary', 'boundary');

  test.each<[string, () => unknown, string]>([
    ['a stage of the data-science account itself', () => stackSet({ stage: DeploymentStage.sameAccount('local') }), 'stage must be in other accounts than the data-science account, got "local"'],
    ['service-managed options of a list of accounts', () => stackSet({ stage: staging, serviceManaged: { autoDeployment: true } }),
      'serviceManaged must not be given for the stage \'staging\', which is a list of accounts, got {"autoDeployment":true}'],
    ['self-managed options of organizational units', () => stackSet({ selfManaged: { executionRoleName: 'a' } }),
      'selfManaged must not be given for the stage \'production\', which is a set of organizational units, got ["executionRoleName"]'],
    ['units from the data-science account', () => stackSet({}, DATA_SCIENCE),
      'stage must be placed from another account than the data-science account, since \'production\' is a set of organizational units, got "111111111111". A service-managed stack set is an administrator'],
    ['the data-science account in the list', () => stackSet({ stage: DeploymentStage.accounts('both', { accounts: ['111111111111', '222222222222'] }) }),
      'stage must not have the data-science account, 111111111111, among its accounts, got "both"'],
    ['units from another account than the one that pipelines ask', () => stackSet({
      stage: DeploymentStage.organizationalUnits('production', {
        organizationId: 'o-exampleorg', organizationalUnitPaths: production.organizationalUnitPaths, platformAccount: '444444444444',
      }),
    }), 'stage must be placed from the platformAccount of the stage \'production\', 444444444444, got "333333333333". Delivery pipelines ask a role of that account'],
    ['a list from a stack without an account', () => stackSet({ stage: staging }, {}), 'stage must be a set of organizational units in a stack without an account and a region, got "staging"'],
    ['the name of an endpoint stack set', () => stackSet({ stackSetName: 'churn--production--model' }), 'stackSetName must have no two hyphens in a row'],
    ['a name that is none', () => stackSet({ stackSetName: '1st' }), 'stackSetName must be 1–128 letters'],
    ['an execution role with a path', () => stackSet({ stage: staging, selfManaged: { executionRoleName: 'path/role' } }), 'selfManaged.executionRoleName must be the name of a role'],
    ['a boundary of the platform account', () => stackSet({ permissionsBoundary: boundary() }), 'permissionsBoundary must be a policy of whichever account a target is in, got'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(`[Platform/Targets] ${message}`);
  });

  test('an environment of an unknown account, or whose name is a parameter', () => {
    const app = testApp();
    const stack = new Stack(app, 'Platform', { env: PLATFORM });
    const unknown = new DataScienceEnvironment(new Stack(app, 'Own'), 'Churn', { environmentName: 'churn', deploymentStages: [production] });
    expect(() => new DeploymentTargetStackSet(stack, 'Unknown', { environment: unknown, stage: production }))
      .toThrow('[Platform/Unknown] environment must be in a stack with an account and a region, to be used from other accounts, those of the stage \'production\', got "churn"');
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const named = DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Named', { environmentName: name, account: '111111111111', region: 'eu-west-1' });
    expect(() => new DeploymentTargetStackSet(stack, 'ByParameter', { environment: named, stage: production })).toThrow('environment must have a literal name');
  });
});
