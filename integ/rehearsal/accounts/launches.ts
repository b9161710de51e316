import { Duration } from 'aws-cdk-lib';
import { StackSetUser } from './stack-sets';
import { Project } from './studio-user';
import { groupOf, Team } from './team';
import { Act, Scene } from './variants';
import { DataScienceEnvironment, EndpointUpdate, ProjectBlueprint, TemplateDelivery, TrafficShifting } from '../../../src';
import { Step } from '../changes';

/** Project → the product that it is launched from, or nothing where it is the template in the bucket. */
const LAUNCHES = { scoring: 'Scoring', pricing: undefined };
type Name = keyof typeof LAUNCHES;
const NAMES = Object.keys(LAUNCHES) as Name[];

/** Projects that deploy to accounts of others: launched by either delivery, brought to another version, saved from a bad model, deleted. */
export class Launches {
  private readonly projects = {} as Record<Name, Project>;
  private train?: Project;
  private team?: Team;

  /**
   * @param account where the environment is
   * @param stages where its models go, by stage
   */
  constructor(private readonly account: string, private readonly stages: Record<string, string>) {}

  /** Templates by either delivery; those of later steps deploy otherwise. */
  public offer(environment: DataScienceEnvironment, step: Step): void {
    const update = step === Step.FIRST ? undefined : EndpointUpdate.blueGreen({
      trafficShifting: TrafficShifting.linear({ percentage: 50, waitInterval: Duration.minutes(step === Step.BROKEN ? 9 : 5) }),
    });
    const blueprint = ProjectBlueprint.deploy({ update });
    environment.addProjectTemplate('Scoring', { blueprint });
    environment.addProjectTemplate('Pricing', { blueprint, delivery: TemplateDelivery.s3() });
  }

  public get acts(): Act[] {
    return [
      { name: 'projects of either delivery deploy to both accounts', beforeChange: true, lasts: true, play: (scene) => this.launch(scene) },
      { name: 'projects are brought to another version', lasts: true, play: (scene) => this.update(scene) },
      { name: 'a version that sounds an alarm is rolled back', lasts: true, play: (scene) => this.rollBack(scene) },
      { name: 'projects are deleted', lasts: true, play: (scene) => this.remove(scene) },
    ];
  }

  private async launch(scene: Scene): Promise<void> {
    const team = this.team = new Team(scene, this.account);
    this.train = await team.launch('training', 'Train');
    for (const name of NAMES) this.projects[name] = await team.launch(name, LAUNCHES[name], this.values);
    await team.release(groupOf(this.train), team.standIn('first'));
    for (const name of NAMES) await team.deliver(this.projects[name]);
    await this.run(scene, 1, 'CANARY');
  }

  private async update(scene: Scene): Promise<void> {
    const team = this.team!;
    await this.run(scene, 1, 'CANARY'); // what was published since has not touched them
    for (const name of NAMES) await team.update(name, LAUNCHES[name], this.values);
    await team.release(groupOf(this.train!), team.standIn('second'));
    for (const name of NAMES) await team.deliver(this.projects[name]);
    await this.run(scene, 2, 'LINEAR');
  }

  /** Requests go over to the new version, and an alarm sounds in staging: endpoint and stage go back, and production is not reached. */
  private async rollBack(scene: Scene): Promise<void> {
    const team = this.team!, [[stage, account]] = Object.entries(this.stages);
    await team.release(groupOf(this.train!), team.standIn('bad'));
    for (const name of NAMES) {
      const alarms = await this.alarmsOf(scene, account, `churn--${stage}--${name}`);
      await this.sound(scene, account, alarms, 'ALARM');
      const stopped = await team.deliver(this.projects[name]).then(() => '', (error: Error) => error.message);
      if (!/^Staging\/Deploy: .*alarm\(s\) are in alarm state/.test(stopped)) throw new Error(`the delivery ended with: ${stopped}`);
      if (!team.pipelineOf(this.projects[name]).latest.rolledBack.has('Staging')) throw new Error('the stage has not gone back');
      await this.sound(scene, account, alarms, 'OK');
    }
    await this.run(scene, 2, 'LINEAR');
  }

  private async remove({ api }: Scene): Promise<void> {
    for (const name of NAMES) {
      for (const [stage, account] of Object.entries(this.stages)) await new StackSetUser(api, this.account, `churn--${stage}--${name}`).delete([account]);
      await this.team!.remove(name);
    }
    await this.team!.remove('training');
    await this.team!.leave();
  }

  private get values(): Record<string, string> {
    return { ModelPackageGroupName: groupOf(this.train!) };
  }

  /** Every endpoint is in service with this version, and its requests go over as the blueprint says. */
  private async run({ api }: Scene, version: number, shifting: string): Promise<void> {
    for (const [stage, account] of Object.entries(this.stages)) {
      for (const name of NAMES) {
        const EndpointName = `churn--${stage}--${name}`;
        const { EndpointStatus, EndpointConfigName } = await api.call<{ EndpointStatus: string; EndpointConfigName: string }>(account, 'sagemaker', 'describe_endpoint', { EndpointName });
        const { ProductionVariants: [{ ModelName }] } = await api.call<{ ProductionVariants: { ModelName: string }[] }>(account, 'sagemaker', 'describe_endpoint_config', { EndpointConfigName });
        const { PrimaryContainer: { ModelDataUrl } } = await api.call<{ PrimaryContainer: { ModelDataUrl: string } }>(account, 'sagemaker', 'describe_model', { ModelName });
        const expected = `/${this.projects[name].ProjectId}/${groupOf(this.train!)}/${version}/`;
        if (EndpointStatus !== 'InService' || !ModelDataUrl.includes(expected)) throw new Error(`${EndpointName} is ${EndpointStatus} with ${ModelDataUrl} instead of ${expected}`);
        const { StackSet: { TemplateBody } } = await api.call<{ StackSet: { TemplateBody: string } }>(this.account, 'cloudformation', 'describe_stack_set', { StackSetName: EndpointName });
        const way = stage === 'staging' ? 'ALL_AT_ONCE' : shifting; // its endpoints have a single instance
        if (!TemplateBody.includes(`"${way}"`)) throw new Error(`the template of ${EndpointName} says nothing of ${way}`);
      }
    }
  }

  private async alarmsOf({ api }: Scene, account: string, endpoint: string): Promise<string[]> {
    const { MetricAlarms } = await api.call<{ MetricAlarms: { AlarmName: string }[] }>(account, 'cloudwatch', 'describe_alarms');
    const names = MetricAlarms.map(({ AlarmName }) => AlarmName).filter((name) => name.includes(endpoint));
    if (names.length === 0) throw new Error(`${endpoint} has no alarms`);
    return names;
  }

  private async sound({ api }: Scene, account: string, alarms: string[], StateValue: string): Promise<void> {
    for (const AlarmName of alarms) await api.call(account, 'cloudwatch', 'set_alarm_state', { AlarmName, StateValue, StateReason: 'rehearsed' });
  }
}
