import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { StackSetUser } from './stack-sets';
import { Project } from './studio-user';
import { groupOf, Team } from './team';
import { AccountsVariant, Scene } from './variants';
import { StageRetirement } from '../../../src';
import { inUnits, listed, ModelsStack, StagesStack, TargetsStack } from '../apps/retirement';
import { Step } from '../changes';
import { ObjectStore } from '../delivery/object-store';
import { Deployed, Inventory } from '../local-aws';

const { DELETE, RETAIN } = StageRetirement;
const [DATA_SCIENCE, PLATFORM] = ['111111111111', '999999999999'];

/** Who is in a stage: who stays, whom it is told goodbye, who moves without a word, and who is in a unit that is taken off it. */
interface Cast {
  readonly stays: string;
  readonly leaves?: string;
  readonly moves?: string;
  readonly unit?: string;
}

const CASTS: Record<string, Cast> = {
  staging: { stays: '201000000001', leaves: '201000000002' },
  production: { stays: '202000000001', leaves: '202000000002', unit: '202000000003' },
  archive: { stays: '203000000001', leaves: '203000000002' },
  partners: { stays: '204000000001', moves: '204000000002', unit: '204000000003' },
};
const STAGES = Object.keys(CASTS);
const { staging, production, archive, partners } = CASTS;
const everybody = (stage: string) => Object.values(CASTS[stage]) as string[];
const UNITS = { live: 'ou-ab12-live1111', old: 'ou-ab12-old11111', near: 'ou-ab12-near1111', far: 'ou-ab12-far11111' };

/** What a target is made of, and an endpoint: what DELETE removes, and RETAIN keeps. */
const TARGET: Record<string, number> = {
  'AWS::EC2::VPC': 1,
  'AWS::EC2::Subnet': 2,
  'AWS::EC2::RouteTable': 2,
  'AWS::EC2::SubnetRouteTableAssociation': 2,
  'AWS::EC2::SecurityGroup': 2,
  'AWS::EC2::SecurityGroupEgress': 1,
  'AWS::EC2::SecurityGroupIngress': 2,
  'AWS::EC2::VPCEndpoint': 6,
  'AWS::EC2::FlowLog': 1,
  'AWS::IAM::Role': 4,
  'AWS::IAM::ManagedPolicy': 7,
  'AWS::KMS::Alias': 3,
  'AWS::KMS::Key': 3,
  'AWS::Logs::LogGroup': 1,
  'AWS::S3::Bucket': 1,
  'AWS::S3::BucketPolicy': 1,
  'AWS::SSM::Parameter': 7,
};
const ENDPOINT: Record<string, number> = {
  'AWS::CloudWatch::Alarm': 6,
  'AWS::CloudWatch::Dashboard': 1,
  'AWS::SageMaker::Endpoint': 1,
  'AWS::SageMaker::EndpointConfig': 1,
  'AWS::SageMaker::Model': 1,
};

/** Accounts leave stages of either kind, with either choice of what becomes of what was deployed there. */
export function retirement(): AccountsVariant {
  const keeps: Record<string, RegExp[]> = {};
  const story = new RetirementStory(keeps);
  return {
    name: 'retirement',
    proves: 'accounts that leave a stage lose target and endpoint, or keep both by choice; who has left is named, with what retires it',
    accounts: [DATA_SCIENCE, PLATFORM, ...STAGES.flatMap(everybody)],
    organization: {
      id: 'o-exampleorg',
      root: 'r-ab12',
      managementAccount: PLATFORM,
      units: Object.entries(UNITS).map(([name, id]) => ({ id, name })),
      accounts: {
        ...Object.fromEntries([DATA_SCIENCE, ...everybody('staging'), ...everybody('archive')].map((account) => [account, 'r-ab12'])),
        [production.stays]: UNITS.live,
        [production.leaves!]: UNITS.live,
        [production.unit!]: UNITS.old,
        [partners.stays]: UNITS.near,
        [partners.moves!]: UNITS.near,
        [partners.unit!]: UNITS.far,
      },
    },
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { step, region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const deploymentStages = stagesAt(step);
      const { churn: environment } = new StagesStack(app, 'DataScience', { ...of(DATA_SCIENCE), deploymentStages });
      const targets = new TargetsStack(app, 'Targets', { ...of(PLATFORM), environment, deploymentStages });
      story.waysIn = targets.waysIn;
      const models = new ModelsStack(app, 'Models', { ...of(DATA_SCIENCE), environment, deploymentStages: deploymentStages.filter((stage) => stage.accountIds.length > 0) });
      models.addDependency(targets);
    },
    prepare: (scene, assembly) => story.letTheStackSetsIn(scene, assembly),
    acts: [
      { name: 'a model runs everywhere', lasts: true, play: (scene) => story.deliver(scene) },
      { name: 'accounts are about to leave', lasts: true, play: (scene) => story.announce(scene) },
      { name: 'deployment-accounts names who leaves', lasts: true, play: () => story.nameThem() },
      { name: 'their endpoints are retired', lasts: true, play: (scene) => story.retire(scene) },
      { name: 'the accounts leave', lasts: true, play: (scene) => story.letThemGo(scene) },
      { name: 'the team leaves', lasts: true, play: (scene) => story.end(scene) },
    ],
    keeps,
  };
}

/** The stages as they are first, while accounts are about to leave, and afterwards. */
function stagesAt(step: Step) {
  const first = step === Step.FIRST, leaving = (who: string[]) => ({ retiringAccounts: step === Step.LEAVING ? who : [] });
  const list = (stage: string) => (step === Step.LEFT ? [CASTS[stage].stays] : everybody(stage));
  return [
    listed('staging', { retirement: DELETE, accounts: list('staging'), ...leaving([staging.leaves!]) }),
    inUnits('production', PLATFORM, step === Step.LEFT ? [UNITS.live] : [UNITS.live, UNITS.old], { retirement: DELETE, ...leaving([production.leaves!, production.unit!]) }),
    listed('archive', { retirement: RETAIN, accounts: list('archive'), ...leaving([archive.leaves!]) }),
    // What is kept needs no announcement: nobody has to enter the account.
    inUnits('partners', PLATFORM, first ? [UNITS.near, UNITS.far] : [UNITS.near], { retirement: RETAIN }),
  ];
}

/** What the program says of a stage. */
interface Plan {
  readonly accounts: string[];
  readonly departed: { account: string; reason: string; reachable: boolean }[];
  readonly deleteStackInstances?: { readonly Accounts: string[]; readonly RetainStacks: boolean };
}

class RetirementStory {
  public waysIn: Record<string, string> = {};
  private readonly empty: Record<string, Inventory> = {};
  private readonly plans: Record<string, Plan> = {};
  private team?: Team;
  private train?: Project;
  private scoring?: Project;

  constructor(private readonly keeps: Record<string, RegExp[]>) {}

  /** Somebody deploys the template in each account of a list, as the output of the stack says. */
  public async letTheStackSetsIn({ api, aws }: Scene, assembly: string): Promise<void> {
    for (const [stage, file] of Object.entries(this.waysIn)) {
      const way = { StackName: 'way-in', TemplateBody: readFileSync(join(assembly, file), 'utf8'), Capabilities: ['CAPABILITY_NAMED_IAM'] };
      for (const account of everybody(stage)) await api.call(account, 'cloudformation', 'create_stack', way);
    }
    for (const account of STAGES.flatMap(everybody)) this.empty[account] = await aws.inventory(account);
  }

  /** By a delivery pipeline, beside the endpoints that the app has made in the lists. */
  public async deliver(scene: Scene): Promise<void> {
    const team = this.team = new Team(scene, DATA_SCIENCE);
    this.train = await team.launch('training', 'Train');
    const values = { ModelPackageGroupName: groupOf(this.train) };
    this.scoring = await team.launch('scoring', 'Deploy', values);
    await team.release(groupOf(this.train), team.standIn('scoring'));
    await team.deliver(this.scoring);
    for (const stage of STAGES) {
      for (const account of everybody(stage)) await this.holds(scene, account, { targets: 1, endpoints: endpointsOf(stage) });
    }
  }

  /** An account leaves a unit that keeps, without a word; others are announced, and the app is deployed. */
  public async announce(scene: Scene): Promise<void> {
    await scene.aws.place(partners.moves!, 'r-ab12');
    await scene.deploy(Step.LEAVING);
    // What a stack of the app has placed goes, or is kept; what pipelines have placed is left alone.
    await this.holds(scene, staging.leaves!, { targets: 1, endpoints: ['scoring'] });
    await this.holds(scene, archive.leaves!, { targets: 1, endpoints: ['forecast', 'scoring'] });
    for (const account of [partners.moves!, partners.unit!]) await this.holds(scene, account, { targets: 1, endpoints: ['scoring'] });
    for (const stage of STAGES) await this.holds(scene, CASTS[stage].stays, { targets: 1, endpoints: endpointsOf(stage) });
  }

  public async nameThem(): Promise<void> {
    const team = this.team!;
    await team.update('scoring', 'Deploy', { ModelPackageGroupName: groupOf(this.train!) });
    // An account that has left cannot be entered any more, and a stack set updates all that it has: it must be let go of first.
    const stopped = await team.deliverAgain(this.scoring!).then(() => '', (error: Error) => error.message);
    const expected = /^Partners\/Deploy: .*Account 20400000000[23] should have 'churn--partners--deployment-/;
    if (!expected.test(stopped)) throw new Error(`the delivery ended with: ${stopped}`);
    const pipeline = team.pipelineOf(this.scoring!);
    for (const stage of STAGES) {
      const folder = await pipeline.handedOn(pipeline.latest, `Accounts${stage[0].toUpperCase()}${stage.slice(1)}`);
      this.plans[stage] = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')) as Plan;
    }
    const soon = 'is about to leave the stage';
    this.says('staging', DELETE, { [staging.leaves!]: soon });
    this.says('production', DELETE, { [production.leaves!]: soon, [production.unit!]: soon });
    this.says('archive', RETAIN, { [archive.leaves!]: soon });
    this.says('partners', RETAIN, { [partners.moves!]: 'is now in o-exampleorg/r-ab12/', [partners.unit!]: `is now in o-exampleorg/r-ab12/${UNITS.far}/` });
  }

  private says(stage: string, retire: StageRetirement, departed: Record<string, string>): void {
    const plan = this.plans[stage];
    const said = Object.fromEntries(plan.departed.map(({ account, reason }) => [account, reason]));
    const expected = { accounts: [CASTS[stage].stays], departed, Accounts: Object.keys(departed), RetainStacks: retire === RETAIN };
    const { Accounts, RetainStacks } = plan.deleteStackInstances ?? {};
    const is = { accounts: plan.accounts, departed: said, Accounts, RetainStacks };
    if (JSON.stringify(is) !== JSON.stringify(expected)) throw new Error(`the plan of ${stage} is ${JSON.stringify(plan)}`);
  }

  /** As the README says: what the program printed, given to the AWS CLI by whoever administers the account, and by nobody who delivers. */
  public async retire(scene: Scene): Promise<void> {
    const { api, aws } = scene, team = this.team!;
    const store = new ObjectStore(aws, api);
    for (const stage of STAGES) {
      const { deleteStackInstances } = this.plans[stage];
      const build = `project/churn--scoring-${this.scoring!.ProjectId}-accounts`;
      for (const [service, what, role] of [['codepipeline', 'scoring', 'code-pipeline'], ['codebuild', build, 'deployment-accounts']]) {
        const who = await team.serving(`${service}.amazonaws.com`, what, role);
        await api.refused('AccessDenied', api.call(who, 'cloudformation', 'delete_stack_instances', deleteStackInstances));
      }
      const file = join(team.folder, `retire-${stage}.json`);
      writeFileSync(file, JSON.stringify(deleteStackInstances));
      const { OperationId } = JSON.parse(await store.cli(DATA_SCIENCE, 'cloudformation', 'delete-stack-instances', '--cli-input-json', `file://${file}`)) as { OperationId: string };
      const { Status, StatusReason } = await this.scoringIn(scene, stage).ended(OperationId);
      if (Status !== 'SUCCEEDED') throw new Error(`${stage}: ${Status} ${StatusReason}`);
    }
    for (const account of [staging.leaves!, production.leaves!, production.unit!]) await this.holds(scene, account, { targets: 1, endpoints: [] });
    await this.holds(scene, archive.leaves!, { targets: 1, endpoints: ['forecast', 'scoring'] });
    for (const account of [partners.moves!, partners.unit!]) await this.holds(scene, account, { targets: 1, endpoints: ['scoring'] });
    await team.deliverAgain(this.scoring!);
  }

  /** One leaves its unit; the others are taken off their stage, and so is a unit. */
  public async letThemGo(scene: Scene): Promise<void> {
    await scene.aws.place(production.leaves!, 'r-ab12');
    await scene.deploy(Step.LEFT);
    for (const account of [staging.leaves!, production.leaves!, production.unit!]) await this.isEmpty(scene, account);
    await this.holds(scene, archive.leaves!, { targets: 1, endpoints: ['forecast', 'scoring'] });
    for (const account of [partners.moves!, partners.unit!]) await this.holds(scene, account, { targets: 1, endpoints: ['scoring'] });
    for (const stage of STAGES) await this.holds(scene, CASTS[stage].stays, { targets: 1, endpoints: endpointsOf(stage) });
  }

  /** What is in stages that keep stays there, whatever becomes of the stack sets. */
  public async end(scene: Scene): Promise<void> {
    for (const stage of STAGES) await this.scoringIn(scene, stage).delete([CASTS[stage].stays]);
    await this.team!.remove('scoring');
    await this.team!.remove('training');
    await this.team!.leave();
    for (const account of [...everybody('archive'), ...everybody('partners')]) {
      const now = await scene.aws.inventory(account);
      this.keeps[account] = Object.keys(now).filter((key) => !(key in this.empty[account])).map(exactly);
    }
    this.keeps[DATA_SCIENCE] = [/CodeCommit::Repository/, /CodeCommit::Repository/, /ModelPackageGroup/];
  }

  private scoringIn({ api }: Scene, stage: string): StackSetUser {
    return new StackSetUser(api, DATA_SCIENCE, `churn--${stage}--scoring`);
  }

  /** By an exact list of what stack sets have made there and nobody has removed. */
  private async holds({ aws, api }: Scene, account: string, { targets, endpoints }: { targets: number; endpoints: string[] }): Promise<void> {
    const expected: Record<string, number> = {};
    for (const [list, times] of [[TARGET, targets], [ENDPOINT, endpoints.length]] as const) {
      for (const type of Object.keys(list).filter(() => times > 0)) expected[type] = (expected[type] ?? 0) + list[type] * times;
    }
    const found = countsOf((await aws.deployed(account)).filter(({ stack }) => stack !== 'way-in'));
    if (JSON.stringify(sorted(found)) !== JSON.stringify(sorted(expected))) throw new Error(`${account} holds ${JSON.stringify(sorted(found))} instead of ${JSON.stringify(sorted(expected))}`);
    const { Endpoints } = await api.call<{ Endpoints: { EndpointName: string; EndpointStatus: string }[] }>(account, 'sagemaker', 'list_endpoints');
    const names = Endpoints.map(({ EndpointName, EndpointStatus }) => `${EndpointName.split('--')[2]} ${EndpointStatus}`).sort();
    if (names.join() !== endpoints.map((name) => `${name} InService`).join()) throw new Error(`${account} has the endpoints ${names.join()}`);
  }

  private async isEmpty({ aws }: Scene, account: string): Promise<void> {
    const left = Object.entries(await aws.inventory(account)).filter(([key, value]) => !(key in this.empty[account]) && !value.includes('"KeyState": "PendingDeletion"'));
    if (left.length > 0) throw new Error(`left behind in ${account}: ${left.map(([key]) => key).join(', ')}`);
  }
}

/** Endpoints of the app are in lists only. */
function endpointsOf(stage: string): string[] {
  return CASTS[stage].unit === undefined ? ['forecast', 'scoring'] : ['scoring'];
}

function countsOf(deployed: Deployed[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of deployed) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function sorted(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort();
}

function exactly(key: string): RegExp {
  return new RegExp(`^${key.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}
