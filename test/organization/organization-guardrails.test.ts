import { App, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { OrganizationGuardrails, OrganizationGuardrailsProps, OrganizationWorkloads } from '../../src';

const WORKLOADS: OrganizationWorkloads = {
  subnetIds: ['subnet-0123456789abcdef0'],
  securityGroupIds: ['sg-0123456789abcdef0'],
  volumeKeyArns: ['arn:aws:kms:eu-west-1:111111111111:key/volumes'],
  outputKeyArns: ['arn:aws:kms:eu-west-1:111111111111:key/data'],
};

const PROPS: OrganizationGuardrailsProps = {
  organizationId: 'o-exampleorg',
  deployingRoles: ['arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-*', 'arn:aws:iam::*:role/cdk-hnb659fds-deploy-role-*'],
  exemptRoles: ['arn:aws:iam::*:role/break-glass'],
};

interface Statement {
  readonly Sid: string;
  readonly Action: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

interface Document { readonly Statement: Statement[] }

function guardrails(props: Partial<OrganizationGuardrailsProps> = {}): OrganizationGuardrails {
  return new OrganizationGuardrails(new Stack(new App(), 'Stack'), 'Guardrails', { ...PROPS, ...props });
}

function statements(props: Partial<OrganizationGuardrailsProps> = {}, name = 'service-control-policy'): Statement[] {
  const documents = Object.entries(guardrails(props).documents).filter(([document]) => document.startsWith(name));
  return documents.flatMap(([, text]) => (JSON.parse(text) as Document).Statement);
}

const statement = (sid: string, props?: Partial<OrganizationGuardrailsProps>) => statements(props).find(({ Sid }) => Sid === sid);

describe('policies', () => {
  const template = () => Template.fromStack(Stack.of(guardrails({ targetIds: ['ou-ab12-data1111', '222222222222'], workloads: [WORKLOADS] })));

  test('of every type are attached to the targets', () => {
    const made = Object.values(template().findResources('AWS::Organizations::Policy')).map(({ Properties }) => Properties as { Type: string; TargetIds: string[] });
    expect([...new Set(made.map(({ Type }) => Type))]).toEqual(['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'DECLARATIVE_POLICY_EC2', 'S3_POLICY']);
    for (const { TargetIds } of made) expect(TargetIds).toEqual(['ou-ab12-data1111', '222222222222']);
  });

  test('are the same as the documents', () => {
    const { documents } = guardrails({ workloads: [WORKLOADS] });
    const made = Object.values(template().findResources('AWS::Organizations::Policy')).map(({ Properties }) => JSON.stringify((Properties as { Content: unknown }).Content));
    const { 'permissions-boundary': _, ...policies } = documents;
    expect(made).toEqual(Object.values(policies));
  });

  test('have names that nothing else in the organization has', () => {
    const names = Object.values(template().findResources('AWS::Organizations::Policy')).map(({ Properties }) => (Properties as { Name: string }).Name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^Stack-Guardrails-[\w-]+$/);
  });

  test('are of the types that are asked for', () => {
    const stack = Stack.of(guardrails({ targetIds: ['r-ab12'], policyTypes: ['RESOURCE_CONTROL_POLICY'] }));
    Template.fromStack(stack).resourceCountIs('AWS::Organizations::Policy', 1);
  });

  test('are documents only, without targets', () => {
    const made = guardrails();
    Template.fromStack(Stack.of(made)).resourceCountIs('AWS::Organizations::Policy', 0);
    expect(Object.keys(made.documents)).toEqual([
      'service-control-policy-1', 'service-control-policy-2', 'service-control-policy-3', 'resource-control-policy-1', 'ec2-policy', 's3-policy', 'permissions-boundary',
    ]);
  });

  test('are the same in each synthesis', () => {
    expect(guardrails({ workloads: [WORKLOADS] }).documents).toEqual(guardrails({ workloads: [WORKLOADS] }).documents);
  });

  test('have every statement once, by an id to look up', () => {
    const sids = [...statements({ workloads: [WORKLOADS] }), ...statements({}, 'resource-control-policy')].map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    for (const sid of sids) expect(sid).toMatch(/^Deny[A-Za-z0-9]+$/);
  });
});

describe('values', () => {
  test('of workloads are the only ones', () => {
    expect(statement('DenyForeignSubnets', { workloads: [WORKLOADS, { ...WORKLOADS, subnetIds: ['subnet-0123456789abcdef1'] }] })?.Condition?.['ForAnyValue:StringNotEquals'])
      .toEqual({ 'sagemaker:VpcSubnets': ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] });
  });

  test('are any network and the account\'s own keys, where nobody says which', () => {
    expect(statement('DenyForeignSubnets')).toBeUndefined();
    expect(statement('DenyMissingSubnets')).toBeDefined();
    expect(statement('DenyForeignVolumeKey')?.Condition?.ArnNotLike).toMatchObject({ 'sagemaker:VolumeKmsKeyArn': ['arn:*:kms:*:${aws:PrincipalAccount}:key/*'] });
  });

  test('of Studio\'s security groups are those of jobs, where there are no others', () => {
    expect(statement('DenyForeignStudioSecurityGroups', { workloads: [WORKLOADS] })?.Condition?.['ForAnyValue:StringNotEquals'])
      .toEqual({ 'sagemaker:VpcSecurityGroupIds': ['sg-0123456789abcdef0'] });
  });

  test('of limits are those of execution roles', () => {
    expect(statement('DenyLongOrUnlimitedRuntime')?.Condition?.NumericGreaterThanIfExists).toEqual({ 'sagemaker:MaxRuntimeInSeconds': '86400' });
    expect(statement('DenyOtherInstanceTypes', { instanceTypes: ['ml.m5.*'] })?.Condition?.['ForAnyValue:StringNotLike']).toEqual({ 'sagemaker:InstanceTypes': ['ml.m5.*', 'system'] });
    expect(statement('DenyMissingNetworkIsolation')?.Action).toBe('sagemaker:CreateModel');
    expect(statement('DenyMissingNetworkIsolation', { requireNetworkIsolation: true })?.Action).toContain('sagemaker:CreateTrainingJob');
  });
});

describe('exemptions', () => {
  const exempt = (sid: string, props?: Partial<OrganizationGuardrailsProps>) => statement(sid, props)?.Condition?.ArnNotLike?.['aws:PrincipalArn'];

  test('are for nobody, where somebody leaves the organization or is root', () => {
    expect(statement('DenyLeavingOrganization')?.Condition).toBeUndefined();
    expect(statement('DenyRoot')?.Condition).toEqual({ ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:root' }, Null: { 'aws:AssumedRoot': 'true' } });
  });

  test('from another value are for those who deploy, from none they are not', () => {
    expect(exempt('DenyForeignVolumeKey')).toEqual(['arn:aws:iam::*:role/break-glass', ...PROPS.deployingRoles]);
    expect(exempt('DenyWorkWithoutNetwork')).toEqual(['arn:aws:iam::*:role/break-glass', ...PROPS.deployingRoles]);
    expect(exempt('DenyMissingSubnets')).toEqual(['arn:aws:iam::*:role/break-glass']);
  });

  test('are none, where nobody is named', () => {
    expect(exempt('DenyMissingSubnets', { exemptRoles: undefined })).toBeUndefined();
  });
});

describe('bad input', () => {
  const attempt = (props: Partial<OrganizationGuardrailsProps>) => () => guardrails(props);
  const at = '[Stack/Guardrails]';

  test.each(['ou-AB12-data1111', 'ou-ab12', '12345', 'root', '*'])('the target %p is refused', (id) => {
    expect(attempt({ targetIds: [id] })).toThrow(
      `${at} targetIds must be ids of a root (r-ab12), organizational units (ou-ab12-prod1111) or accounts (12 digits), got ["${id}"]`);
  });

  test.each([
    '*', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:role/aws-reserved/*', 'arn:aws:iam::*:role/*admin', 'arn:aws:iam::*:role/abc*', 'arn:aws:iam::*:root', 'arn:aws:iam::*:user/alice',
    'arn:*:*::*:role/admin',
  ])('the exemption %p is refused, which would match too much', (arn) => {
    const rule = 'be ARNs of roles whose names begin with four characters before any *, such as arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-*';
    expect(attempt({ exemptRoles: [arn] })).toThrow(`${at} exemptRoles must ${rule}, got ["${arn}"]. What matches more would exempt everybody`);
    expect(attempt({ deployingRoles: [arn] })).toThrow(`${at} deployingRoles must ${rule}, got ["${arn}"]. What matches more would exempt whoever makes such a role`);
  });

  test('a role of IAM Identity Center is exempt by its name, whatever its region', () => {
    expect(attempt({ exemptRoles: ['arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Emergency_*'] })).not.toThrow();
  });

  test('nobody to deploy would lock everybody out', () => {
    expect(attempt({ deployingRoles: [] })).toThrow(`${at} deployingRoles must have at least one element, got []. Nobody could ever deploy into the accounts again`);
  });

  test.each(['sagemaker', 'sagemaker:*', '*', 'sagemaker:createHub', 'sagemaker:Create Hub'])('the action %p is refused', (action) => {
    expect(attempt({ deniedActions: [action] })).toThrow(
      `${at} deniedActions must be IAM actions, such as sagemaker:CreateHub, got ["${action}"]. A service as a whole would be denied to its own roles as well`);
  });

  test('types that there are not, organizations, accounts, ranges and boundaries', () => {
    expect(attempt({ policyTypes: ['SCP'], organizationId: 'exampleorg', trustedAccounts: ['12'], corporateCidrs: ['0.0.0.0/0'], permissionsBoundaryArn: 'boundary' })).toThrow([
      `${at} organizationId must be an organization id, such as o-exampleorg, got "exampleorg"`,
      `${at} policyTypes must be of SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY, DECLARATIVE_POLICY_EC2, S3_POLICY, got ["SCP"]`,
      `${at} trustedAccounts must be account ids of 12 digits, got ["12"]`,
      `${at} corporateCidrs must be IPv4 ranges of /8 or smaller, such as 203.0.113.0/24, got ["0.0.0.0/0"]`,
      `${at} permissionsBoundaryArn must be the ARN of a managed policy, such as arn:aws:iam::*:policy/data-science-boundary, got "boundary"`,
    ].join('\n'));
  });

  test('an alias of a key, and ids of something else', () => {
    const workloads = [{ ...WORKLOADS, subnetIds: ['vpc-0123456789abcdef0'], volumeKeyArns: ['arn:aws:kms:eu-west-1:111111111111:alias/volumes'], dataBucketNames: ['s3://data/'] }];
    expect(attempt({ workloads })).toThrow([
      `${at} workloads.0.subnetIds must be ids such as subnet-0123456789abcdef0, got ["vpc-0123456789abcdef0"]`,
      `${at} workloads.0.volumeKeyArns must be ARNs of keys, such as arn:aws:kms:eu-west-1:111111111111:key/…, got ["arn:aws:kms:eu-west-1:111111111111:alias/volumes"]. SageMaker tells keys by their ARNs, not by an alias`,
      `${at} workloads.0.dataBucketNames must be names of buckets, such as churn-data, got ["s3://data/"]`,
    ].join('\n'));
  });

  test('lists of which nobody knows the length before the deployment, since others are added to them', () => {
    const unknown = Fn.split(',', Fn.importValue('ids')), rule = 'have as many elements as are known at synthesis';
    const attempts = { deployingRoles: unknown, instanceTypes: unknown, workloads: [{ ...WORKLOADS, subnetIds: unknown, dataBucketNames: unknown }] };
    for (const property of ['deployingRoles', 'instanceTypes', 'workloads.0.subnetIds', 'workloads.0.dataBucketNames']) {
      expect(attempt(attempts)).toThrow(`${at} ${property} must ${rule}, got "a list of the deployment". Give Fn.split its third argument, or Fn.select each element`);
    }
    expect(attempt({ targetIds: unknown, workloads: [{ ...WORKLOADS, subnetIds: Fn.split(',', Fn.importValue('ids'), 2) }] })).not.toThrow();
  });

  test('a bucket of offline stores, to which SageMaker itself writes from no VPC, among those of one network', () => {
    expect(attempt({ workloads: [{ ...WORKLOADS, offlineStoreBucketNames: ['features'], dataBucketNames: ['data', 'features'] }] })).toThrow(
      `${at} workloads.0.dataBucketNames must be others than offlineStoreBucketNames, got ["features"]. SageMaker writes to offline stores as a role and from outside of the VPC`);
  });

  test('more values than AWS takes in one policy', () => {
    const subnetIds = Array.from({ length: 400 }, (_, index) => `subnet-${String(index).padStart(17, '0')}`);
    expect(attempt({ workloads: [{ ...WORKLOADS, subnetIds }] })).toThrow(/workloads must fit into policies of type SERVICE_CONTROL_POLICY, of which AWS Organizations takes 10240 characters, got "\d+ characters"\. Name fewer values/);
  });

  test('instance types that match nothing are warned of', () => {
    const unknown = (instanceTypes: string[]) => Annotations.fromStack(Stack.of(guardrails({ instanceTypes }))).findWarning('*', Match.stringLikeRegexp('unknownInstanceTypes'));
    expect(unknown(['ml.m5.*', 'ml.zz9.*']).map(({ entry }) => entry.data)).toEqual([expect.stringContaining('instanceTypes must match instance types of SageMaker that are known, got ["ml.zz9.*"]')]);
    expect(unknown(['ml.m5.*', 'ml.g5.xlarge'])).toEqual([]);
  });

  test('more instance types than a permissions boundary takes', () => {
    const instanceTypes = Array.from({ length: 60 }, (_, index) => `ml.x${index}.2xlarge`);
    expect(attempt({ instanceTypes })).toThrow(/instanceTypes must fit into a permissions boundary of 6144 characters, as many as IAM takes, got "\d+ characters"\. Name families, such as ml\.m5\.\*/);
  });
});
