import { AspectPriority, Aspects, CfnResource, IAspect, IResolvable, IResolveContext, Validations } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { PolicyWildcard, wildcardsOf } from './policy-wildcards';

/** Why a finding of a compliance pack (cdk-nag), or of this library's own rules, at a resource of this library stands. */
export interface Acknowledgement {
  /** Rules, without the names of their packs. */
  readonly rules: string[];
  /** Rules of this library (`checks/rules`), beyond those that ask the same as one of the packs' rules. */
  readonly checks?: string[];
  /** Of a rule that tells wildcards of a policy apart: which of them, as `policy-wildcards.ts` writes them. */
  readonly wildcard?: RegExp;
  /** Paths of the resources, below the construct that brings the acknowledgement along. */
  readonly at: RegExp;
  readonly reason: string;
}

/** An acknowledgement of one finding, in the words of the pack. */
export interface AcknowledgedFinding {
  readonly rule: string;
  /** The wildcard, where the rule tells them apart. */
  readonly finding?: string;
  readonly reason: string;
  /** What it rests on. */
  readonly because: Acknowledgement[];
}

/** The rule about wildcards in policies. */
const WILDCARDS = 'IAM5';
const PACKS = ['NIST.800.53.R5', 'NIST.800.53.R4', 'HIPAA.Security', 'PCI.DSS.321', 'Serverless'];
/** Where cdk-nag 2 looks for what is acknowledged at a resource. */
const METADATA = 'cdk_nag';

/** Where this library's rules look for the same, in the template: they look at templates that no app is around as well. */
const CHECKS_METADATA = 'cdk-secure-mlops';
/** Rules of packs that ask what a rule of this library asks. */
const SAME_CHECK: Record<string, string> = { S3DefaultEncryptionKMS: 'BucketEncryption', SageMakerEndpointConfigurationKMSKeyConfigured: 'EndpointEncryption' };

const KNOWN = new WeakMap<IConstruct, Acknowledgement[]>();

/** An acknowledgement of rules that say nothing more than that a resource breaks them. */
export const rules = (names: string[], at: RegExp, reason: string): Acknowledgement => ({ rules: names, at, reason });
/** An acknowledgement of rules of this library. */
export const checks = (names: string[], at: RegExp, reason: string): Acknowledgement => ({ rules: [], checks: names, at, reason });
/** An acknowledgement of resources with a wildcard; partition, region and account are written as such. */
export const wildcard = (text: RegExp, at: RegExp, reason: string): Acknowledgement => (
  { rules: [WILDCARDS], wildcard: new RegExp(`^Resource::(${text.source})$`), at, reason }
);
/** An acknowledgement of actions with a wildcard. */
export const wildcardActions = (text: RegExp, at: RegExp, reason: string): Acknowledgement => (
  { rules: [WILDCARDS], wildcard: new RegExp(`^Action::(${text.source})$`), at, reason }
);
/** An acknowledgement of actions that are allowed on every resource. */
export const everywhere = (actions: RegExp, at: RegExp, reason: string): Acknowledgement => (
  { rules: [WILDCARDS], wildcard: new RegExp(`^Resource::\\*\\((${actions.source})\\)$`), at, reason }
);

/**
 * Lets a construct bring along why what compliance packs find at its resources stands, so that the report of an app holds
 * what is the app's own. Of what packs find, nothing is in the template; what this library's rules find is acknowledged there.
 *
 * As metadata that cdk-nag reads: its acknowledged rules of version 3, for which aws-cdk-lib has the key, and its
 * suppressions of version 2. The ids hold texts of the policies, which are complete when the app is synthesized.
 */
export function acknowledge(scope: Construct, acknowledgements: Acknowledgement[]): void {
  // Before aspects of the usual priority, of which cdk-nag 2 is one.
  Aspects.of(scope).add(new Acknowledging(scope, acknowledgements), { priority: AspectPriority.MUTATING });
}

/** What is acknowledged at a resource. */
export function acknowledgedAt(resource: CfnResource): AcknowledgedFinding[] {
  const known = KNOWN.get(resource) ?? [];
  const plain = known.filter((one) => one.wildcard === undefined)
    .flatMap((one) => one.rules.map((rule): AcknowledgedFinding => ({ rule, reason: one.reason, because: [one] })));
  const reasons = known.filter((one) => one.wildcard !== undefined);
  return reasons.length === 0 ? plain : [...plain, ...wildcardsOf(resource).flatMap((one) => explained(one, reasons) ?? [])];
}

/** Every action on every resource is one finding for the pack; here each of them needs its reason. */
function explained({ finding, texts }: PolicyWildcard, reasons: Acknowledgement[]): AcknowledgedFinding | undefined {
  const found = texts.map((text) => reasons.find((one) => one.wildcard?.test(text)));
  if (!found.every((one) => one !== undefined)) return undefined;
  const because = [...new Set(found)];
  return { rule: WILDCARDS, finding, reason: because.map(({ reason }) => reason).join(' '), because };
}

class Acknowledging implements IAspect {
  constructor(private readonly scope: Construct, private readonly acknowledgements: Acknowledgement[]) {}

  public visit(node: IConstruct): void {
    if (!CfnResource.isCfnResource(node)) return;
    const path = node.node.path.slice(this.scope.node.path.length);
    const here = this.acknowledgements.filter(({ at }) => at.test(path));
    if (here.length === 0) return;
    noteChecks(node, here);
    const known = KNOWN.get(node);
    if (known) return void known.push(...here);
    KNOWN.set(node, here);
    node.addMetadata(METADATA, new Suppressions(node, node.getMetadata(METADATA)));
    // References to other stacks have their last form when the tree is validated, which is before packs of version 3 look at it.
    node.node.addValidation({ validate: () => record(node) });
  }
}

/** For the rules of this library, which read templates. */
function noteChecks(resource: CfnResource, acknowledgements: readonly Acknowledgement[]): void {
  const reasons = Object.fromEntries(acknowledgements.flatMap(({ rules: names, checks: own = [], reason }) => (
    [...own, ...names.flatMap((name) => SAME_CHECK[name] ?? [])].map((name) => [name, reason])
  )));
  if (Object.keys(reasons).length === 0) return;
  const given = resource.getMetadata(CHECKS_METADATA) as { readonly acknowledged?: Record<string, string> } | undefined;
  resource.addMetadata(CHECKS_METADATA, { ...given, acknowledged: { ...reasons, ...given?.acknowledged } });
}

/** For cdk-nag 3: exactly as its finding is called. */
function record(resource: CfnResource): string[] {
  const reasons = () => Object.fromEntries(acknowledgedAt(resource).flatMap(({ rule, finding, reason }) => (
    idsOf(rule).map((id) => [finding === undefined ? id : `${id}[${finding}]`, reason])
  )));
  resource.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, whenAsked(reasons));
  return [];
}

/**
 * An object that has its properties once somebody asks for them: to know the wildcards of a policy it must be rendered, and most
 * syntheses have no pack that would ask. Whoever writes the assembly takes it for a token, of nothing.
 */
function whenAsked(make: () => Record<string, string>): object {
  let made: Record<string, string> | undefined;
  const known = () => made ??= make();
  return new Proxy({}, {
    get: (_, key) => (key === 'resolve' ? () => undefined : Reflect.get(known(), key) as unknown),
    has: (_, key) => Reflect.has(known(), key),
    ownKeys: () => Reflect.ownKeys(known()),
    getOwnPropertyDescriptor: (_, key) => Reflect.getOwnPropertyDescriptor(known(), key),
  });
}

/** For cdk-nag 2, which reads an object; in the template is what somebody else has suppressed, and nothing of ours. */
class Suppressions implements IResolvable {
  public readonly creationStack: string[] = [];

  constructor(private readonly resource: CfnResource, private readonly given?: { readonly rules_to_suppress?: object[] }) {}

  public get rules_to_suppress(): object[] {
    const own = acknowledgedAt(this.resource).flatMap(({ rule, finding, reason }) => (
      idsOf(rule).map((id) => ({ id, reason, ...(finding && { applies_to: [finding] }) }))
    ));
    return [...this.given?.rules_to_suppress ?? [], ...own];
  }

  public resolve(_context: IResolveContext): unknown {
    return this.given;
  }

  public toString(): string {
    return METADATA;
  }
}

/** AWS Solutions numbers its rules, the other packs name them. */
function idsOf(rule: string): string[] {
  return /^[A-Z]+[a-z]?\d+$/.test(rule) ? [`AwsSolutions-${rule}`] : PACKS.map((pack) => `${pack}-${rule}`);
}
