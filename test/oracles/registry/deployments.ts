import { parse } from 'yaml';
import { Deployment } from './deployment';
import { EnvironmentNames } from '../../../src';
import { AccessSystem } from '../../access/access-system';
import { churn, HERE } from '../../access/churn-app';
import { PROJECT, PROJECT_ID } from '../../access/project-things';
import { bystander } from '../../access/request/bystanders';
import { Account, ACCOUNTS, REGION } from '../../access/request/organization';
import { Requester, session } from '../../access/request/requester';
import { Scenario } from '../../access/scenario';
import { Template, TemplateValue } from '../../access/template/synthesized-stack';
import { Found, TemplateReader } from '../../access/template/template-reader';
import { publishedIn, sourceOf } from '../../apps/template/published';
import { productOfTargets, TARGET_BOUNDARY } from '../product-of-targets';
import { stackSetOfTargets } from '../stack-set-of-targets';

const GUID = '0f0e0d0c-0b0a-4900-8807-060504030201';
const MODEL = 'forecast';
const row = (who: string): Scenario => ({ id: 'registry', expect: 'allow', who, does: 's3:GetObject', on: 'anything', from: 'serviceNetwork', why: 'it deploys' });

/** A role as CloudFormation works with it. */
const asCloudFormation = (role: Requester): Requester => ({ ...role, session: 'AWSCloudFormation' });

/** Every deployment that a template of ours and a role of ours meet in. */
export function deployments(): Deployment[] {
  const system = churn();
  const { reader } = system;
  const all = reader.resources();
  const policies = new Map([...reader.bucketPolicies(), ...reader.keyPolicies(), ...reader.busPolicies()]);
  const aliases = reader.keyAliases();
  const around = { policyOf: (arn: string) => policies.get(arn), aliasesOf: (arn: string) => aliases.get(arn) ?? [] };
  const inner = (name: RegExp, place: Account, stackName: string, given: Record<string, TemplateValue>) =>
    published(all, name).flatMap((template) => resourcesOf(template, place, stackName, given, all));
  const registry = new EnvironmentNames({ environmentName: 'churn', partition: 'aws', ...HERE });
  const project = { SageMakerProjectName: PROJECT, SageMakerProjectId: PROJECT_ID, ModelPackageGroupName: 'forecast', EndpointProjectName: MODEL, TrainingPipelineName: `${registry.projectPrefix}${PROJECT}-build` };
  const endpointName = registry.endpointName('staging', MODEL);
  const endpoint = {
    EndpointName: endpointName,
    MonitorName: endpointName,
    Image: `${ACCOUNTS.data.id}.dkr.ecr.${REGION}.amazonaws.com/churn--releases@sha256:0`,
    ModelDataUrl: 's3://churn--releases/model.tar.gz',
    ProgramUrl: 's3://churn--releases/monitor.zip',
  };
  const endpointStack = `StackSet-${endpointName}-${GUID}`;
  const deploymentRole = asCloudFormation(system.who(row('targetDeployment'))!);
  const cloudFormation = (account: Account): Requester => ({ ...asCloudFormation(bystander('cloudFormationExecution', {} as never)!), account, arn: `arn:aws:iam::${account.id}:role/cdk-hnb659fds-cfn-exec-role-${account.id}-${REGION}` });
  const own = { ...around, values: system.guardrailsOf(row('projectLaunch')), resourcePoliciesOnly: true };
  return [
    {
      ...around,
      who: 'the launch role',
      role: asCloudFormation(system.who(row('projectLaunch'))!),
      values: system.guardrailsOf(row('projectLaunch')),
      resources: inner(/^(projects|products\/(?!member-))/, ACCOUNTS.data, `SC-${ACCOUNTS.data.id}-pp-abcdefghijklm`, project),
    },
    memberByForm(system, inner(/^products\/member-/, ACCOUNTS.data, `SC-${ACCOUNTS.data.id}-pp-nopqrstuvwxyz`, { UserName: 'carol', Persona: 'ml-engineer', DeleteWorkOf: '' })),
    {
      ...around,
      who: 'the deployment role',
      role: deploymentRole,
      values: system.guardrailsOf(row('targetDeployment')),
      resources: inner(/^parts\/(endpoint|monitor)-staging/, ACCOUNTS.target, endpointStack, endpoint),
    },
    targetByStackSet(),
    targetByForm(),
    { ...own, who: 'CloudFormation, of an environment', role: cloudFormation(ACCOUNTS.data), resources: all.filter(({ values }) => values.account === ACCOUNTS.data.id) },
    { ...own, who: 'CloudFormation, of a target', role: cloudFormation(ACCOUNTS.target), resources: all.filter(({ values }) => values.account === ACCOUNTS.target.id) },
  ];
}

/** A member whom a team administrator adds. */
function memberByForm(system: AccessSystem, resources: Found[]): Deployment {
  const [vpcId] = resources.flatMap(({ resource, values }) => (resource.Type === 'AWS::EC2::SecurityGroup' ? [values.property(resource, 'VpcId')] : []));
  return {
    who: 'the launch role of members',
    role: asCloudFormation(system.who(row('memberLaunch'))!),
    resources,
    // Of a group, also where only a rule of it is made.
    tagsOf: (arn) => (arn.includes(':security-group/') ? { environment: 'churn', member: 'carol' } : undefined),
    vpcArn: `arn:aws:ec2:${REGION}:${ACCOUNTS.data.id}:vpc/${String(vpcId)}`,
    policyOf: () => undefined,
    aliasesOf: () => [],
  };
}

/** A target that a self-managed stack set places, with the role that the stack set works with there. */
function targetByStackSet(): Deployment {
  const { stackSetName, target, executionRole } = stackSetOfTargets();
  const place = { account: ACCOUNTS.target.id, region: REGION };
  const [role] = new TemplateReader([{ ...place, stackName: 'Execution', template: executionRole }]).roles();
  const placed = new TemplateReader([{ ...place, stackName: `StackSet-${stackSetName}-${GUID}`, template: target }]);
  const policies = new Map([...placed.bucketPolicies(), ...placed.keyPolicies()]);
  return {
    who: 'the execution role of stack sets',
    role: asCloudFormation(session(ACCOUNTS.target, role.name, { arn: role.arn, identityPolicies: role.identityPolicies })),
    resources: placed.resources(),
    stackTags: { environment: 'churn', stage: 'staging' },
    policyOf: (arn) => policies.get(arn),
    aliasesOf: (arn) => placed.keyAliases().get(arn) ?? [],
  };
}

/** A target that an account makes of itself by a form, with the role that the account has for it. */
export function targetByForm(): Deployment {
  const { target, launchRole } = productOfTargets();
  const place = { account: ACCOUNTS.target.id, region: REGION };
  const [role] = new TemplateReader([{ ...place, stackName: 'Launch', template: launchRole }]).roles();
  const parameters = { EnvironmentName: 'churn', EnvironmentAccount: ACCOUNTS.data.id, Stage: 'staging' };
  const placed = new TemplateReader([{ ...place, stackName: `SC-${place.account}-pp-abcdefghijklm`, template: target, parameters }]);
  const policies = new Map([...placed.bucketPolicies(), ...placed.keyPolicies()]);
  return {
    who: 'the launch role of targets',
    role: asCloudFormation(session(ACCOUNTS.target, role.name, { arn: role.arn, identityPolicies: role.identityPolicies })),
    resources: placed.resources(),
    tagsOf: (arn) => (arn.includes(':ec2:') ? { environment: 'churn', stage: 'staging' } : undefined),
    boundary: TARGET_BOUNDARY,
    policyOf: (arn) => policies.get(arn),
    aliasesOf: (arn) => placed.keyAliases().get(arn) ?? [],
  };
}

/** The templates in the templates bucket whose key has a name. */
function published(all: Found[], name: RegExp): Template[] {
  const templates = all.filter(({ resource }) => /^Custom::PublishedObjects?$/.test(resource.Type)).flatMap(({ values, resource }) => {
    const Properties = Object.fromEntries(Object.keys(resource.Properties ?? {}).map((property) => [property, values.property(resource, property)]));
    return publishedIn({ Published: { Type: resource.Type, Properties } })
      .filter(({ Key }) => name.test(String(Key)))
      .map((object) => parse(sourceOf(object, values.directory!).toString()) as Template);
  });
  if (templates.length === 0) throw new Error(`no template is published as ${name}`);
  return templates;
}

/** The resources of a template that is deployed with these parameters; the others have the value of the stored parameter that they name. */
function resourcesOf(template: Template, { id: account }: Account, stackName: string, given: Record<string, TemplateValue>, all: Found[]): Found[] {
  const stored = (name: string) => {
    const found = all.find(({ values, resource }) => resource.Type === 'AWS::SSM::Parameter' && values.account === account && values.property(resource, 'Name') === name);
    if (!found) throw new Error(`nothing stores ${name} in ${account}`);
    return found.values.property(found.resource, 'Value')!;
  };
  const parameters = Object.fromEntries(Object.entries(template.Parameters ?? {}).map(([name, { Type, Default }]): [string, TemplateValue] => {
    if (!Type.startsWith('AWS::SSM::Parameter::Value')) return [name, given[name] ?? Default ?? name];
    const value = stored(String(Default));
    return [name, Type.includes('List') ? String(value).split(',') : value];
  }));
  return new TemplateReader([{ stackName, account, region: REGION, template, parameters }]).resources();
}
