import {
  AuthorizeSecurityGroupIngressCommand, CreateManagedPrefixListCommand, CreateSecurityGroupCommand, CreateVpcCommand,
  DescribeSecurityGroupRulesCommand, EC2Client, IpPermission,
} from '@aws-sdk/client-ec2';
import { CreateBucketCommand, DeletePublicAccessBlockCommand, GetPublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { Answer, Refusal } from './fake-aws/answer';
import { ACCOUNT, call, FakeWork, makeRecords, recordsOf, sent, settle, state, trainingJob } from './fake-aws/corrective-stage';
import { EmulatedAws } from './fake-aws/emulated-aws';

const aws = new EmulatedAws();
const ALL = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
let ec2: EC2Client, vpc: string, groups = 0, buckets = 0;

beforeAll(async () => {
  await aws.start();
  await makeRecords(aws);
  ec2 = new EC2Client({ endpoint: aws.url, region: EmulatedAws.REGION });
  vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))).Vpc!.VpcId!;
}, 120_000);
afterAll(async () => {
  ec2.destroy();
  await aws.stop();
});
beforeEach(() => {
  aws.reset();
  jest.spyOn(console, 'log').mockImplementation();
});

const undo = (id: string | undefined, reason = 'agreed with security') => sent({ undo: id, reason }) as unknown as Promise<{ commands: string[]; message: string }>;

describe('a bucket', () => {
  async function aBucket(block?: object): Promise<string> {
    const Bucket = `data-${buckets++}`;
    await aws.s3.send(new CreateBucketCommand({ Bucket }));
    if (block === undefined) await aws.s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
    else await aws.s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }));
    settle({ buckets: [Bucket] });
    return Bucket;
  }
  const blockOf = async (Bucket: string) => (await aws.s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration;

  test('that blocks public access stays as it is', async () => {
    expect(await sent(call('PutBucketPolicy', { bucketName: await aBucket(ALL) }))).toMatchObject({ outcome: 'compliant' });
  });

  test.each([
    ['nothing', undefined, 'delete-public-access-block --bucket data-1'],
    ['a part', { ...ALL, RestrictPublicBuckets: false }, 'put-public-access-block --bucket data-2 --public-access-block-configuration \'{"BlockPublicAcls":true,"IgnorePublicAcls":true,"BlockPublicPolicy":true,"RestrictPublicBuckets":false}\''],
  ])('that blocks %s is closed, and what was there is in the record', async (_, block, command) => {
    const bucketName = await aBucket(block);
    const { outcome, id } = await sent(call('DeleteBucketPublicAccessBlock', { bucketName }));
    expect([outcome, await blockOf(bucketName)]).toEqual(['corrected', ALL]);
    expect((await recordsOf(aws))[`decisions/${id}.json`]).toMatchObject({ arn: `arn:aws:s3:::${bucketName}`, undo: [`aws s3api ${command}`] });
  });

  test('that is opened again is closed again', async () => {
    const bucketName = await aBucket();
    await sent(call('PutBucketAcl', { bucketName }));
    await aws.s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucketName }));
    expect(await sent(call('DeleteBucketPublicAccessBlock', { bucketName }))).toMatchObject({ outcome: 'corrected' });
  });

  test('that is not watched is not even looked at', async () => {
    const bucketName = await aBucket();
    settle({ buckets: ['another'] });
    aws.calls = [];
    expect(await sent(call('PutBucketPolicy', { bucketName }))).toMatchObject({ outcome: 'gone' });
    expect(aws.calls).toEqual([]);
  });

  test('that vanished is told as gone', async () => {
    settle({ buckets: ['never'] });
    expect(await sent(call('PutBucketPolicy', { bucketName: 'never' }))).toMatchObject({ outcome: 'gone' });
  });

  test('is left alone as it was, once a person has taken the decision back', async () => {
    const bucketName = await aBucket();
    const { id } = await sent(call('PutBucketPolicy', { bucketName }));
    expect(await undo(id)).toEqual({
      outcome: 'undone', id, commands: [`aws s3api delete-public-access-block --bucket ${bucketName}`], message: `arn:aws:s3:::${bucketName} is left alone as it was. Run the commands to put back what was there.`,
    });
    expect((await recordsOf(aws))[`decisions/${id}.json`]).toMatchObject({ outcome: 'undone', why: 'agreed with security' });
    await aws.s3.send(new DeletePublicAccessBlockCommand({ Bucket: bucketName })); // as the command does
    expect(await sent(call('DeleteBucketPublicAccessBlock', { bucketName }))).toMatchObject({ outcome: 'excepted' });
    await aws.s3.send(new PutPublicAccessBlockCommand({ Bucket: bucketName, PublicAccessBlockConfiguration: { BlockPublicAcls: true } }));
    expect(await sent(call('PutBucketPublicAccessBlock', { bucketName }))).toMatchObject({ outcome: 'corrected' }); // it is not as it was
  });
});

describe('a security group', () => {
  async function aGroup(...permissions: IpPermission[]): Promise<string> {
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: `group-${groups++}`, Description: 'group', VpcId: vpc }));
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: permissions }));
    settle({ vpcs: [vpc] });
    return GroupId!;
  }
  const ssh = (cidr: string): IpPermission => ({ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: cidr }] });
  const ssh6: IpPermission = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, Ipv6Ranges: [{ CidrIpv6: '::/0' }] };
  async function admittedBy(groupId: string): Promise<unknown[]> {
    const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [groupId] }] }));
    return SecurityGroupRules.filter(({ IsEgress }) => !IsEgress).map(({ CidrIpv4, CidrIpv6 }) => CidrIpv4 ?? CidrIpv6);
  }

  test('that admits a network stays as it is', async () => {
    expect(await sent(call('AuthorizeSecurityGroupIngress', { groupId: await aGroup(ssh('10.0.0.0/8')) }))).toMatchObject({ outcome: 'compliant' });
  });

  test('loses the rules that admit everybody, and no others', async () => {
    const groupId = await aGroup(ssh('10.0.0.0/8'), ssh('0.0.0.0/0'), ssh6);
    const { outcome, id } = await sent(call('AuthorizeSecurityGroupIngress', { groupId }));
    expect([outcome, await admittedBy(groupId)]).toEqual(['corrected', ['10.0.0.0/8']]);
    const { [`decisions/${id}.json`]: record } = await recordsOf(aws);
    expect(record).toMatchObject({
      arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/${groupId}`,
      undo: [
        `aws ec2 authorize-security-group-ingress --group-id ${groupId} --ip-permissions '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]'`,
        `aws ec2 authorize-security-group-ingress --group-id ${groupId} --ip-permissions '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]'`,
      ],
    });
  });

  test('loses rules that admit everybody together, and keeps what a company needs', async () => {
    const groupId = await aGroup(ssh('10.0.0.0/8'), ssh('0.0.0.0/1'), ssh('128.0.0.0/1'), ssh('198.51.100.0/24'));
    expect(await sent(call('AuthorizeSecurityGroupIngress', { groupId }))).toMatchObject({ outcome: 'corrected' });
    expect((await admittedBy(groupId)).sort()).toEqual(['10.0.0.0/8', '198.51.100.0/24']);
  });

  test('loses a rule whose prefix list has everybody', async () => {
    const { PrefixList } = await ec2.send(new CreateManagedPrefixListCommand({
      PrefixListName: 'everybody', MaxEntries: 2, AddressFamily: 'IPv4', Entries: [{ Cidr: '0.0.0.0/1' }, { Cidr: '128.0.0.0/1' }],
    }));
    const PrefixListId = PrefixList!.PrefixListId!;
    const groupId = await aGroup(ssh('10.0.0.0/8'));
    // The emulator's rules lack prefix lists.
    const item = `<securityGroupRuleId>sgr-1</securityGroupRuleId><isEgress>false</isEgress><ipProtocol>tcp</ipProtocol><fromPort>22</fromPort><toPort>22</toPort><prefixListId>${PrefixListId}</prefixListId>`;
    aws.intercept = ({ operation }) => ({
      DescribeSecurityGroupRules: Answer.xml('DescribeSecurityGroupRulesResponse', `<securityGroupRuleSet><item>${item}</item></securityGroupRuleSet>`),
      RevokeSecurityGroupIngress: Answer.xml('RevokeSecurityGroupIngressResponse', '<return>true</return>'),
    })[operation];
    const { outcome, id } = await sent(call('AuthorizeSecurityGroupIngress', { groupId }));
    const { body } = aws.calls.find(({ operation }) => operation === 'RevokeSecurityGroupIngress')!;
    expect([outcome, new URLSearchParams(body.toString()).get('SecurityGroupRuleId.1')]).toEqual(['corrected', 'sgr-1']);
    expect((await recordsOf(aws))[`decisions/${id}.json`]).toMatchObject({
      undo: [`aws ec2 authorize-security-group-ingress --group-id ${groupId} --ip-permissions '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"PrefixListIds":[{"PrefixListId":"${PrefixListId}"}]}]'`],
    });
  });

  test('loses the others as well where somebody else has taken one of them away meanwhile', async () => {
    const groupId = await aGroup(ssh('0.0.0.0/0'), ssh6);
    let isFirst = true;
    aws.intercept = ({ operation }) => {
      if (operation !== 'RevokeSecurityGroupIngress' || !isFirst) return undefined;
      isFirst = false;
      return new Refusal('InvalidSecurityGroupRuleId.NotFound', 'The security group rule ID does not exist').asXml();
    };
    expect(await sent(call('AuthorizeSecurityGroupIngress', { groupId }))).toMatchObject({ outcome: 'corrected' });
    expect(await admittedBy(groupId)).toEqual([]);
  });

  test('whose rules are changed is found by the id that the change names', async () => {
    const groupId = await aGroup(ssh('0.0.0.0/0'));
    expect(await sent(call('ModifySecurityGroupRules', { ModifySecurityGroupRulesRequest: { GroupId: groupId } }))).toMatchObject({ outcome: 'corrected' });
  });

  test('that was named by its name is found by the answer', async () => {
    const groupId = await aGroup(ssh('0.0.0.0/0'));
    const responseElements = { securityGroupRuleSet: { items: [{ groupId }] } };
    expect(await sent(call('AuthorizeSecurityGroupIngress', { groupName: 'group' }, { responseElements }))).toMatchObject({ outcome: 'corrected' });
  });

  test('of another VPC is left alone', async () => {
    const groupId = await aGroup(ssh('0.0.0.0/0'));
    settle({ vpcs: ['vpc-2'] });
    expect(await sent(call('AuthorizeSecurityGroupIngress', { groupId }))).toMatchObject({ outcome: 'gone' });
    expect(await admittedBy(groupId)).toEqual(['0.0.0.0/0']);
  });

  test('may be open as it was, once a person has taken the decision back', async () => {
    const groupId = await aGroup(ssh('0.0.0.0/0'));
    const { id } = await sent(call('AuthorizeSecurityGroupIngress', { groupId }));
    await undo(id);
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [ssh('0.0.0.0/0')] }));
    expect(await sent(call('AuthorizeSecurityGroupIngress', { groupId }))).toMatchObject({ outcome: 'excepted' });
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: [ssh6] }));
    expect(await sent(call('AuthorizeSecurityGroupIngress', { groupId }))).toMatchObject({ outcome: 'corrected' });
  });
});

describe('an undo', () => {
  const guardrails = [{ Sid: 'DenyMissingSubnets', Action: 'sagemaker:CreateTrainingJob', Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } } }];
  async function aStoppedJob(name: string, enforced = ['stop-job']): Promise<string> {
    const work = new FakeWork();
    work.put('DescribeTrainingJob', name, trainingJob(name, { VpcConfig: undefined }));
    aws.services.SageMaker = (operation, input) => work.call(operation, input);
    settle({ guardrails, enforced });
    return (await sent(state('Training Job', { TrainingJobName: name }))).id!;
  }

  test('of a stopped job says that it cannot go on', async () => {
    expect(await undo(await aStoppedJob('first'))).toMatchObject({
      commands: [], message: expect.stringContaining('It cannot go on where it was stopped: start it anew, under a name that the allow-list has.') as string,
    });
  });

  test('may be asked for twice', async () => {
    const id = await aStoppedJob('second');
    expect(await undo(id)).toEqual(await undo(id));
  });

  test.each([
    ['of a dry run', async () => undo(await aStoppedJob('third', [])), /^nothing was done that could be undone: the outcome of stop-job-[0-9a-f]{32} is dry-run$/],
    ['of what was never decided', () => undo(`stop-job-${'0'.repeat(32)}`), /^there is no decision stop-job-0{32}$/],
    ['of what is no id', () => undo('../exceptions/a'), /^undo must be the id of a decision, as its message and its record have it$/],
    ['without a reason', () => undo(`stop-job-${'0'.repeat(32)}`, 'why'), /^reason must say in at least 10 characters why the decision is taken back$/],
  ])('%s is refused', async (_, asked, message) => {
    await expect(asked()).rejects.toThrow(message);
  });
});
