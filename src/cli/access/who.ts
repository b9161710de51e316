import { Policies, Policy, policyOf, Role, unread } from './policies';
import { Context } from './simulator';

/** Roles of an environment, by what is between its name and the region in the role's, and what a reviewer calls whoever works as one. */
export const ROLES: readonly (readonly [name: string, title: string])[] = [
  ['data-scientist', 'data scientist'],
  ['ml-engineer', 'ML engineer'],
  ['team-administrator', 'team administrator'],
  ['data-science-administrator', 'data science administrator'],
  ['studio-execution', 'notebook'],
  ['data-preparation', 'notebook of an ML engineer'],
  ['shared-space', 'notebook in a shared space'],
  ['pipeline-execution', 'SageMaker pipeline'],
  ['job-execution', 'job'],
  ['model-execution', 'hosted model'],
  ['batch-inference', 'batch transform job'],
  ['mlflow', 'MLflow tracking server'],
  ['feature-store', 'Feature Store'],
  ['release', 'release of a model'],
  ['code-build', 'build'],
  ['code-pipeline', 'CodePipeline pipeline'],
  ['image-build', 'build of images'],
  ['image-release', 'release of images'],
  ['promotion', 'copy to targets'],
  ['stack-set-administrator', 'deployment by stack sets'],
  ['deployment-accounts', 'list of target accounts'],
  ['events', 'EventBridge rule'],
  ['project-launch', 'project launch'],
  ['member-launch', 'member launch'],
  ['publisher', 'publisher of templates'],
  ['studio-clean-up', 'clean-up of Studio'],
  ['bucket-emptying', 'emptying of buckets'],
  ['default-security-group', 'rules of the default security group'],
  ['flow-logs', 'delivery of flow logs'],
];

/** The first of them are people, whom every environment has. */
const PERSONS = 4;

/** Notebooks act for a person, whose profile SageMaker says. */
const NOTEBOOKS = new Set(['studio-execution', 'data-preparation']);

/** Who asks. */
export interface Who {
  /** The same in every version of an app, whatever the environment is called. */
  readonly key: string;
  readonly title: string;
  readonly group: 'People' | 'Roles of services and workloads' | 'For comparison';
  /** None where it exists already: then nothing is known of it. */
  readonly role?: Role;
  readonly isNotebook?: boolean;
  /** What a session says of whoever it is of. */
  readonly session: Context;
}

/** A name that Identity Center makes up, and an account that is nobody's. */
const SUFFIX = '0123456789abcdef', OTHER_ACCOUNT = '999900001111';

const ADMINISTRATOR: Policy = {
  name: 'AdministratorAccess', path: 'AdministratorAccess', document: { Version: '2012-10-17', Statement: [{ Sid: 'AdministratorAccess', Effect: 'Allow', Action: '*', Resource: '*' }] },
};

interface Everybody {
  readonly people: Who[];
  /** Titles of roles that the environment does not have. */
  readonly missing: string[];
}

/** Where an environment is, and how it is called. */
interface Home {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** Everybody who is asked about in an environment: its own roles, permission sets, other roles of the account, and strangers. */
export function peopleOf({ name, account, region, partition }: Home, policies: Policies, isNamed: (role: string) => boolean): Everybody {
  const roles = policies.roles().filter((one) => one.account === account), own = (part: string) => roles.find((one) => one.name === `${name}--${part}-${region}`);
  const found = ROLES.map(([part, title], index): Who & { isThere: boolean } => {
    const role = own(part), isPerson = index < PERSONS, group = isPerson ? 'People' : 'Roles of services and workloads';
    const isThere = role !== undefined || isPerson || isNamed(part);
    return { key: part, title, group, role, isNotebook: NOTEBOOKS.has(part), session: isPerson ? sessionOf(role) : {}, isThere };
  });
  const others = roles.filter((role) => !found.some((one) => one.role?.arn === role.arn))
    .map((role): Who => ({ key: role.path, title: `role ${role.path.split('/').slice(1).join('/') || role.path}`, group: 'Roles of services and workloads', role, session: {} }));
  const made = (key: string, title: string, of: string): Who => ({
    key,
    title,
    group: 'For comparison',
    session: {},
    role: { name: key, arn: `arn:${partition}:iam::${of}:role/${key}`, account: of, path: key, trust: unread(key), policies: [ADMINISTRATOR], tags: {} },
  });
  return {
    people: [
      ...found.filter(({ isThere }) => isThere).filter(({ group }) => group === 'People'), ...permissionSetsOf(policies, account, partition),
      ...found.filter(({ isThere }) => isThere).filter(({ group }) => group !== 'People'), ...others,
      made('account-administrator', 'administrator of the account', account), made('other-account', 'administrator of an account outside', OTHER_ACCOUNT),
    ],
    missing: found.filter(({ isThere }) => !isThere).map(({ title }) => title),
  };
}

/** What a person brings: the tag, or the source identity, that the role asks for. */
function sessionOf(role: Role | undefined): Context {
  const trust = JSON.stringify(role?.trust.document ?? {}), tags = [...trust.matchAll(/aws:RequestTag\/(\w+)/g)].map(([, tag]) => tag).filter((tag) => tag !== 'Persona');
  return {
    ...(trust.includes('sts:SetSourceIdentity') && { 'aws:SourceIdentity': 'alice' }),
    ...Object.fromEntries([...tags, 'StudioUser'].map((tag) => [`aws:PrincipalTag/${tag}`, 'alice'])),
  };
}

/** Permission sets of IAM Identity Center that are assigned in the account, or of which nobody knows where they are. */
function permissionSetsOf(policies: Policies, account: string, partition: string): Who[] {
  const assignments = policies.of('AWS::SSO::Assignment');
  return policies.of('AWS::SSO::PermissionSet').filter(({ attributes }) => {
    const own = assignments.filter(({ properties: { PermissionSetArn } }) => PermissionSetArn === attributes.PermissionSetArn);
    return own.length === 0 || own.some(({ properties: { TargetId } }) => TargetId === account || TargetId === undefined);
  }).map((one): Who => {
    const { Name, InlinePolicy, ManagedPolicies, CustomerManagedPolicyReferences, PermissionsBoundary } = one.properties;
    const boundary = PermissionsBoundary as { ManagedPolicyArn?: unknown; CustomerManagedPolicyReference?: Reference } | undefined;
    const named = ({ Name: called, Path: below = '/' }: Reference) => policies.of('AWS::IAM::ManagedPolicy').find(({ account: of, properties: { ManagedPolicyName, Path = '/' } }) => (
      of === account && ManagedPolicyName === called && Path === below));
    const referred = (reference: Reference = {}) => policies.managed(named(reference)?.attributes[''] ?? `${reference.Path ?? '/'}${String(reference.Name)}`);
    const inRegion = one.region === 'us-east-1' ? '' : `${one.region}/`, name = `AWSReservedSSO_${String(Name)}_${SUFFIX}`, title = `permission set ${String(Name)}`;
    const bounding = boundary?.CustomerManagedPolicyReference;
    return {
      key: title,
      title,
      group: 'People',
      session: sessionOf(undefined),
      role: {
        name,
        account,
        path: one.path,
        arn: `arn:${partition}:iam::${account}:role/aws-reserved/sso.amazonaws.com/${inRegion}${name}`,
        trust: unread(one.path),
        tags: {},
        policies: [
          ...('InlinePolicy' in one.properties ? [policyOf(one, InlinePolicy, '/InlinePolicy')] : []),
          ...((ManagedPolicies ?? []) as unknown[]).map((arn) => policies.managed(arn)),
          ...((CustomerManagedPolicyReferences ?? []) as (Reference | undefined)[]).map(referred),
        ],
        ...(boundary && { boundary: bounding ? referred(bounding) : policies.managed(boundary.ManagedPolicyArn) }),
      },
    };
  });
}

interface Reference { readonly Name?: string; readonly Path?: string }
