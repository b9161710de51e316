import { EnvironmentParts, EnvironmentThings, roleArnOf } from './environment-things';
import { EVERYTHING_POLICY, NamedPolicy } from './policy-document';
import { bystanderThing, lookalike, OWNERS_KEY } from './request/bystander-things';
import { bystander } from './request/bystanders';
import { GuardrailValues } from './request/guardrail-context';
import { ACCOUNTS, REGION } from './request/organization';
import { EndpointInUse } from './request/places';
import { Requester, session } from './request/requester';
import { Thing } from './request/thing';
import { Scenario } from './scenario';
import { Role, TemplateReader, VpcEndpoint } from './template/template-reader';
import { EnvironmentRegistry, EnvironmentRole, KeyPurpose, TargetRole } from '../../src/registry';

const PERSONAS: Record<string, EnvironmentRole> = {
  dataScientist: EnvironmentRole.DATA_SCIENTIST,
  mlEngineer: EnvironmentRole.ML_ENGINEER,
  teamAdministrator: EnvironmentRole.TEAM_ADMINISTRATOR,
  dataScienceAdministrator: EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR,
};

const WORKLOADS: Record<string, EnvironmentRole> = {
  studioExecution: EnvironmentRole.STUDIO_EXECUTION,
  dataPreparation: EnvironmentRole.DATA_PREPARATION,
  pipelineExecution: EnvironmentRole.PIPELINE_EXECUTION,
  studioCleanUp: EnvironmentRole.STUDIO_CLEAN_UP,
  defaultSecurityGroup: EnvironmentRole.DEFAULT_SECURITY_GROUP,
  flowLogs: EnvironmentRole.FLOW_LOGS,
  jobExecution: EnvironmentRole.JOB_EXECUTION,
  modelExecution: EnvironmentRole.MODEL_EXECUTION,
};

/** Roles that templates of later rooms make: by their names, with everything allowed by identity. */
const LATER: Record<string, (registry: EnvironmentRegistry) => Requester> = {
  release: (registry) => session(ACCOUNTS.data, registry.roleName(EnvironmentRole.RELEASE), { arn: registry.roleArn(EnvironmentRole.RELEASE) }),
  codeBuild: (registry) => ofProjects(registry, 'code-build'),
  codePipeline: (registry) => ofProjects(registry, 'code-pipeline'),
  projectLaunch: (registry) => ofProjects(registry, 'project-launch'),
  eventsRole: (registry) => ofProjects(registry, 'events'),
  stackSetAdministrator: (registry) => ofProjects(registry, 'stack-set-administrator'),
  targetModelExecution: (registry) => ofTarget(registry, 'staging', TargetRole.MODEL_EXECUTION),
  productionModelExecution: (registry) => ofTarget(registry, 'production', TargetRole.MODEL_EXECUTION),
  targetDeployment: (registry) => ofTarget(registry, 'staging', TargetRole.DEPLOYMENT),
  endpointTest: (registry) => ofTarget(registry, 'staging', TargetRole.ENDPOINT_TEST),
  productionEndpointTest: (registry) => ofTarget(registry, 'production', TargetRole.ENDPOINT_TEST),
};

function ofProjects(registry: EnvironmentRegistry, role: string): Requester {
  return session(ACCOUNTS.data, `${registry.environmentName}--${role}-${REGION}`);
}

function ofTarget(registry: EnvironmentRegistry, stageName: string, role: TargetRole): Requester {
  const account = stageName === 'staging' ? ACCOUNTS.target : ACCOUNTS.production;
  const name = registry.targetRoleName(stageName, role);
  return session(account, name, { arn: `arn:aws:iam::${account.id}:role${registry.rolePath}${name}` });
}

/** Roles of later rooms that our resource policies name already. */
const AWAITED = new Set(['release', 'targetModelExecution', 'productionModelExecution', 'endpointTest', 'productionEndpointTest']);

/**
 * What a role would be allowed if its policies had become other ones: `overgrown:` everything, `guarded:` everything but
 * for the denies in its own policies, `bare:` nothing. So each kind of policy is seen to hold by itself.
 */
const EXTENTS: Record<string, (own?: NamedPolicy[]) => NamedPolicy[] | undefined> = {
  overgrown: () => undefined,
  guarded: (own = []) => [EVERYTHING_POLICY, ...own],
  bare: () => [],
};

/** Another region, for things of the same name elsewhere. */
const ELSEWHERE = 'eu-west-1';

/** Endpoints by the actions that pass them, where they are not called like the actions' prefix. */
const ENDPOINTS: [RegExp, string][] = [
  [/^cloudwatch:/, 'monitoring'],
  [/^ecr:/, 'ecr.api'],
  [/^sagemaker:Invoke/, 'sagemaker.runtime'],
  [/^sagemaker:/, 'sagemaker.api'],
  [/^codecommit:Git/, 'git-codecommit'],
];

/** A synthesized environment as the scenarios speak of it: who is who, what is what, through which endpoint. */
export class AccessSystem {
  public readonly guardrails: GuardrailValues;
  private readonly things: EnvironmentThings;
  private readonly roles: Map<string, Role>;
  private readonly policies: Map<string, NamedPolicy>;
  private readonly keys: Map<string, string>;
  private readonly endpoints: VpcEndpoint[];

  constructor(public readonly reader: TemplateReader, private readonly parts: EnvironmentParts, private readonly neighbour?: AccessSystem) {
    this.roles = new Map(reader.roles().map((role) => [role.arn, role]));
    this.endpoints = reader.endpoints().filter(({ vpcId }) => vpcId === parts.vpcId);
    this.policies = new Map([
      ...reader.bucketPolicies(),
      ...reader.keyPolicies(),
      ...[...this.roles.values()].map((role): [string, NamedPolicy] => [role.arn, role.trust]),
    ]);
    this.keys = new Map([...reader.keyAliases()].flatMap(([arn, aliases]) => aliases.map((alias): [string, string] => [alias, arn])));
    this.things = new EnvironmentThings(parts, (purpose) => this.keyArn(purpose), (arn) => this.policies.get(arn));
    this.guardrails = this.guardrailValues();
  }

  /** Who a scenario speaks of. */
  public who(scenario: Scenario): Requester | undefined {
    const [extent, name] = scenario.who.split(/:(.*)/);
    const change = EXTENTS[extent];
    if (!change) return this.named(scenario.who);
    const found = this.named(name);
    return found && { ...found, boundary: undefined, identityPolicies: change(found.identityPolicies) };
  }

  private named(who: string): Requester | undefined {
    const { registry } = this.parts;
    if (who in PERSONAS) return this.ourRole(PERSONAS[who], { session: 'alice', tags: { StudioUser: 'alice' } });
    if (who in WORKLOADS) return this.ourRole(WORKLOADS[who], who === 'studioExecution' || who === 'dataPreparation' ? this.notebook() : {});
    return LATER[who]?.(registry) ?? bystander(who, {
      environmentName: registry.environmentName,
      targetModelRoleName: registry.targetRoleName('staging', TargetRole.MODEL_EXECUTION),
      executionRoleTags: this.roles.get(roleArnOf(this.parts, EnvironmentRole.STUDIO_EXECUTION))?.tags ?? {},
    });
  }

  /** What a scenario speaks of. */
  public on(scenario: Scenario): Thing | undefined {
    const [kind, name] = scenario.on.split(/:(.*)/);
    switch (name && kind) {
      case 'elsewhere': return this.elsewhere(name, scenario);
      case 'given': return this.given(name, scenario);
      case 'neighbour': return this.neighbour?.thing(name, scenario);
      default: return this.thing(scenario.on, scenario);
    }
  }

  /** The same thing in a region where the environment is not. */
  private elsewhere(name: string, scenario: Scenario): Thing | undefined {
    const found = this.thing(name, scenario);
    return found && { ...found, arn: found.arn.replace(`:${REGION}:`, `:${ELSEWHERE}:`) };
  }

  /** The same thing as if it had been brought from outside: its owner's policy leaves everything to IAM. */
  private given(name: string, scenario: Scenario): Thing | undefined {
    const found = this.thing(name, scenario);
    return found && { ...found, policy: found.arn.startsWith('arn:aws:kms:') ? OWNERS_KEY : undefined };
  }

  private thing(on: string, scenario: Scenario): Thing | undefined {
    if (on === 'ownRole') return this.ownRole(scenario);
    if (on === 'lookalikeObject') return lookalike(this.parts.buckets.data.split(':').pop()!);
    return this.things.find(on, scenario.does) ?? bystanderThing(on);
  }

  /** The ARN of a thing that a context key names. */
  public arnOf(name: string): string {
    const found = this.things.find(name);
    if (!found) throw new Error(`nothing is ${name}`);
    return found.arn;
  }

  /** Whether a role is made by a later room. */
  public isLater(who: string): boolean {
    return who in LATER;
  }

  /** Whether our resource policies name a role of a later room already. */
  public isAwaited(who: string): boolean {
    return AWAITED.has(who);
  }

  /** Whether a role's identity policies are ours, and exist. */
  public isOurs(who: string): boolean {
    return who in PERSONAS || who in WORKLOADS;
  }

  /** The environment's endpoint that an action passes, unless a scenario names another one. */
  public endpointOf({ does, given }: Scenario): EndpointInUse | undefined {
    const wanted = given?.endpoint ?? ENDPOINTS.find(([actions]) => actions.test(does))?.[1] ?? does.split(':')[0];
    return this.endpoints.find((endpoint) => endpoint.service === wanted);
  }

  private ourRole(name: EnvironmentRole, more: Partial<Requester>): Requester | undefined {
    const role = this.roles.get(roleArnOf(this.parts, name));
    if (!role) return undefined;
    return session(ACCOUNTS.data, role.name, {
      arn: role.arn,
      identityPolicies: role.identityPolicies,
      boundary: role.boundary,
      tags: more.tags,
      session: more.session ?? 'SageMaker',
      context: more.context,
    });
  }

  /** What SageMaker adds to the requests of a person's Studio applications. */
  private notebook(): Partial<Requester> {
    return { context: { 'sagemaker:DomainId': this.parts.domainId, 'sagemaker:UserProfileName': 'alice', 'aws:SourceIdentity': 'alice' } };
  }

  private ownRole(scenario: Scenario): Thing | undefined {
    const who = this.who(scenario);
    return who?.account && { arn: who.arn, account: who.account };
  }

  private keyArn(purpose: KeyPurpose): string {
    const alias = this.parts.registry.keyAlias(purpose);
    const arn = this.keys.get(alias);
    if (!arn) throw new Error(`no key has the alias ${alias}`);
    return arn;
  }

  private guardrailValues(): GuardrailValues {
    return {
      subnets: this.parts.subnets,
      securityGroups: this.parts.securityGroups,
      volumeKey: this.keyArn(KeyPurpose.VOLUMES),
      outputKey: this.keyArn(KeyPurpose.DATA),
      keys: {
        dataKey: this.keyArn(KeyPurpose.DATA),
        modelKey: this.keyArn(KeyPurpose.MODELS),
        releaseKey: this.keyArn(KeyPurpose.RELEASES),
        artifactKey: this.keyArn(KeyPurpose.ARTIFACTS),
        volumeKey: this.keyArn(KeyPurpose.VOLUMES),
      },
      instanceType: 'ml.m5.xlarge',
      localStorageInstanceType: 'ml.g5.xlarge',
      forbiddenInstanceType: 'ml.p4d.24xlarge',
    };
  }
}
