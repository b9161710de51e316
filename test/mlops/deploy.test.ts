import { createHash } from 'crypto';
import { Duration, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { contentOf, Given, IRELAND, Offer, only, resources, templateOf, variablesOf, written } from './fixture';
import { DeploymentStage, EndpointUpdate, ModelApproval, ModelPromotion, ProjectBlueprint, StageRetirement, TrafficShifting } from '../../src';
import { Json } from '../templates/carried';

const staging = DeploymentStage.accounts('staging', {
  accounts: ['222222222222', '333333333333'],
  endpointCapacity: { instanceTypes: ['ml.c5.large'] },
  endpointTest: { requests: 7, errorPercentage: 2, p95Latency: Duration.millis(250) },
});
const production = DeploymentStage.organizationalUnits('production', {
  organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'], approval: ModelApproval.manual(),
});

const offer = new Offer({ deploymentStages: [staging, production] });
const made = contentOf(offer, offer.add({ blueprint: ProjectBlueprint.deploy() }));
const published = offer.published();

const stagesOf = (template: Json) => only(template, 'AWS::CodePipeline::Pipeline').Stages as Json[];
const actionOf = (template: Json, stage: string, action: string) =>
  (stagesOf(template).find(({ Name }) => Name === stage)!.Actions as Json[]).find(({ Name }) => Name === action)!;
const order = (template: Json) => stagesOf(template).map(({ Name, Actions }) => [
  Name as string, ...(Actions as Json[]).map((action) => action.Name as string),
]);
const stageFile = (objects: Record<string, Json>, stage: string) => JSON.parse(objects[`parts/stage-${stage}.json`].Content as string) as Json;

describe('the way of a version', () => {
  test('is one stage after the other, and asks where a person is to be asked', () => {
    expect(order(made)).toEqual([
      ['Source', 'Code'],
      ['Release', 'Release'],
      ['Staging', 'Accounts', 'Deploy', 'Test'],
      ['ApproveProduction', 'Approve'],
      ['Production', 'Accounts', 'Deploy', 'Test'],
    ]);
  });

  test('runs each step after the one before it', () => {
    const production1 = stagesOf(made).find(({ Name }) => Name === 'Production')!;
    expect((production1.Actions as Json[]).map(({ RunOrder }) => RunOrder as number)).toEqual([1, 2, 3]);
  });

  test('goes back to what ran before, where a stage fails; where somebody says no, nothing has happened yet', () => {
    expect(stagesOf(made).map(({ Name, OnFailure }) => [Name, OnFailure?.Result as string])).toEqual([
      ['Source', undefined], ['Release', undefined], ['Staging', 'ROLLBACK'], ['ApproveProduction', undefined], ['Production', 'ROLLBACK'],
    ]);
  });

  test('asks nobody on the way back: a stage that goes back holds no approval', () => {
    const back = stagesOf(made).filter(({ OnFailure }) => OnFailure !== undefined).flatMap(({ Actions }) => Actions as Json[]);
    expect(back.filter(({ ActionTypeId }) => ActionTypeId.Category === 'Approval')).toEqual([]);
  });

  test('ends after the release, where AWS tells of an approval again', () => {
    const skipped = stagesOf(made).filter(({ BeforeEntry }) => BeforeEntry !== undefined);
    expect(skipped.map(({ Name }) => Name as string)).toEqual(['Staging', 'ApproveProduction', 'Production']);
    for (const { BeforeEntry: { Conditions: conditions } } of skipped) {
      expect(conditions).toEqual([{
        Result: 'SKIP',
        Rules: [{
          Name: 'NotRepeated',
          RuleTypeId: { Category: 'Rule', Owner: 'AWS', Provider: 'VariableCheck', Version: '1' },
          Configuration: { Variable: '#{Release.STATE}', Operator: 'NE', Value: 'repeated' },
        }],
      }]);
    }
  });

  test('shows an approver the version, which endpoint it goes to, and its figures', () => {
    const { ExternalEntityLink, CustomData } = actionOf(made, 'ApproveProduction', 'Approve').Configuration as Json;
    expect(ExternalEntityLink).toBe('#{Release.VERSION_LINK}');
    expect(written(CustomData as Json, made)).toBe('#{Release.MODEL_PACKAGE_ARN} to churn--production--forecast: #{Release.METRICS}');
  });

  test('tells a topic that an approval is waited for, by its ARN in the registry', () => {
    const topic = Topic.fromTopicArn(new Stack(), 'Topic', 'arn:aws:sns:eu-west-1:111111111111:approvals');
    const stage = DeploymentStage.sameAccount('live', { approval: ModelApproval.manual({ notificationTopic: topic }) });
    const told = new Offer({ deploymentStages: [stage] });
    const template = contentOf(told, told.add({ blueprint: ProjectBlueprint.deploy() }));
    expect(actionOf(template, 'ApproveLive', 'Approve').Configuration.NotificationArn).toEqual({ Ref: 'ProjectsLiveApprovalTopicArn' });
    expect(template.Parameters.ProjectsLiveApprovalTopicArn.Default).toBe('/secure-mlops/churn/projects/live-approval-topic-arn');
  });

  test('leads somewhere', () => {
    expect(() => templateOf(ProjectBlueprint.deploy())).toThrow(
      '[Stack/Offered] deploymentStages must have at least one element, got []. ProjectBlueprint.deploy goes through them: give them to the environment');
  });
});

describe('what starts it', () => {
  const rule = (ending: string) => only(made, 'AWS::Events::Rule', ending);

  test('is an approved version of this project\'s group, and of no other', () => {
    expect(rule('-approved').EventPattern).toEqual({
      'source': ['aws.sagemaker'],
      'detail-type': ['SageMaker Model Package State Change'],
      'detail': { ModelPackageGroupName: [{ Ref: 'ModelPackageGroupName' }], ModelApprovalStatus: ['Approved'] },
    });
  });

  test('is said to the release, which may find an approval told of again', () => {
    const { Input } = rule('-approved').Targets[0] as Json;
    expect(JSON.parse(Input as string)).toEqual({ variables: [{ name: 'STARTED_BY', value: 'approved' }] });
    expect(rule('-push').Targets[0]).not.toHaveProperty('Input');
    expect(only(made, 'AWS::CodePipeline::Pipeline').Variables).toEqual([{ Name: 'STARTED_BY', DefaultValue: 'change', Description: 'What has started the pipeline' }]);
    const variables = JSON.parse(actionOf(made, 'Release', 'Release').Configuration.EnvironmentVariables as string) as Json[];
    expect(Object.fromEntries(variables.map(({ name, value }) => [name as string, value as string]))).toEqual({
      STARTED_BY: '#{variables.STARTED_BY}', PIPELINE_EXECUTION: '#{codepipeline.PipelineExecutionId}',
    });
  });

  test('is a change of main', () => {
    expect(rule('-push').EventPattern.detail.referenceName).toEqual(['main']);
  });

  test('is the environment\'s role for events, which can do nothing else', () => {
    expect(written(rule('-approved').Targets[0].RoleArn as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--events-eu-west-1');
  });

  test.each([['churn--forecast-p-1', true], ['other--forecast-p-1', false], ['churn--', false], ['churn-2--a', false]])('takes the group %s: %s', (group, taken) => {
    expect(new RegExp(`^(${made.Parameters.ModelPackageGroupName.AllowedPattern})$`).test(group)).toBe(taken);
  });
});

describe('the release', () => {
  const build = only(made, 'AWS::CodeBuild::Project', '-release');
  const { phases, artifacts } = JSON.parse(build.Source.BuildSpec as string) as Json;
  const commands = phases.build.commands as string[];

  test('is copied by a role of its own, which runs nothing of the repository', () => {
    expect(written(build.ServiceRole as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--release-eu-west-1');
    expect(build.Source.BuildSpec).not.toContain('buildspec.yml');
    const usual = [/^rm -rf release && mkdir release$/, /^aws s3 cp .*\$TEMPLATES_BUCKET/, /^echo "[0-9a-f]{64} {2}(\/tmp\/release\.js|release\/[a-z-]+\.json)" \| sha256sum --check/, /^OUTPUT_DIRECTORY=release node \/tmp\/release\.js$/, /^export /];
    expect(commands.filter((command) => !usual.some((one) => one.test(command)))).toEqual([]);
  });

  test('is made by the program that was published, by its digest', () => {
    const { Key } = published['programs/release.js'];
    expect(commands).toContain(`aws s3 cp --only-show-errors "s3://$TEMPLATES_BUCKET/${Key}" /tmp/release.js`);
    const [, digest] = /echo "([0-9a-f]{64}) /.exec(commands.find((command) => command.startsWith('echo'))!)!;
    expect(digest).toBe(createHash('sha256').update(offer.bytesOf('programs/release.js')).digest('hex'));
  });

  test('hands on a template and the values of each stage', () => {
    for (const part of ['endpoint-staging', 'stage-staging', 'endpoint-production', 'stage-production']) {
      expect(commands).toContain(`aws s3 cp --only-show-errors "s3://$TEMPLATES_BUCKET/${published[`parts/${part}.json`].Key}" release/${part}.json`);
    }
    expect(artifacts).toEqual({ 'base-directory': 'release', 'files': ['**/*'] });
  });

  test('knows where models and releases are', () => {
    expect(variablesOf(build, made)).toMatchObject({
      RELEASES_REPOSITORY: 'churn/releases', RELEASE_PREFIX: 'p-1', STAGES: 'staging,production', MODEL_PACKAGE_GROUP_NAME: '<ModelPackageGroupName>',
    });
  });
});

describe('a stage', () => {
  test('deploys the release to the accounts that are ready, with the roles of its targets, and stops at the first that fails', () => {
    const { Configuration, InputArtifacts } = actionOf(made, 'Staging', 'Deploy');
    expect(Configuration).toMatchObject({
      TemplatePath: 'Release::endpoint-staging.json',
      Parameters: 'Release::parameters-staging.json',
      DeploymentTargets: 'AccountsStaging::accounts.json',
      Regions: 'eu-west-1',
      PermissionModel: 'SELF_MANAGED',
      ExecutionRoleName: 'churn--staging--deployment-eu-west-1',
      FailureTolerancePercentage: 0,
    });
    expect(written(Configuration.StackSetName as Json, made)).toBe('churn--staging--forecast');
    expect(written(Configuration.AdministrationRoleArn as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--stack-set-administrator-eu-west-1');
    expect(InputArtifacts).toEqual([{ Name: 'Release' }, { Name: 'AccountsStaging' }]);
  });

  test('of accounts says which', () => {
    expect(stageFile(published, 'staging')).toEqual({
      stage: 'staging',
      endpointPrefix: 'churn--staging--',
      instanceTypes: ['ml.c5.large'],
      accounts: { stage: 'staging', endpointTestRole: 'churn--staging--test-eu-west-1', accounts: ['222222222222', '333333333333'] },
    });
  });

  test('of units says which units, and of which organization', () => {
    expect(stageFile(published, 'production').accounts).toEqual({
      stage: 'production',
      endpointTestRole: 'churn--production--test-eu-west-1',
      organizationId: 'o-exampleorg',
      organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'],
    });
  });

  test('of the environment\'s own account says that', () => {
    const own = new Offer({ deploymentStages: [DeploymentStage.sameAccount('live')], rolePath: '/company/' });
    own.add({ blueprint: ProjectBlueprint.deploy() });
    expect(stageFile(own.published(), 'live').accounts).toEqual({ stage: 'live', endpointTestRole: 'company/churn--live--test-eu-west-1', accounts: ['111111111111'] });
  });

  test('says which accounts are about to leave', () => {
    const own = new Offer({ deploymentStages: [DeploymentStage.accounts('staging', { accounts: ['222222222222', '333333333333'], retiringAccounts: ['333333333333'] })] });
    own.add({ blueprint: ProjectBlueprint.deploy() });
    expect(stageFile(own.published(), 'staging').accounts).toMatchObject({ accounts: ['222222222222', '333333333333'], leaving: ['333333333333'] });
  });

  test.each(Object.values(StageRetirement))('says what becomes of accounts that leave: %s', (retirement) => {
    const own = new Offer({ deploymentStages: [DeploymentStage.accounts('staging', { accounts: ['222222222222'], retirement })] });
    own.add({ blueprint: ProjectBlueprint.deploy() });
    expect(stageFile(own.published(), 'staging').accounts).toMatchObject({ retire: retirement });
  });

  test('tests each endpoint as the repository says, within what the stage fixed', () => {
    const { Configuration, InputArtifacts } = actionOf(made, 'Staging', 'Test');
    const variables = JSON.parse(written(Configuration.EnvironmentVariables as Json, made)) as Json[];
    expect(Object.fromEntries(variables.map(({ name, value }) => [name as string, value as string]))).toEqual({
      STAGE: 'staging',
      ENDPOINT_NAME: 'churn--staging--forecast',
      ENDPOINT_TEST_ROLE: 'churn--staging--test-eu-west-1',
      REQUESTS: '7',
      ERROR_PERCENTAGE: '2',
      LATENCY_OF_95_PERCENT: '250',
    });
    expect(Configuration.PrimarySource).toBe('Code');
    expect(InputArtifacts).toEqual([{ Name: 'Code' }, { Name: 'Release' }, { Name: 'AccountsStaging' }]);
    expect(only(made, 'AWS::CodeBuild::Project', '-test').Source.BuildSpec).toBe('buildspec.yml');
  });

  test('has its own endpoint template, which takes what the stage allows', () => {
    const { Parameters } = JSON.parse(published['parts/endpoint-staging.json'].Content as string) as Json;
    expect(Parameters.InstanceType.AllowedValues).toEqual(['ml.c5.large']);
    expect(Parameters.ModelDataUrl.AllowedPattern).toBe('s3://churn--releases-111111111111-eu-west-1/.+');
  });

  test('has one container, which the release gives the variables that were approved', () => {
    const { Resources } = JSON.parse(published['parts/endpoint-staging.json'].Content as string) as Json;
    const models = Object.values(Resources as Record<string, Json>).filter(({ Type }) => Type === 'AWS::SageMaker::Model');
    expect(models).toHaveLength(1);
    const { PrimaryContainer, Containers = [PrimaryContainer] } = models[0].Properties as Json;
    expect(Containers).toHaveLength(1);
    expect((Containers as Json[])[0]).not.toHaveProperty('Environment');
  });

  test('goes over to a new model as the blueprint says', () => {
    const shifting = new Offer({ deploymentStages: [staging] });
    const update = EndpointUpdate.blueGreen({ trafficShifting: TrafficShifting.linear({ percentage: 25 }) });
    shifting.add({ blueprint: ProjectBlueprint.deploy({ update }) });
    const endpoint = only(JSON.parse(shifting.published()['parts/endpoint-staging.json'].Content as string) as Json, 'AWS::SageMaker::Endpoint');
    expect(endpoint.DeploymentConfig.BlueGreenUpdatePolicy.TrafficRoutingConfiguration).toMatchObject({ Type: 'LINEAR', LinearStepSize: { Value: 25 } });
  });
});

describe('a stage whose targets have copies of models', () => {
  const promoting = new Offer({
    deploymentStages: [
      DeploymentStage.accounts('staging', { accounts: ['222222222222'] }),
      DeploymentStage.organizationalUnits('production', {
        organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'], promotion: ModelPromotion.copy(),
      }),
    ],
    rolePath: '/company/',
  });
  const template = contentOf(promoting, promoting.add({ blueprint: ProjectBlueprint.deploy() }));
  const build = only(template, 'AWS::CodeBuild::Project', '-promotion');

  test('promotes between the list of accounts and their deployment, and others do not', () => {
    expect(order(template).slice(2)).toEqual([['Staging', 'Accounts', 'Deploy', 'Test'], ['Production', 'Accounts', 'Promote', 'Deploy', 'Test']]);
    const actionsOf = (stage: string) => stagesOf(template).find(({ Name }) => Name === stage)!.Actions as Json[];
    const runOrders = (stage: string) => actionsOf(stage).map(({ RunOrder }) => RunOrder as number);
    expect([runOrders('Staging'), runOrders('Production')]).toEqual([[1, 2, 3], [1, 2, 3, 4]]);
  });

  test('is promoted to by a role of its own, in the environment\'s network, which runs nothing of the repository', () => {
    expect(written(build.ServiceRole as Json, template)).toBe('arn:aws:iam::111111111111:role/company/churn--promotion-eu-west-1');
    expect(build.VpcConfig).toBeDefined();
    const { phases } = JSON.parse(build.Source.BuildSpec as string) as Json;
    const commands = phases.build.commands as string[];
    const usual = [/^aws s3 cp .*\$TEMPLATES_BUCKET/, /^echo "[0-9a-f]{64} {2}\/tmp\/promotion\.js" \| sha256sum --check/, /^export ACCOUNTS_FILE=/, /node \/tmp\/promotion\.js$/];
    expect(commands.filter((command) => !usual.some((one) => one.test(command)))).toEqual([]);
  });

  test('is told what is promoted, where to, and by which execution', () => {
    const { Configuration, InputArtifacts } = actionOf(template, 'Production', 'Promote');
    const variables = JSON.parse(written(Configuration.EnvironmentVariables as Json, template)) as Json[];
    expect(Object.fromEntries(variables.map(({ name, value }) => [name as string, value as string]))).toEqual({
      STAGE: 'production',
      ACCOUNTS: 'AccountsProduction',
      MODEL_PACKAGE_GROUP_NAME: 'churn--production--forecast',
      PIPELINE_EXECUTION: '#{codepipeline.PipelineExecutionId}',
    });
    expect(Configuration.PrimarySource).toBe('Release');
    expect(InputArtifacts).toEqual([{ Name: 'Release' }, { Name: 'AccountsProduction' }]);
    expect(variablesOf(build, template)).toMatchObject({ RELEASES_REPOSITORY: 'churn/releases' });
    expect(stageFile(promoting.published(), 'production').promotion).toEqual({
      role: 'company/churn--production--promotion-eu-west-1', bucket: 'churn--production--{account}-eu-west-1', repository: 'churn/production/releases',
    });
    expect(stageFile(promoting.published(), 'staging').promotion).toBeUndefined();
  });

  test('has endpoints that read the copies', () => {
    const { Parameters } = JSON.parse(promoting.published()['parts/endpoint-production.json'].Content as string) as Json;
    expect(Parameters.ModelsBucket.Default).toBe('/secure-mlops/churn/production/storage/models-bucket');
  });

  test('can have the longest names in an action', () => {
    const longest = new Offer({
      environmentName: 'a2345678901234567890',
      owner: 'o'.repeat(256),
      rolePath: `/${'p'.repeat(510)}/`,
      env: { ...IRELAND, region: 'ap-southeast-1' },
      deploymentStages: [DeploymentStage.accounts('production12', { accounts: ['222222222222'], promotion: ModelPromotion.copy() })],
    });
    const large = contentOf(longest, longest.add({ blueprint: ProjectBlueprint.deploy() }));
    expect(JSON.stringify(large).length).toBeLessThanOrEqual(51_200);
    const values = stagesOf(large).flatMap(({ Actions }) => Actions as Json[]).flatMap(({ Configuration }) => Object.values(Configuration as Json));
    expect(Math.max(...values.map((value) => written(value as Json, large).length))).toBeLessThanOrEqual(1_000);
  });
});

test('the program that lists accounts is published for all stages once', () => {
  expect(Object.keys(published).filter((key) => key.startsWith('programs/'))).toEqual(['programs/release.js', 'programs/deployment-accounts.js']);
});

test('brings no role, no function and no custom resource', () => {
  const types = Object.values(made.Resources as Json).map(({ Type }: Json) => Type as string);
  expect(types.filter((type) => /IAM|Lambda|Custom/.test(type))).toEqual([]);
});

test('everything wears the project\'s tags', () => {
  const bare = Object.entries(made.Resources as Record<string, Json>).filter(([, { Properties }]) => !(Properties.Tags as Json[]).some(({ Key }) => Key === 'sagemaker:project-id'));
  expect(bare.map(([id]) => id)).toEqual([]);
});

describe('sizes', () => {
  const units = Array.from({ length: 50 }, (_, index) => `o-exampleorg12345/r-ab12/ou-ab12-workload${index}/ou-ab12-production${index}/`);
  const accounts = (count: number) => Array.from({ length: count }, (_, index) => `${222222222222 + index}`);
  const longest: Given = { environmentName: 'a2345678901234567890', owner: 'o'.repeat(256), rolePath: `/${'p'.repeat(510)}/`, env: { ...IRELAND, region: 'ap-southeast-1' } };
  const approval = ModelApproval.manual({ notificationTopic: Topic.fromTopicArn(new Stack(), 'Topic', 'arn:aws:sns:ap-southeast-1:111111111111:approvals') });
  const largest: [string, Given][] = [
    ['495 accounts', { ...longest, deploymentStages: [DeploymentStage.accounts('production12', { accounts: accounts(495), approval })] }],
    ['50 units', { ...longest, deploymentStages: [DeploymentStage.organizationalUnits('production12', { organizationId: 'o-exampleorg12345', organizationalUnitPaths: units, approval })] }],
    ['five stages', {
      ...longest,
      deploymentStages: ['integration1', 'integration2', 'acceptance12', 'preproductio', 'production12'].map((name, index) =>
        DeploymentStage.accounts(name, { accounts: [accounts(5)[index]], approval })),
    }],
  ];

  describe.each(largest)('with %s', (_, given) => {
    const large = new Offer(given);
    const template = contentOf(large, large.add({ blueprint: ProjectBlueprint.deploy() }));

    test('the template can be sent inline', () => {
      expect(JSON.stringify(template).length).toBeLessThanOrEqual(51_200);
    });

    test('no value of an action has more than the 1,000 characters that CodePipeline takes', () => {
      const project = { SageMakerProjectName: 'x'.repeat(template.Parameters.SageMakerProjectName.MaxLength as number), SageMakerProjectId: 'p'.repeat(20) };
      const actions = stagesOf(template).flatMap(({ Actions }) => Actions as Json[]);
      const values = actions.flatMap(({ Configuration }) => Object.values(Configuration as Json));
      expect(Math.max(...values.map((value) => written(value as Json, template, project).length))).toBeLessThanOrEqual(1_000);
    });

    test('each endpoint template can be sent inline', () => {
      const templates = Object.entries(large.published()).filter(([key]) => key.startsWith('parts/endpoint-')).map(([, { Content }]) => (Content as string).length);
      expect(Math.max(...templates)).toBeLessThanOrEqual(51_200);
    });
  });
});

test('each build has a log group of its own', () => {
  expect(Object.keys(resources(made, 'AWS::Logs::LogGroup'))).toHaveLength(Object.keys(resources(made, 'AWS::CodeBuild::Project')).length);
});

test('the logs of the test are named after the project\'s name alone, as the endpoints are: a second project of that name is refused', () => {
  const names = Object.values(resources(made, 'AWS::Logs::LogGroup')).map(({ Properties }) => Properties.LogGroupName as Json);
  const claims = names.filter((name) => !JSON.stringify(name).includes('SageMakerProjectId'));
  expect(claims.map((name) => written(name, made))).toEqual(['/aws/codebuild/churn--forecast--test']);
});
