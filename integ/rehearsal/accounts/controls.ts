import { RemovalPolicy } from 'aws-cdk-lib';
import { AwsApi, Credentials } from './aws-api';
import { FIRST as DATA_SCIENCE, PLATFORM as MANAGEMENT } from './organization';
import { StudioUser } from './studio-user';
import { AccountsVariant, Scene } from './variants';
import { ControlsStack } from '../../apps/controls/controls-stack';
import { OrganizationStack } from '../../apps/controls/organization-stack';
import { WorkStack } from '../../apps/controls/work-stack';

const UNIT = 'ou-ab12-data1111';
/** Objects that the function writes: decisions, exceptions, and places of the hour. */
const RECORDS = /: s3\.(buckets|object_versions)\/.*correctiverecords/;

/** An environment with every control, of which those that correct are tried. */
export function controls(): AccountsVariant {
  return {
    name: 'controls',
    proves: 'every control stands beside an environment and goes again; what breaks a rule is corrected with the function\'s own permissions, recorded, and taken back by those who may; logs, records and their key stay, and nothing else',
    accounts: [DATA_SCIENCE, MANAGEMENT],
    organization: {
      id: 'o-exampleorg', root: 'r-ab12', managementAccount: MANAGEMENT, units: [{ id: UNIT, name: 'data' }], accounts: { [DATA_SCIENCE]: UNIT },
    },
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const { churn: environment } = new WorkStack(app, 'Work', { ...of(DATA_SCIENCE), removalPolicy: RemovalPolicy.DESTROY });
      const made = new ControlsStack(app, 'Controls', { ...of(DATA_SCIENCE), environment });
      new OrganizationStack(app, 'Organization', { ...of(MANAGEMENT), controls: made });
    },
    change: true,
    acts: [
      { name: 'a bucket is opened', leaves: RECORDS, play: async (scene) => (await Corrected.by(scene)).bucket() },
      { name: 'a security group is opened', leaves: RECORDS, play: async (scene) => (await Corrected.by(scene)).securityGroup() },
      { name: 'nobody else has a hand in it', play: async (scene) => (await Corrected.by(scene)).byNobodyElse() },
    ],
  };
}

/** What the function answers. */
interface Answer {
  readonly outcome: string;
  readonly id: string;
  readonly commands?: string[];
}

/** Work of an administrator of the account that breaks rules, and what becomes of it: AWS tells the function of it, as EventBridge would. */
class Corrected {
  public static async by({ aws, api }: Scene): Promise<Corrected> {
    const deployed = (await aws.deployed(DATA_SCIENCE)).filter(({ stack }) => stack === 'Controls');
    const named = (type: string, logicalId: RegExp) => deployed.find((one) => one.type === type && logicalId.test(one.logicalId ?? ''))!.ref;
    return new Corrected(api, {
      function: named('AWS::Lambda::Function', /^Corrective/),
      responders: named('AWS::IAM::Role', /^Responders/),
      trail: named('AWS::S3::Bucket', /^DetectiveTrail/),
      records: named('AWS::S3::Bucket', /^Corrective/),
    }, await StudioUser.of(aws, api, DATA_SCIENCE, 'churn--studio-execution'));
  }

  private constructor(
    private readonly api: AwsApi, private readonly things: Record<'function' | 'responders' | 'trail' | 'records', string>, private readonly alice: StudioUser,
  ) {}

  public async bucket(): Promise<void> {
    const Bucket = this.things.trail;
    const block = async () => (await this.aws<{ PublicAccessBlockConfiguration: unknown }>('s3', 'get_public_access_block', { Bucket })).PublicAccessBlockConfiguration;
    const before = JSON.stringify(await block());
    await this.aws('s3', 'delete_public_access_block', { Bucket });
    const { id } = await this.expect('corrected', called('DeleteBucketPublicAccessBlock', { bucketName: Bucket }));
    if (JSON.stringify(await block()) !== before) throw new Error('the bucket is open still');
    await this.takenBack(id, 'aws s3api delete-public-access-block');
    await this.expect('compliant', called('PutBucketPolicy', { bucketName: Bucket }));
  }

  public async securityGroup(): Promise<void> {
    const groupId = await this.parameter('network/workload-security-group-id');
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await this.aws('ec2', 'authorize_security_group_ingress', { GroupId: groupId, IpPermissions });
    const { id } = await this.expect('corrected', called('AuthorizeSecurityGroupIngress', { groupId }));
    await this.expect('compliant', called('AuthorizeSecurityGroupIngress', { groupId }));
    await this.takenBack(id, 'aws ec2 authorize-security-group-ingress');
  }

  /** Neither those who work nor those who take decisions back. */
  public async byNobodyElse(): Promise<void> {
    const FunctionName = this.things.function, records = { Bucket: this.things.records, Key: 'decisions/x.json' };
    for (const who of [this.alice.who, await this.responder()]) {
      await this.api.refused('AccessDenied', this.api.call(who, 'lambda', 'put_function_concurrency', { FunctionName, ReservedConcurrentExecutions: 0 }));
      await this.api.refused('AccessDenied', this.api.call(who, 's3', 'put_object', records));
      await this.api.refused('AccessDenied', this.api.call(who, 's3', 'put_public_access_block', { Bucket: this.things.trail, PublicAccessBlockConfiguration: { BlockPublicAcls: false } }));
    }
    await this.api.refused('AccessDenied', this.api.call(this.alice.who, 'lambda', 'invoke', { FunctionName, Payload: '{}' }));
  }

  /** A person says why, and gets the commands that put back what was there, which need permissions of one's own. */
  private async takenBack(id: string, command: string): Promise<void> {
    const { outcome, commands = [] } = await this.invoke(await this.responder(), { undo: id, reason: 'agreed with security' });
    if (outcome !== 'undone' || !commands.some((one) => one.startsWith(command))) throw new Error(`${id} was ${outcome}: ${commands.join()}`);
    const { Body } = await this.aws<{ Body: string }>('s3', 'get_object', { Bucket: this.things.records, Key: `decisions/${id}.json` });
    const record = JSON.parse(Body) as Answer;
    if (record.outcome !== 'undone') throw new Error(`the record of ${id} says ${record.outcome}`);
  }

  private async expect(outcome: string, event: object): Promise<Answer> {
    const answer = await this.invoke(DATA_SCIENCE, event);
    if (answer.outcome !== outcome) throw new Error(`not ${outcome}: ${JSON.stringify(answer)}`);
    return answer;
  }

  private async invoke(who: string | Credentials, event: object): Promise<Answer> {
    const { Payload } = await this.api.call<{ Payload: string }>(who, 'lambda', 'invoke', { FunctionName: this.things.function, Payload: JSON.stringify(event) });
    return JSON.parse(Payload) as Answer;
  }

  private responder(): Promise<Credentials> {
    return this.api.assume(DATA_SCIENCE, `arn:aws:iam::${DATA_SCIENCE}:role/${this.things.responders}`);
  }

  private aws<T>(service: string, operation: string, parameters: object): Promise<T> {
    return this.api.call<T>(DATA_SCIENCE, service, operation, parameters);
  }

  private async parameter(name: string): Promise<string> {
    return (await this.aws<{ Parameter: { Value: string } }>('ssm', 'get_parameter', { Name: `/secure-mlops/churn/${name}` })).Parameter.Value;
  }
}

/** What CloudTrail tells of a call. */
function called(eventName: string, requestParameters: object): object {
  return { 'detail-type': 'AWS API Call via CloudTrail', 'detail': { eventName, eventID: `event-${eventName}`, requestParameters, userIdentity: { arn: `arn:aws:iam::${DATA_SCIENCE}:root` } } };
}
