import { Refusal } from './fake-aws/answer';
import { FakeAws } from './fake-aws/fake-aws';
import { FakeStack, Told } from './fake-aws/stack-event';
import { handler } from '../../src/handlers/studio-clean-up';

const DOMAIN = 'd-churn';
const arnOf = (domainId: string) => `arn:aws:sagemaker:eu-west-1:111111111111:domain/${domainId}`;
const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/1234';
const properties = {
  DomainName: 'churn', AuthMode: 'IAM', VpcId: 'vpc-1', KmsKeyId: KEY, SubnetIds: ['subnet-1', 'subnet-2'], HomeFileSystem: 'destroy', Record: '/record',
};
const aws = new FakeAws();
const stack = new FakeStack(aws, handler);
let id: string;

beforeAll(() => aws.start());
afterAll(() => aws.stop());
beforeEach(async () => {
  aws.reset();
  jest.spyOn(console, 'error').mockImplementation();
  id = (await stack.create('StudioDomainRemains', properties)).PhysicalResourceId;
  aws.calls = [];
});

/** What SageMaker leaves behind: a file system in our subnets, two groups whose rules name each other, interfaces. */
function leaveBehind(domainId = DOMAIN, subnets = ['subnet-1', 'subnet-2', 'subnet-3']): void {
  const fileSystem = `fs-${domainId}`;
  aws.efs.homeOf(arnOf(domainId), fileSystem, subnets, new Date(Date.now() + 1_000));
  aws.ec2.nfsGroupsOf(domainId, 'vpc-1');
  const targets = aws.efs.mountTargets.filter((one) => one.fileSystem === fileSystem);
  for (const { id: target } of targets) aws.ec2.interfaces.push({ id: `eni-${target}`, groups: [`sg-in-${domainId}`], mountTarget: target });
  aws.efs.onMountTargetGone = (gone) => {
    aws.ec2.interfaces = aws.ec2.interfaces.filter((one) => one.mountTarget !== gone);
  };
}

const remember = (fileSystemId?: string) => aws.parameters.set('/record', JSON.stringify({ domainId: DOMAIN, fileSystemId }));
const remove = (changed: Partial<typeof properties> = {}, remaining?: () => number): Promise<Told> => (
  stack.remove('StudioDomainRemains', id, { ...properties, ...changed }, remaining)
);

describe('before the domain is updated', () => {
  test.each([
    ['AuthMode', 'SSO', 'AuthMode from IAM to SSO'],
    ['DomainName', 'other', 'DomainName from churn to other'],
    ['VpcId', 'vpc-2', 'VpcId from vpc-1 to vpc-2'],
    ['KmsKeyId', 'key-2', `KmsKeyId from ${KEY} to key-2`],
  ])('refuses another %s, for which CloudFormation would replace the domain', async (name, value, change) => {
    expect(await stack.update('StudioDomainRemains', id, { ...properties, [name]: value }, properties)).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: id,
      Reason: `A Studio domain cannot change its ${change}: CloudFormation would replace the domain, with everybody's profiles and spaces. `
        + 'Set it back; or make another SecureStudioDomain beside this one, move people over, then remove this one. (log stream log-stream)',
    });
  });

  test('refuses another name of an environment whose name is a field of a form', async () => {
    const named = { ...properties, EnvironmentName: 'churn' };
    const { PhysicalResourceId } = await stack.create('StudioDomainRemains', named);
    expect(await stack.update('StudioDomainRemains', PhysicalResourceId!, { ...named, EnvironmentName: 'turnover' }, named)).toMatchObject({
      Status: 'FAILED',
      Reason: 'An environment cannot change its name from churn to turnover: roles, keys and buckets are named after it. '
        + 'Set it back; or make another environment beside this one, move people over, then remove this one. (log stream log-stream)',
    });
    expect(await stack.update('StudioDomainRemains', PhysicalResourceId!, named, { ...named, EnvironmentName: 'turnover' })).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId });
  });

  test('lets a name be sent for the first time', async () => {
    expect(await stack.update('StudioDomainRemains', id, { ...properties, EnvironmentName: 'churn' }, properties)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  });

  test('names every change', async () => {
    const told = await stack.update('StudioDomainRemains', id, { ...properties, AuthMode: 'SSO', VpcId: 'vpc-2' }, properties);
    expect(told.Reason).toContain('cannot change its AuthMode from IAM to SSO, nor its VpcId from vpc-1 to vpc-2:');
  });

  test('lets the roll-back of a refused change pass', async () => {
    const changed = { ...properties, AuthMode: 'SSO' };
    await stack.update('StudioDomainRemains', id, changed, properties);
    expect(await stack.update('StudioDomainRemains', id, properties, changed)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  });

  test('lets everything else pass', async () => {
    const changed = { ...properties, SubnetIds: ['subnet-9'], HomeFileSystem: 'retain' };
    expect(await stack.update('StudioDomainRemains', id, changed, properties)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  });
});

describe('after the domain is gone', () => {
  test('nothing is left of a destroyed file system, its mount targets and groups', async () => {
    leaveBehind();
    remember('fs-d-churn');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect([aws.efs.fileSystems, aws.efs.mountTargets, aws.ec2.groups, aws.ec2.interfaces]).toEqual([[], [], [], []]);
    expect(aws.parameters.size).toBe(0);
  });

  test('a retained file system stays, and nothing else', async () => {
    leaveBehind();
    remember('fs-d-churn');
    expect(await remove({ HomeFileSystem: 'retain' })).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.efs.fileSystems.map((one) => one.id)).toEqual(['fs-d-churn']);
    expect([aws.efs.mountTargets, aws.ec2.groups]).toEqual([[], []]);
  });

  test('without a file system there is nothing to do but to forget', async () => {
    remember();
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.calls.filter((call) => /Delete|DELETE/.test(call))).toEqual(['SSM.DeleteParameter']);
  });

  test('groups go even when somebody has taken the file system away by hand', async () => {
    aws.ec2.nfsGroupsOf(DOMAIN, 'vpc-1');
    remember('fs-gone');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.ec2.groups).toEqual([]);
  });

  test('what belongs to other domains in the same subnets stays', async () => {
    leaveBehind();
    leaveBehind('d-other');
    aws.ec2.nfsGroupsOf(DOMAIN, 'vpc-2');
    remember('fs-d-churn');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.efs.fileSystems.map((one) => one.id)).toEqual(['fs-d-other']);
    expect(aws.efs.mountTargets).toHaveLength(3);
    expect(aws.ec2.groups.map((group) => `${group.vpc} ${group.id}`)).toEqual([
      'vpc-1 sg-in-d-other', 'vpc-1 sg-out-d-other', 'vpc-2 sg-in-d-churn-vpc-2', 'vpc-2 sg-out-d-churn-vpc-2',
    ]);
  });

  test('waits for a domain that is still being deleted', async () => {
    leaveBehind();
    remember('fs-d-churn');
    aws.sagemaker.domains.set(DOMAIN, 'Deleting 3');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.efs.fileSystems).toEqual([]);
  });

  test('leaves a domain alone that was kept', async () => {
    leaveBehind();
    remember('fs-d-churn');
    aws.sagemaker.domains.set(DOMAIN, 'InService');
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.efs.mountTargets).toHaveLength(3);
    expect(aws.ec2.groups).toHaveLength(2);
  });

  test('may be called twice', async () => {
    leaveBehind();
    remember('fs-d-churn');
    await remove();
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
  });

  test('called twice, leaves alone what another domain has left in the same subnets on purpose', async () => {
    leaveBehind();
    remember('fs-d-churn');
    await remove();
    leaveBehind('d-retained');
    aws.calls = [];
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.efs.fileSystems.map((one) => one.id)).toEqual(['fs-d-retained']);
    expect(aws.calls).toEqual(['SSM.GetParameter']);
  });

  test('names who holds a security group when its time is over, and goes on with the next deletion', async () => {
    leaveBehind();
    remember('fs-d-churn');
    aws.ec2.interfaces.push({ id: 'eni-mine', groups: ['sg-out-d-churn'] });
    let looks = 0;
    const told = await remove({}, () => (looks++ < 12 ? 890_000 : 20_000));
    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: 'what Studio domain d-churn left behind: the time of the function is over and this is still in the way: '
        + 'security group sg-out-d-churn security-group-for-outbound-nfs-d-churn (used by network interface eni-mine). '
        + 'Delete again to go on. (log stream log-stream)',
    });
    expect(aws.efs.fileSystems).toHaveLength(1);
    aws.ec2.interfaces = [];
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.ec2.groups).toEqual([]);
    expect(aws.efs.fileSystems).toEqual([]);
  });

  test('names the other group whose rule is in the way', async () => {
    aws.ec2.nfsGroupsOf(DOMAIN, 'vpc-1');
    aws.ec2.groups.push({ id: 'sg-mine', name: 'mine', vpc: 'vpc-1', ingressFrom: ['sg-out-d-churn'], egressTo: [] });
    remember();
    expect((await remove({}, () => 20_000)).Reason).toContain(
      'security group sg-out-d-churn security-group-for-outbound-nfs-d-churn (a rule of another security group names it)');
  });

  test.each(['EC2.DescribeSecurityGroups', 'EC2.RevokeSecurityGroupEgress', 'EC2.DeleteSecurityGroup', 'EFS.GET /2015-02-01/file-systems', 'SSM.GetParameter'])(
    'bears with throttling of %s', async (operation) => {
      leaveBehind();
      remember('fs-d-churn');
      let throttled = 2;
      const code = operation.startsWith('EC2') ? 'RequestLimitExceeded' : 'ThrottlingException';
      aws.fault = (one) => (one === operation && throttled-- > 0 ? new Refusal(code, 'slow down', operation.startsWith('EC2') ? 503 : 400) : undefined);
      expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
      expect([aws.efs.fileSystems, aws.ec2.groups]).toEqual([[], []]);
    }, 30_000);

  test.each(['EFS.DELETE /2015-02-01/mount-targets/fsmt-fs-d-churn-1', 'EC2.DeleteSecurityGroup', 'EFS.DELETE /2015-02-01/file-systems/fs-d-churn'])(
    'goes on from the middle after %s failed for good', async (operation) => {
      leaveBehind();
      remember('fs-d-churn');
      aws.fault = (one) => (one === operation ? new Refusal(operation.startsWith('EC2') ? 'UnauthorizedOperation' : 'AccessDeniedException', 'no', 403) : undefined);
      expect((await remove()).Status).toBe('FAILED');
      aws.fault = () => undefined;
      expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
      expect([aws.efs.fileSystems, aws.efs.mountTargets, aws.ec2.groups, aws.parameters.size]).toEqual([[], [], [], 0]);
    });
});

describe('after a roll-back that came before the id of the domain was recorded', () => {
  test('finds the file system by SageMaker\'s tag in our subnets', async () => {
    leaveBehind();
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect([aws.efs.fileSystems, aws.efs.mountTargets, aws.ec2.groups]).toEqual([[], [], []]);
  });

  test('finds a file system whose time of creation EFS has cut to the second, or told by a clock that is behind', async () => {
    for (const behind of [999, 59_000]) {
      aws.efs.homeOf(arnOf(`d-${behind}`), `fs-${behind}`, ['subnet-1'], new Date(Date.now() - behind));
    }
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.efs.fileSystems).toEqual([]);
  });

  test('finds it again when it stops half-way, although its mount targets are gone', async () => {
    leaveBehind();
    aws.fault = (operation) => (operation === 'EC2.DeleteSecurityGroup' ? new Refusal('UnauthorizedOperation', 'no', 403) : undefined);
    expect((await remove({ HomeFileSystem: 'retain' })).Status).toBe('FAILED');
    expect(aws.efs.mountTargets).toEqual([]);
    aws.fault = () => undefined;
    expect(await remove({ HomeFileSystem: 'retain' })).toMatchObject({ Status: 'SUCCESS' });
    expect([aws.ec2.groups, aws.parameters.size]).toEqual([[], 0]);
  });

  test('leaves alone what was there before us, what is elsewhere, what is not SageMaker\'s and whose domain lives', async () => {
    const later = new Date(Date.now() + 1_000);
    aws.efs.homeOf(arnOf('d-before'), 'fs-before', ['subnet-1'], new Date(Date.now() - 120_000));
    aws.efs.homeOf(arnOf('d-elsewhere'), 'fs-elsewhere', ['subnet-9'], later);
    aws.efs.homeOf(arnOf('d-alive'), 'fs-alive', ['subnet-1'], later);
    aws.sagemaker.domains.set('d-alive', 'InService');
    aws.efs.fileSystems.push({ id: 'fs-mine', tags: { Name: 'mine' }, created: later, state: 'available' });
    aws.efs.fileSystems.push({ id: 'fs-untagged', tags: {}, created: later, state: 'available' });
    expect(await remove()).toMatchObject({ Status: 'SUCCESS' });
    expect(aws.efs.fileSystems).toHaveLength(5);
    expect(aws.efs.mountTargets).toHaveLength(3);
  });
});

test('a creation that failed leaves nothing to delete', async () => {
  expect(await stack.remove('StudioDomainRemains', 'never-created', properties)).toMatchObject({ Status: 'SUCCESS' });
  expect(aws.calls).toEqual([]);
});
