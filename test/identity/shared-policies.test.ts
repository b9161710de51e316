import { Aspects, Fn, IResolvable, Lazy } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Effect, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ACCOUNT, Parts } from './parts';
import { ExecutionRoles, ManagedRole } from '../../src/identity';
import { EnvironmentRole } from '../../src/names';

const reading = (bucket: string) => new PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${bucket}/*`] });

/** Ids of the policies that hold a text, and the roles that have them. */
function holdersOf(template: Template, text: string): [string, string[]][] {
  return Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(([, { Properties }]) => JSON.stringify(Properties.PolicyDocument).includes(text))
    .map(([id, { Properties }]): [string, string[]] => [
      id.replace(/[0-9A-F]{8}$/, ''), (Properties.Roles as { Ref: string }[]).map(({ Ref }) => Ref.replace(/^Roles|Role[0-9A-F]{8}$/g, '')).sort(),
    ])
    .sort();
}

function granted(to: (roles: ExecutionRoles) => ManagedRole[]): [string, string[]][] {
  const parts = new Parts();
  for (const role of to(parts.roles())) role.addToPolicy(reading('shared'));
  return holdersOf(parts.template, 'shared');
}

test('what notebooks of people may do is written once', () => {
  expect(granted(({ studioRole, dataPreparationRole }) => [studioRole, dataPreparationRole])).toEqual([['RolesNotebooksPolicy1', ['DataPreparation', 'Studio']]]);
});

test('what all roles of workloads may do is written once', () => {
  expect(granted(({ studioRole, dataPreparationRole, jobRole, modelRole }) => [studioRole, dataPreparationRole, jobRole, modelRole]))
    .toEqual([['RolesWorkloadsPolicy1', ['DataPreparation', 'Job', 'Model', 'Studio']]]);
});

test('what one of them may not do is nowhere that it has', () => {
  expect(granted(({ studioRole, dataPreparationRole, modelRole }) => [studioRole, dataPreparationRole, modelRole])).toEqual([
    ['RolesModelPolicy1', ['Model']], ['RolesNotebooksPolicy1', ['DataPreparation', 'Studio']],
  ]);
});

test('what roles have in common that are not named together is each one\'s own', () => {
  expect(granted(({ jobRole, pipelineRole }) => [jobRole, pipelineRole])).toEqual([['RolesJobPolicy1', ['Job']], ['RolesPipelinePolicy1', ['Pipeline']]]);
});

test('a role from outside has no part in it', () => {
  const parts = new Parts();
  const existingRole = Role.fromRoleArn(parts.stack, 'Given', `arn:aws:iam::${ACCOUNT}:role/theirs`);
  const { studioRole, dataPreparationRole } = parts.roles({ names: parts.names('churn', { exceptions: [{ role: EnvironmentRole.STUDIO_EXECUTION, existingRole }] }) });
  for (const role of [studioRole, dataPreparationRole]) role.addToPolicy(reading('shared'));
  expect(holdersOf(parts.template, 'shared')).toEqual([['RolesDataPreparationPolicy2', ['DataPreparation']]]);
});

test('where only notebooks are left of roles that are named together, it is theirs', () => {
  const parts = new Parts();
  const existingRole = Role.fromRoleArn(parts.stack, 'Given', `arn:aws:iam::${ACCOUNT}:role/theirs`);
  const { studioRole, dataPreparationRole } = parts.roles({ names: parts.names('churn', { exceptions: [{ role: EnvironmentRole.JOB_EXECUTION, existingRole }] }) });
  for (const role of [studioRole, dataPreparationRole]) role.addToPolicy(reading('shared'));
  expect(holdersOf(parts.template, 'shared').map(([id]) => id.replace(/\d$/, ''))).toEqual(['RolesNotebooksPolicy']);
});

test('a resource that depends on a grant waits for the policy that holds it', () => {
  const parts = new Parts();
  const { studioRole, dataPreparationRole } = parts.roles();
  const bucket = new Bucket(parts.stack, 'Bucket');
  studioRole.addToPolicy(reading('shared'));
  bucket.node.addDependency(dataPreparationRole.grantPrincipal.addToPrincipalPolicy(reading('shared')).policyDependable!);
  parts.template.hasResource('AWS::S3::Bucket', { DependsOn: [Match.stringLikeRegexp('^RolesNotebooksPolicy1')] });
});

test('what another aspect grants afterwards is the role\'s own', () => {
  const parts = new Parts();
  const { jobRole } = parts.roles();
  let isGranted = false;
  Aspects.of(parts.stack).add({
    visit: (node) => {
      if (node !== jobRole.role || isGranted) return;
      isGranted = true;
      jobRole.addToPolicy(reading('late'));
    },
  });
  expect(holdersOf(parts.template, 'late')).toEqual([[expect.stringMatching(/^RolesJobPolicy\d$/), ['Job']]]);
});

test('where sharing would take more policies than IAM attaches, each role has its own', () => {
  const parts = new Parts();
  const { studioRole, dataPreparationRole } = parts.roles();
  const fill = (role: ManagedRole, bucket: string, count: number) => {
    for (let index = 0; index < count; index++) role.addToPolicy(new PolicyStatement({ actions: [`s3:Action${index}`], resources: [`arn:aws:s3:::${bucket}-${index}/*`] }));
  };
  for (const role of [studioRole, dataPreparationRole]) fill(role, 'both', 40);
  fill(studioRole, 'studio', 340);
  const { template } = parts;
  expect(holdersOf(template, 'arn:aws:s3:::both-0/').map(([, roles]) => roles)).toEqual([['DataPreparation'], ['Studio']]);
  Annotations.fromStack(parts.stack).hasWarning('/Stack/Roles', 'Each role has a copy of what roles have in common, because policies of several roles '
    + 'would be more than 10 of studio-execution, as many as IAM attaches to a role. CloudFormation attaches new policies before it detaches old '
    + 'ones: an update that begins or ends this fails where a role has more in the meantime. Have the quota of managed policies per role raised '
    + 'before it, or grant fewer and wider prefixes. [ack: cdk-secure-mlops:rolesShareNoPolicies]');
});

test('nothing is warned of where policies are shared', () => {
  const parts = new Parts();
  parts.roles();
  expect(parts.template).toBeDefined();
  Annotations.fromStack(parts.stack).hasNoWarning('*', Match.stringLikeRegexp('rolesShareNoPolicies'));
});

test('what would be a small policy more of several roles is in each one\'s own', () => {
  const shared = Array.from({ length: 15 }, (_, index) => {
    const parts = new Parts();
    const { studioRole, dataPreparationRole } = parts.roles();
    for (const role of [studioRole, dataPreparationRole]) {
      for (let one = 0; one < 4 * index; one++) {
        role.addToPolicy(new PolicyStatement({ actions: [`s3:Action${one}`], resources: [`arn:aws:s3:::bucket-${one}/*`] }));
      }
    }
    return Object.entries(parts.template.findResources('AWS::IAM::ManagedPolicy'))
      .filter(([id]) => /^RolesNotebooksPolicy[2-9]/.test(id)).map(([, { Properties }]) => JSON.stringify(Properties.PolicyDocument).length);
  });
  expect(shared.flat()).not.toEqual([]);
  expect(Math.min(...shared.flat())).toBeGreaterThan(2_000);
});

describe('conditions that only CloudFormation knows, which look alike', () => {
  const where = (effect: Effect, from: IResolvable) => new PolicyStatement({
    effect, actions: ['s3:GetObject'], resources: ['arn:aws:s3:::one/*'], conditions: { IpAddress: { 'aws:SourceIp': from } },
  });
  type Statement = { Resource: unknown; Condition?: { IpAddress?: Record<string, unknown> } };
  const conditionsOf = (template: Template) => Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
    .flatMap(({ Properties: { PolicyDocument, Roles } }) => (PolicyDocument.Statement as Statement[])
      .filter(({ Resource }) => JSON.stringify(Resource ?? null).includes('arn:aws:s3:::one/'))
      .map(({ Condition }) => [(Roles as { Ref: string }[]).map(({ Ref }) => Ref.replace(/^Roles|Role[0-9A-F]{8}$/g, '')), Condition?.IpAddress?.['aws:SourceIp']]));

  test.each([Effect.ALLOW, Effect.DENY])('are all written of one role: %s', (effect) => {
    const parts = new Parts();
    const { studioRole } = parts.roles();
    for (const condition of ['Home', 'Inside']) studioRole.addToPolicy(where(effect, Fn.conditionIf(condition, '192.0.2.0/24', '203.0.113.0/24')));
    expect(conditionsOf(parts.template)).toEqual([
      [['Studio'], { 'Fn::If': ['Home', '192.0.2.0/24', '203.0.113.0/24'] }], [['Studio'], { 'Fn::If': ['Inside', '192.0.2.0/24', '203.0.113.0/24'] }],
    ]);
  });

  test('stay with the role that they were given to', () => {
    const parts = new Parts();
    const { studioRole, dataPreparationRole } = parts.roles();
    studioRole.addToPolicy(where(Effect.ALLOW, Lazy.any({ produce: () => '192.0.2.0/24' })));
    dataPreparationRole.addToPolicy(where(Effect.ALLOW, Lazy.any({ produce: () => '203.0.113.0/24' })));
    expect(conditionsOf(parts.template).sort()).toEqual([[['DataPreparation'], '203.0.113.0/24'], [['Studio'], '192.0.2.0/24']]);
  });
});

test('statements that are changed after they were added are compared as they are in the end', () => {
  const parts = new Parts();
  const { studioRole, dataPreparationRole } = parts.roles();
  const [ofStudio, ofDataPreparation] = [studioRole, dataPreparationRole].map((role) => {
    const statement = new PolicyStatement({ actions: ['s3:GetObject'] });
    role.addToPolicy(statement);
    return statement;
  });
  ofStudio.addResources('arn:aws:s3:::of-studio/*');
  ofDataPreparation.addResources('arn:aws:s3:::of-data-preparation/*');
  const { template } = parts;
  expect(holdersOf(template, 'of-studio').map(([, roles]) => roles)).toEqual([['Studio']]);
  expect(holdersOf(template, 'of-data-preparation').map(([, roles]) => roles)).toEqual([['DataPreparation']]);
});

test('a statement that is written in the place of others takes no change any more', () => {
  const parts = new Parts();
  const { studioRole, dataPreparationRole } = parts.roles();
  const statements = [studioRole, dataPreparationRole].map((role) => {
    const statement = reading('shared');
    role.addToPolicy(statement);
    return statement;
  });
  expect(parts.template).toBeDefined();
  for (const statement of statements) expect(() => statement.addResources('*')).toThrow('addResources: freeze() has been called on this PolicyStatement previously, so it can no longer be modified');
});
