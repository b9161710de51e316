import { GROUND_TRUTH_WRITER, PERSONAS, StageName, TARGET_FLOW_LOGS, TARGET_ROLES, WORKLOADS } from './cast';
import { EnvironmentParts, EnvironmentThings, roleArnOf } from './environment-things';
import { NamedPolicy } from './policy-document';
import { bystanderThing, lookalike, shared, thingByArn } from './request/bystander-things';
import { bystander } from './request/bystanders';
import { GuardrailValues } from './request/guardrail-context';
import { Account, ACCOUNTS } from './request/organization';
import { EndpointInUse, inTarget, Place, place } from './request/places';
import { Requester, session } from './request/requester';
import { Thing } from './request/thing';
import { Scenario } from './scenario';
import { CONTRACT_NAMES, TargetParts, TargetThings } from './target-things';
import { Role, TemplateReader, VpcEndpoint } from './template/template-reader';
import { EXTENTS, namesake, NAMESAKES, VARIATIONS } from './variations';
import { EnvironmentRole, KeyPurpose, TargetKeyPurpose, TargetRole } from '../../src/names';

/** The VPC that a request comes from, where it is a target's. */
const TARGET_VPCS: Record<string, StageName> = { targetVpc: 'staging', productionVpc: 'production' };

interface Key {
  readonly arn: string;
  readonly aliases: string[];
}

/** Endpoints by the actions that pass them, where they are not called like the actions' prefix. */
const ENDPOINTS: [RegExp, string][] = [
  [/^cloudwatch:/, 'monitoring'],
  [/^ecr:/, 'ecr.api'],
  [/^sagemaker:Invoke/, 'sagemaker.runtime'],
  [/^sagemaker:Batch(Put|Get)Metrics$/, 'sagemaker.metrics'],
  [/^sagemaker:(Batch)?(Put|Get|Delete|List|Write)Records?$/, 'sagemaker.featurestore-runtime'],
  [/^sagemaker:/, 'sagemaker.api'],
  [/^sagemaker-mlflow:/, 'sagemaker.experiments'],
  [/^codecommit:Git/, 'git-codecommit'],
  [/^codeartifact:/, 'codeartifact.api'],
];

/** A synthesized environment as the scenarios speak of it: who is who, what is what, through which endpoint. */
export class AccessSystem {
  private readonly things: EnvironmentThings;
  private readonly targets: Record<StageName, TargetThings>;
  private readonly roles: Map<string, Role>;
  private readonly policies: Map<string, NamedPolicy>;
  private readonly keys: Map<string, Key>;
  private readonly endpoints: VpcEndpoint[];

  constructor(
    public readonly reader: TemplateReader,
    private readonly parts: EnvironmentParts,
    private readonly targetParts: Record<StageName, TargetParts>,
    private readonly neighbour?: AccessSystem,
  ) {
    this.roles = new Map(reader.roles().map((role) => [role.arn, role]));
    this.endpoints = reader.endpoints();
    this.policies = new Map([
      ...reader.bucketPolicies(),
      ...reader.keyPolicies(),
      ...reader.busPolicies(),
      ...reader.queuePolicies(),
      ...[...this.roles.values()].map((role): [string, NamedPolicy] => [role.arn, role.trust]),
    ]);
    this.keys = new Map([...reader.keyAliases()].flatMap(([arn, aliases]) => aliases.map((alias): [string, Key] => [alias, { arn, aliases }])));
    const keyOf = (alias: string) => this.key(alias);
    const policyOf = (arn: string) => this.policies.get(arn);
    this.things = new EnvironmentThings(parts, keyOf, policyOf);
    const target = (stage: StageName) => new TargetThings(parts.names, targetParts[stage], keyOf, policyOf);
    this.targets = { staging: target('staging'), production: target('production') };
  }

  /** Who a scenario speaks of. */
  public who(scenario: Scenario): Requester | undefined {
    return this.called(scenario.who);
  }

  private called(who: string): Requester | undefined {
    const [word, name] = who.split(/:(.*)/);
    if (word === 'neighbour') return this.neighbour?.called(name);
    const found = word in EXTENTS || word in NAMESAKES ? this.called(name) : undefined;
    if (!found) return this.named(who);
    if (word in NAMESAKES) return { ...namesake(found, NAMESAKES[word]), identityPolicies: undefined, boundary: undefined };
    return { ...found, boundary: undefined, identityPolicies: EXTENTS[word](found.identityPolicies) };
  }

  private named(who: string): Requester | undefined {
    const { names } = this.parts;
    if (who in PERSONAS) return this.persona(PERSONAS[who], { session: 'alice', tags: { StudioUser: 'alice' } });
    if (who in WORKLOADS) return this.ourRole(WORKLOADS[who], who === 'studioExecution' || who === 'dataPreparation' ? this.notebook() : {});
    if (who in TARGET_ROLES) return this.targetRole(...TARGET_ROLES[who]);
    if (who in TARGET_FLOW_LOGS) {
      const { account, flowLogsRole } = this.targetParts[TARGET_FLOW_LOGS[who]];
      return this.roleCalled(account, flowLogsRole, {});
    }
    return bystander(who, {
      environmentName: names.environmentName,
      groundTruthWriter: GROUND_TRUTH_WRITER,
      targetModelRoleName: names.targetRoleName('staging', TargetRole.MODEL_EXECUTION),
      executionRoleTags: this.roles.get(roleArnOf(this.parts, EnvironmentRole.STUDIO_EXECUTION))?.tags ?? {},
    });
  }

  /** What a scenario speaks of. */
  public on(scenario: Scenario): Thing | undefined {
    return this.thing(scenario.on, scenario);
  }

  private thing(on: string, scenario: Scenario): Thing | undefined {
    const [word, name] = on.split(/:(.*)/);
    if (word === 'neighbour') return this.neighbour?.thing(name, scenario);
    if (word === 'staging' || word === 'production') return this.targets[word].find(name);
    const found = word in VARIATIONS || word in NAMESAKES ? this.thing(name, scenario) : undefined;
    if (!found) return this.plainThing(on, scenario);
    return word in NAMESAKES ? shared(namesake(found, NAMESAKES[word])) : VARIATIONS[word](found);
  }

  private plainThing(on: string, scenario: Scenario): Thing | undefined {
    if (on.startsWith('arn:')) return thingByArn(on);
    if (on in CONTRACT_NAMES) return this.thing(CONTRACT_NAMES[on], scenario);
    if (on === 'ownRole') return this.ownRole(scenario);
    if (on === 'lookalikeObject') return lookalike(this.parts.buckets.data.split(':').pop()!);
    return this.things.find(on, scenario.does) ?? bystanderThing(on);
  }

  /** The ARN of a thing that a context key names. */
  public arnOf(name: string, scenario: Scenario): string {
    const found = this.thing(name, scenario);
    if (!found) throw new Error(`nothing is ${name}`);
    return found.arn;
  }

  /** Where a request comes from: through an endpoint of the environment's VPC or of a target's, unless a scenario names another place. */
  public placeOf(scenario: Scenario): Place {
    const [service] = scenario.does.split(':');
    const stage = TARGET_VPCS[scenario.from];
    if (!stage) return place(scenario.from, service, this.endpointIn(this.parts.vpcId, scenario));
    const { account, vpcId } = this.targetParts[stage];
    return inTarget(account, service, this.endpointIn(vpcId, scenario));
  }

  /** What keeps the guardrails of an account: of the target's, for its roles. */
  public guardrailsOf({ who }: Scenario): GuardrailValues {
    const [stage] = TARGET_ROLES[who.split(':').pop()!] ?? [];
    return stage ? this.targetGuardrails(stage) : this.guardrails();
  }

  private endpointIn(vpc: string, { does, given }: Scenario): EndpointInUse | undefined {
    const wanted = given?.endpoint ?? ENDPOINTS.find(([actions]) => actions.test(does))?.[1] ?? does.split(':')[0];
    return this.endpoints.find(({ service, vpcId }) => vpcId === vpc && service === wanted);
  }

  private targetRole(stage: StageName, name: TargetRole): Requester | undefined {
    return this.roleCalled(this.targetParts[stage].account, this.targets[stage].roleArn(name), {});
  }

  private ourRole(name: EnvironmentRole, more: Partial<Requester>): Requester | undefined {
    return this.roleCalled(ACCOUNTS.data, roleArnOf(this.parts, name), more);
  }

  private persona(name: EnvironmentRole, more: Partial<Requester>): Requester | undefined {
    return this.roleCalled(ACCOUNTS.data, this.parts.sessionArns?.[name] ?? roleArnOf(this.parts, name), more);
  }

  private roleCalled(account: Account, arn: string, more: Partial<Requester>): Requester | undefined {
    const role = this.roles.get(arn);
    if (!role) return undefined;
    return session(account, role.name, {
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

  private key(alias: string): Key {
    const key = this.keys.get(alias);
    if (!key) throw new Error(`no key has the alias ${alias}`);
    return key;
  }

  private keyArn(purpose: KeyPurpose): string {
    return this.key(this.parts.names.keyAlias(purpose)).arn;
  }

  private targetGuardrails(stage: StageName): GuardrailValues {
    const { subnets, securityGroups } = this.targetParts[stage];
    const keyArn = (purpose: TargetKeyPurpose) => this.targets[stage].keyArn(purpose);
    const ofEnvironment = this.guardrails();
    return {
      ...ofEnvironment,
      subnets,
      securityGroups,
      volumeKey: keyArn(TargetKeyPurpose.VOLUMES),
      outputKey: keyArn(TargetKeyPurpose.CAPTURE),
      keys: { ...ofEnvironment.keys, targetKey: keyArn(TargetKeyPurpose.CAPTURE), targetVolumeKey: keyArn(TargetKeyPurpose.VOLUMES) },
    };
  }

  private guardrails(): GuardrailValues {
    return {
      subnets: this.parts.subnets,
      securityGroups: this.parts.securityGroups,
      studioSecurityGroups: this.parts.studioSecurityGroups,
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
