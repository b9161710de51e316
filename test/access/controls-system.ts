import { App } from 'aws-cdk-lib';
import { AccessSystem } from './access-system';
import { churn, HERE } from './churn-app';
import { thing } from './request/bystander-things';
import { ACCOUNTS } from './request/organization';
import { Requester, session } from './request/requester';
import { Thing } from './request/thing';
import { Scenario } from './scenario';
import { Found, Role } from './template/template-reader';
import { TrialSystem } from './trial';
import { ControlsStack } from '../../integ/apps/controls/controls-stack';

/** Roles of the controls, by their logical ids. */
const ROLES: Record<string, RegExp> = { correctiveFunction: /^CorrectiveRole/, trailDelivery: /^DetectiveTrailRole/, responders: /^Responders/ };

/** An environment with every control in a stack beside it, and who and what these are. */
export class ControlsSystem implements TrialSystem {
  private readonly system: AccessSystem;
  private readonly controls: Found[];

  constructor() {
    this.system = churn({ finish: (environment, app: App) => void new ControlsStack(app, 'Controls', { env: HERE, environment }) });
    this.controls = this.system.reader.resources().filter(({ values }) => values.stackName === 'Controls');
  }

  public who(scenario: Scenario): Requester | undefined {
    if (!(scenario.who in ROLES)) return this.system.who(scenario);
    const { arn, name, identityPolicies } = this.role(scenario.who);
    return session(ACCOUNTS.data, name, { arn, identityPolicies });
  }

  public on(scenario: Scenario): Thing | undefined {
    return this.things()[scenario.on]?.() ?? this.system.on(scenario);
  }

  public arnOf(name: string, scenario: Scenario): string {
    return this.things()[name]?.().arn ?? this.system.arnOf(name, scenario);
  }

  public placeOf(scenario: Scenario): ReturnType<AccessSystem['placeOf']> {
    return this.system.placeOf(scenario);
  }

  public guardrailsOf(scenario: Scenario): ReturnType<AccessSystem['guardrailsOf']> {
    return this.system.guardrailsOf(scenario);
  }

  private things(): Record<string, () => Thing> {
    const { reader } = this.system, account = ACCOUNTS.data;
    const buckets = reader.bucketPolicies(), keys = reader.keyPolicies();
    const bucket = (logicalId: RegExp, key = '') => () => {
      const arn = `arn:aws:s3:::${this.name('AWS::S3::Bucket', logicalId)}`;
      return { arn: `${arn}${key}`, account, policy: buckets.get(arn) };
    };
    const named = (service: string, prefix: string, type: string, logicalId: RegExp) => () => thing(service, `${prefix}${this.name(type, logicalId)}`);
    const arnAlone = (type: string, logicalId: RegExp) => () => ({ arn: this.arn(type, logicalId), account });
    const role = (name: string) => () => {
      const { arn, trust } = this.role(name);
      return { arn, account, policy: trust };
    };
    return {
      trail: named('cloudtrail', 'trail/', 'AWS::CloudTrail::Trail', /^DetectiveTrail/),
      trailBucket: bucket(/^DetectiveTrail/),
      trailObject: bucket(/^DetectiveTrail/, `/AWSLogs/${account.id}/CloudTrail/us-east-1/2026/11/30/log.json.gz`),
      trailLogGroup: named('logs', 'log-group:', 'AWS::Logs::LogGroup', /^DetectiveTrail/),
      trailLogStream: () => thing('logs', `log-group:${this.name('AWS::Logs::LogGroup', /^DetectiveTrail/)}:log-stream:1`),
      recordsBucket: bucket(/^Corrective/),
      record: bucket(/^Corrective/, '/decisions/stop-job-0123456789abcdef0123456789abcdef.json'),
      controlsKey: () => {
        const arn = this.arn('AWS::KMS::Key', /^DetectiveKey/);
        return { arn, account, policy: keys.get(arn) };
      },
      controlsTopic: () => ({ arn: this.name('AWS::SNS::Topic', /^DetectiveTopic/), account }),
      controlsAlarm: named('cloudwatch', 'alarm:', 'AWS::CloudWatch::Alarm', /^DetectiveLogging/),
      controlsRule: named('events', 'rule/', 'AWS::Events::Rule', /^CorrectiveStates/),
      controlsFunction: named('lambda', 'function:', 'AWS::Lambda::Function', /^CorrectiveFunction/),
      controlsQueue: arnAlone('AWS::SQS::Queue', /^CorrectiveUndelivered/),
      correctiveRole: role('correctiveFunction'),
      trailDeliveryRole: role('trailDelivery'),
    };
  }

  private role(name: string): Role {
    const arn = this.arn('AWS::IAM::Role', ROLES[name]);
    return this.system.reader.roles().find((one) => one.arn === arn)!;
  }

  private found(type: string, logicalId: RegExp): Found {
    const found = this.controls.find((one) => one.resource.Type === type && logicalId.test(one.logicalId));
    if (found === undefined) throw new Error(`no ${type} of the controls is ${logicalId}`);
    return found;
  }

  private name(type: string, logicalId: RegExp): string {
    const { values, logicalId: id } = this.found(type, logicalId);
    return values.nameOf(id);
  }

  private arn(type: string, logicalId: RegExp): string {
    const { values, logicalId: id } = this.found(type, logicalId);
    return values.attributeOf(id, 'Arn');
  }
}
