import { CfnParameter } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, DOMAIN, keyArn, Parts, REGION } from './parts';
import { may, Question, sizeOf } from './weigh';
import { EnvironmentNames, EnvironmentRole } from '../../src/names';

const sagemaker = (resource: string) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${resource}`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/churn--${name}-${REGION}`;
const toSageMaker = { 'iam:PassedToService': 'sagemaker.amazonaws.com' };
const JOB = {
  'sagemaker:VpcSubnets': ['subnet-0123456789abcde0'],
  'sagemaker:VpcSecurityGroupIds': ['sg-0123456789abcdef0'],
  'sagemaker:VolumeKmsKeyArn': keyArn('volumes'),
  'sagemaker:OutputKmsKeyArn': keyArn('models'),
  'sagemaker:InterContainerTrafficEncryption': 'true',
  'sagemaker:InstanceTypes': ['ml.m5.xlarge'],
  'sagemaker:MaxRuntimeInSeconds': '3600',
};
const train: Question = { does: 'sagemaker:CreateTrainingJob', on: sagemaker('training-job/t'), given: JOB };
const pass = (name: string, given: Record<string, string> = toSageMaker): Question => ({ does: 'iam:PassRole', on: role(name), given });
const register = (given: Record<string, string>): Question => ({ does: 'sagemaker:CreateModelPackage', on: sagemaker('model-package/churn--forecast/1'), given });
const mySpace = { 'sagemaker:OwnerUserProfileArn': sagemaker(`user-profile/${DOMAIN}/alice`), 'sagemaker:SpaceSharingType': ['Private'] };
const bobsSpace = { ...mySpace, 'sagemaker:OwnerUserProfileArn': sagemaker(`user-profile/${DOMAIN}/bob`) };

const allowed: [string, string, Question][] = [
  ['Studio', 'starts a job that keeps every guardrail', train],
  ['Studio', 'passes itself to SageMaker', pass('studio-execution')],
  ['Studio', 'passes the pipeline role to SageMaker', pass('pipeline-execution')],
  ['Studio', 'registers a version as pending', register({ 'sagemaker:ModelApprovalStatus': 'PendingManualApproval' })],
  ['Studio', 'opens an application in its own space', { does: 'sagemaker:CreateApp', on: sagemaker(`app/${DOMAIN}/mine/jupyterlab/default`), given: mySpace }],
  ['Studio', 'makes its own space', { does: 'sagemaker:CreateSpace', on: sagemaker(`space/${DOMAIN}/mine`), given: mySpace }],
  ['Studio', 'tags what it makes', { does: 'sagemaker:AddTags', on: sagemaker('training-job/t'), given: { 'sagemaker:TaggingAction': 'CreateTrainingJob' } }],
  ['Studio', 'pushes to the repository of a project', { does: 'codecommit:GitPush', on: `arn:aws:codecommit:${REGION}:${ACCOUNT}:churn--forecast-p-1` }],
  ['Studio', 'reads the environment\'s parameters', { does: 'ssm:GetParameter', on: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/secure-mlops/churn/network/vpc-id` }],
  ['Studio', 'lets SageMaker encrypt volumes', {
    does: 'kms:CreateGrant', on: keyArn('volumes'), given: { 'kms:ViaService': `sagemaker.${REGION}.amazonaws.com`, 'kms:GrantIsForAWSResource': 'true' },
  }],
  ['DataPreparation', 'passes itself to SageMaker', pass('data-preparation')],
  ['Studio', 'passes the job role to SageMaker', pass('job-execution')],
  ['Studio', 'opens its own space', { does: 'sagemaker:CreatePresignedDomainUrl', on: sagemaker(`user-profile/${DOMAIN}/alice`) }],
  ['Pipeline', 'starts a job that keeps every guardrail', train],
  ['Pipeline', 'passes the job role to SageMaker', pass('job-execution')],
  ['Pipeline', 'registers a version as pending', register({ 'sagemaker:ModelApprovalStatus': 'PendingManualApproval' })],
  ['Job', 'writes its logs', { does: 'logs:PutLogEvents', on: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/sagemaker/TrainingJobs:log-stream:t` }],
  ['Model', 'pulls its image', {
    does: 'ecr:BatchGetImage', on: `arn:aws:ecr:${REGION}:683313688378:repository/sagemaker-xgboost`, given: { 'aws:ResourceAccount': '683313688378' },
  }],
];

const denied: [string, string, Question][] = [
  ['Studio', 'passes the model role', pass('model-execution')],
  ['Studio', 'passes itself to another service', pass('studio-execution', { 'iam:PassedToService': 'lambda.amazonaws.com' })],
  ['Studio', 'passes a persona', pass('team-administrator')],
  ['Studio', 'becomes a persona', { does: 'sts:AssumeRole', on: role('team-administrator') }],
  ['Studio', 'registers a version as approved', register({ 'sagemaker:ModelApprovalStatus': 'Approved' })],
  ['Studio', 'registers a version without a status', register({})],
  ['Studio', 'registers a version in a stage of life', register({ 'sagemaker:ModelApprovalStatus': 'PendingManualApproval', 'sagemaker:ModelLifeCycle:Stage': 'Production' })],
  ['Studio', 'approves a version', { does: 'sagemaker:UpdateModelPackage', on: sagemaker('model-package/churn--forecast/1'), given: { 'sagemaker:ModelApprovalStatus': 'Approved' } }],
  ['Studio', 'opens somebody\'s Studio', { does: 'sagemaker:CreatePresignedDomainUrl', on: sagemaker(`user-profile/${DOMAIN}/bob`) }],
  ['Studio', 'opens an application in a colleague\'s space', { does: 'sagemaker:CreateApp', on: sagemaker(`app/${DOMAIN}/bobs/jupyterlab/default`), given: bobsSpace }],
  ['Studio', 'opens an application in a shared space', {
    does: 'sagemaker:CreateApp', on: sagemaker(`app/${DOMAIN}/ours/jupyterlab/default`), given: { ...mySpace, 'sagemaker:SpaceSharingType': ['Shared'] },
  }],
  ['Studio', 'opens an application of a colleague', { does: 'sagemaker:CreateApp', on: sagemaker(`app/${DOMAIN}/bob/jupyterlab/default`) }],
  ['Studio', 'tags something that is there already', { does: 'sagemaker:AddTags', on: sagemaker('training-job/t') }],
  ['Studio', 'reads another environment\'s parameters', { does: 'ssm:GetParameter', on: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/secure-mlops/churn-2/network/vpc-id` }],
  ['Studio', 'grants the volume key to anybody', { does: 'kms:CreateGrant', on: keyArn('volumes'), given: { 'kms:ViaService': `sagemaker.${REGION}.amazonaws.com`, 'kms:GrantIsForAWSResource': 'false' } }],
  ['Studio', 'decrypts with the volume key itself', { does: 'kms:Decrypt', on: keyArn('volumes') }],
  ['Studio', 'changes a user profile', { does: 'sagemaker:UpdateUserProfile', on: sagemaker(`user-profile/${DOMAIN}/alice`), given: { 'sagemaker:VpcSecurityGroupIds': ['sg-0123456789abcdef0'] } }],
  ['Studio', 'makes an endpoint', { does: 'sagemaker:CreateEndpoint', on: sagemaker('endpoint/e') }],
  ['Studio', 'compiles a model outside of the VPC', { does: 'sagemaker:CreateCompilationJob', on: sagemaker('compilation-job/c') }],
  ['Studio', 'makes a notebook instance', { does: 'sagemaker:CreateNotebookInstance', on: sagemaker('notebook-instance/n'), given: JOB }],
  ['Studio', 'starts AutoML', { does: 'sagemaker:CreateAutoMLJobV2', on: sagemaker('automl-job/a'), given: JOB }],
  ['Studio', 'makes a feature group', { does: 'sagemaker:CreateFeatureGroup', on: sagemaker('feature-group/f'), given: { 'sagemaker:FeatureGroupOfflineStoreKmsKeyArn': keyArn('data') } }],
  ['DataPreparation', 'passes the role of data scientists', pass('studio-execution')],
  ['Pipeline', 'passes itself', pass('pipeline-execution')],
  ['Pipeline', 'writes pipelines', { does: 'sagemaker:UpdatePipeline', on: sagemaker('pipeline/p') }],
  ['Pipeline', 'reads data', { does: 's3:GetObject', on: 'arn:aws:s3:::anything/object' }],
  ['Job', 'starts a job', train],
  ['Job', 'passes a role', pass('job-execution')],
  ['Job', 'registers a version', register({ 'sagemaker:ModelApprovalStatus': 'PendingManualApproval' })],
  ['Model', 'starts a job', train],
];

describe('who may do what', () => {
  const { template } = withRoles();
  test.each(allowed)('%s %s', async (who, _, question) => expect(await may(template, `Roles${who}`, question)).toBe(true));
  test.each(denied)('%s never %s', async (who, _, question) => expect(await may(template, `Roles${who}`, question)).toBe(false));

  test.each(['iam:CreateRole', 'iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy', 'iam:CreatePolicyVersion'])('no role holds %s', async (does) => {
    const on = does.endsWith('Version') ? `arn:aws:iam::${ACCOUNT}:policy/p` : role('studio-execution');
    for (const who of ['Studio', 'DataPreparation', 'Pipeline', 'Job', 'Model']) expect(await may(template, `Roles${who}`, { does, on })).toBe(false);
  });
});

describe('trust', () => {
  test.each(['studio-execution', 'data-preparation', 'pipeline-execution', 'job-execution', 'model-execution'])('%s trusts SageMaker of this account, which may say for whom it works, and nobody else', (name) => {
    const service = { Service: 'sagemaker.amazonaws.com' };
    const Condition = {
      StringEquals: { 'aws:SourceAccount': ACCOUNT },
      ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:sagemaker:${REGION}:${ACCOUNT}:*`]] } },
    };
    withRoles().template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: `churn--${name}-${REGION}`,
      AssumeRolePolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: service, Condition },
          { Effect: 'Allow', Action: 'sts:SetSourceIdentity', Principal: service, Condition },
        ],
      },
    });
  });
});

describe('what a company asks of roles', () => {
  test('path and boundary are on every role, and the path on every policy', () => {
    const parts = new Parts();
    const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(parts.stack, 'Boundary', `arn:aws:iam::${ACCOUNT}:policy/boundary`);
    const roleOptions = { path: '/ml/', permissionsBoundary };
    parts.roles({ names: parts.names('churn', roleOptions) });
    parts.template.allResourcesProperties('AWS::IAM::Role', { Path: '/ml/', PermissionsBoundary: permissionsBoundary.managedPolicyArn });
    parts.template.allResourcesProperties('AWS::IAM::ManagedPolicy', { Path: '/ml/' });
  });

  test('one role may have a path and a boundary of its own, and what is not said of it is as for all', () => {
    const parts = new Parts();
    const boundary = (name: string) => ManagedPolicy.fromManagedPolicyArn(parts.stack, name, `arn:aws:iam::${ACCOUNT}:policy/${name}`);
    const roleOptions = {
      path: '/ml/',
      permissionsBoundary: boundary('all'),
      exceptions: [
        { role: EnvironmentRole.JOB_EXECUTION, path: '/ml/jobs/' },
        { role: EnvironmentRole.STUDIO_EXECUTION, permissionsBoundary: boundary('notebooks') },
      ],
    };
    const names = parts.names('churn', roleOptions);
    parts.roles({ names });
    const expectRole = (name: string, Path: string, bounds: string) =>
      parts.template.hasResourceProperties('AWS::IAM::Role', { RoleName: `churn--${name}-${REGION}`, Path, PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/${bounds}` });
    expectRole('job-execution', '/ml/jobs/', 'all');
    expectRole('studio-execution', '/ml/', 'notebooks');
    expectRole('pipeline-execution', '/ml/', 'all');
    expect(names.roleArn(EnvironmentRole.JOB_EXECUTION)).toContain(`:role/ml/jobs/churn--job-execution-${REGION}`);
  });

  test('nothing is asked of a role from outside', () => {
    const parts = new Parts();
    const existingRole = Role.fromRoleArn(parts.stack, 'Given', `arn:aws:iam::${ACCOUNT}:role/theirs`);
    const permissionsBoundary = ManagedPolicy.fromManagedPolicyName(parts.stack, 'Jobs', 'jobs');
    expect(() => parts.names('churn', { exceptions: [{ role: EnvironmentRole.JOB_EXECUTION, permissionsBoundary, existingRole }] }))
      .toThrow('roleOptions.exceptions (job-execution).existingRole must not be given together with permissionsBoundary');
  });

  test('nothing is an inline policy', () => {
    const { template } = withRoles();
    template.resourceCountIs('AWS::IAM::Policy', 0);
    expect(template.findResources('AWS::IAM::Role', { Properties: { Policies: Match.anyValue() } })).toEqual({});
  });
});

describe('roles from outside', () => {
  test('stand in for one role each, however often they are imported', () => {
    const parts = new Parts(), theirs = (id: string) => Role.fromRoleArn(parts.stack, id, `arn:aws:iam::${ACCOUNT}:role/theirs`);
    expect(() => parts.names('churn', {
      exceptions: [
        { role: EnvironmentRole.JOB_EXECUTION, existingRole: theirs('Jobs') }, { role: EnvironmentRole.PIPELINE_EXECUTION, existingRole: theirs('Pipelines') },
      ],
    })).toThrow(`roleOptions.exceptions (existingRole) must have no element twice, got ["arn:aws:iam::${ACCOUNT}:role/theirs","arn:aws:iam::${ACCOUNT}:role/theirs"]. `
      + 'Each role of an environment may do what the others must not, so each needs a role of its own');
  });

  const given = (parts: Parts) => parts.names('churn', {
    exceptions: [{ role: EnvironmentRole.STUDIO_EXECUTION, existingRole: Role.fromRoleArn(parts.stack, 'Given', `arn:aws:iam::${ACCOUNT}:role/theirs`) }],
  });

  test('get nothing attached', () => {
    const parts = new Parts();
    const roles = parts.roles({ names: given(parts) });
    roles.studioRole.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }));
    const attached = Object.values(parts.template.findResources('AWS::IAM::ManagedPolicy')).flatMap(({ Properties }) => Properties.Roles as unknown[]);
    expect(attached).not.toContain('theirs');
    parts.template.resourceCountIs('AWS::IAM::Role', 4);
  });

  test('their owner is told what to attach, guardrails and later grants included, each document small enough', () => {
    const parts = new Parts();
    const roles = parts.roles({ names: given(parts) });
    roles.studioRole.addToPolicy(new PolicyStatement({ sid: 'Later', actions: ['s3:GetObject'], resources: ['*'] }));
    const documents = roles.studioRole.requiredPolicies.map((document) => parts.stack.resolve(document) as unknown);
    expect(documents.length).toBeGreaterThan(1);
    for (const document of documents) expect(sizeOf(document)).toBeLessThan(6_144);
    expect(JSON.stringify(documents)).toContain('"Effect":"Deny"');
    expect(JSON.stringify(documents)).toContain('"Sid":"Later"');
  });

  test('their owner is told whom to trust', () => {
    const parts = new Parts();
    const document = parts.stack.resolve(parts.roles({ names: given(parts) }).studioRole.requiredTrust) as { Statement: unknown[] };
    expect(document.Statement).toEqual([expect.objectContaining({ Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'], Principal: { Service: 'sagemaker.amazonaws.com' } })]);
  });
});

describe('names', () => {
  test('may come from a CloudFormation parameter', () => {
    const parts = new Parts({});
    const name = new CfnParameter(parts.stack, 'Name').valueAsString;
    parts.roles({ names: EnvironmentNames.forStack(parts.stack, name) });
    parts.template.hasResourceProperties('AWS::IAM::Role', { RoleName: { 'Fn::Join': ['', [{ Ref: 'Name' }, '--studio-execution-', { Ref: 'AWS::Region' }]] } });
  });

  test('two environments live in one stack', () => {
    const parts = new Parts();
    parts.roles();
    parts.roles({ names: parts.names('churn-2') }, 'Others');
    const names = Object.values(parts.template.findResources('AWS::IAM::Role')).map(({ Properties }) => Properties.RoleName as string);
    expect(new Set(names).size).toBe(10);
  });

  test('synthesis is the same every time', () => {
    expect(withRoles().template.toJSON()).toEqual(withRoles().template.toJSON());
  });
});

describe('sizes', () => {
  test('at the largest network and the longest list of instances, every policy fits and no role has too many', () => {
    const parts = new Parts({});
    const instanceTypes = Array.from({ length: 100 }, (_, index) => `ml.x${index}.24xlarge`);
    parts.roles({ subnets: parts.subnets(16), securityGroups: parts.groups(5), guardrails: { instanceTypes } });
    for (const size of sizes(parts.template)) expect(size).toBeLessThanOrEqual(6_144);
    for (const count of policiesPerRole(parts.template)) expect(count).toBeLessThanOrEqual(10);
  });

  test('more grants than fit are refused at synthesis', () => {
    const parts = new Parts();
    const roles = parts.roles();
    for (let index = 0; index < 20; index++) {
      roles.jobRole.addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: Array.from({ length: 50 }, (_, n) => `arn:aws:s3:::a-bucket-with-a-long-name-${index}-${n}/a/long/prefix/*`) }));
    }
    expect(() => parts.template).toThrow(/\[Stack\/Roles\/Job\] policies must be at most 10, as many as IAM attaches to a role, got \d+\. Grant fewer and wider prefixes/);
  });
});

function withRoles(): { template: Template } {
  const parts = new Parts();
  parts.roles();
  return { template: parts.template };
}

function sizes(template: Template): number[] {
  return Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => sizeOf(Properties.PolicyDocument));
}

function policiesPerRole(template: Template): number[] {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).flatMap(({ Properties }) => (Properties.Roles as { Ref: string }[]).map(({ Ref }) => Ref));
  return [...new Set(policies)].map((one) => policies.filter((other) => other === one).length);
}
