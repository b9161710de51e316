import { AccountsVariant, Scene } from './variants';
import { ChainStack, ENVIRONMENT, MONITOR, MonitoredStack, MonitorStack, STAGE } from '../apps/monitors';
import { Step } from '../changes';

const [DATA_SCIENCE, TARGET] = ['111111111111', '222222222222'];
const THRESHOLDS: Partial<Record<Step, string>> = { [Step.FIRST]: '0.2' };
const LATER = '0.35';

/** A monitor comes to a target through the role chain, as the role that deploys there, and changes, and goes. */
export function monitors(): AccountsVariant {
  return {
    name: 'monitors',
    proves: 'a monitor is brought to a target by the role that deploys there, with its permissions and no others; nothing is left',
    accounts: [DATA_SCIENCE, TARGET],
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { step, region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const chain = new ChainStack(app, 'Chain', { ...of(DATA_SCIENCE), target: TARGET });
      const target = new MonitoredStack(app, 'Target', { ...of(TARGET), chain });
      target.addDependency(chain);
      new MonitorStack(app, 'Monitor', { ...of(DATA_SCIENCE), chain, threshold: THRESHOLDS[step] ?? LATER }).addDependency(target);
    },
    change: true,
    acts: [{ name: 'the monitor stands in the target', play: monitorStands }],
  };
}

interface Schedule {
  readonly Name: string;
  readonly GroupName: string;
  readonly State: string;
  readonly Target: { readonly RoleArn: string; readonly Input: string };
}

/** What is read of the request that a schedule makes. */
interface Job {
  readonly RoleArn: string;
  readonly AppSpecification: { readonly ContainerArguments: string[] };
  readonly NetworkConfig: { readonly VpcConfig: { readonly Subnets: string[] } };
}

async function monitorStands({ api }: Scene): Promise<void> {
  const { Schedules } = await api.call<{ Schedules: Schedule[] }>(TARGET, 'scheduler', 'list_schedules', { GroupName: `${ENVIRONMENT}--${STAGE}` });
  if (Schedules.length !== 3) throw new Error(`${Schedules.length} schedules instead of three`);
  const jobs = await Promise.all(Schedules.map(async ({ Name, GroupName }) => {
    const { Target } = await api.call<Schedule>(TARGET, 'scheduler', 'get_schedule', { Name, GroupName });
    return { role: Target.RoleArn, job: JSON.parse(Target.Input) as Job };
  }));
  for (const { role, job } of jobs) {
    const arn = (name: string) => `arn:aws:iam::${TARGET}:role/${ENVIRONMENT}--${STAGE}--${name}-eu-west-1`;
    if (role !== arn('schedule') || job.RoleArn !== arn('monitoring')) throw new Error(`a job is started by ${role} and runs as ${job.RoleArn}`);
    if (job.NetworkConfig.VpcConfig.Subnets.length !== 2) throw new Error(`a job runs in ${job.NetworkConfig.VpcConfig.Subnets.join(' and ')}`);
  }
  const drift = jobs.map(({ job: { AppSpecification: { ContainerArguments } } }) => ContainerArguments[ContainerArguments.indexOf('--drift-threshold') + 1]);
  if (!drift.includes(LATER)) throw new Error(`the threshold was not changed: ${drift.join(', ')}`);
  const { Rules } = await api.call<{ Rules: { Name: string }[] }>(TARGET, 'events', 'list_rules', { NamePrefix: MONITOR });
  if (Rules.length !== 1) throw new Error(`${Rules.length} rules that report alarms`);
}
