import { Given, Scenario } from '../scenario';
import { guardrailContext, GuardrailValues } from './guardrail-context';
import { ACCOUNTS, FOREIGN_KEY, REGION } from './organization';
import { Place } from './places';
import { Context, Requester } from './requester';
import { Thing } from './thing';

/** Finds the ARN of what a context value names, such as `$dataBucket`. */
export type ArnOf = (name: string) => string;

/** What a scenario's request is made of. */
export interface RequestParts {
  readonly scenario: Scenario;
  readonly who: Requester;
  readonly on: Thing;
  readonly from: Place;
  readonly values: GuardrailValues;
  readonly arnOf: ArnOf;
}

/** Context keys of a scenario, as AWS sends them rather than as one would wish. */
export function requestContext({ scenario, who, on, from, values, arnOf }: RequestParts): Context {
  const given = scenario.given ?? {};
  const context: Context = {
    ...always(given, on),
    ...from.context,
    ...withAction(scenario, who, on, values),
    ...guardrailContext(given, values),
    ...asGiven(given, values),
    ...sourceOf(scenario, on, arnOf),
    ...on.context,
    ...tags(scenario, on),
    ...identity(who, from),
    ...asWritten(given, arnOf),
  };
  Object.assign(context, organizationOf(context['aws:SourceAccount']));
  for (const key of given.without ?? []) delete context[key];
  if (who.kind === 'service') { // a service principal calls by itself
    delete context['aws:CalledVia'];
    delete context['aws:CalledViaFirst'];
  }
  return context;
}

function always(given: Given, on: Thing): Context {
  const { id, organization } = given.resourceAccount === 'foreign' ? ACCOUNTS.foreign : on.account;
  return {
    'aws:SecureTransport': given.tls === false ? 'false' : 'true',
    's3:TlsVersion': '1.3',
    'aws:RequestedRegion': REGION,
    'aws:ResourceAccount': id,
    ...(organization ? { 'aws:ResourceOrgID': organization.id, 'aws:ResourceOrgPaths': organization.paths } : {}),
  };
}

/** Keys that AWS sends with an action, whatever the caller says. */
function withAction(scenario: Scenario, who: Requester, resource: Thing, values: GuardrailValues): Context {
  const { does, on, given = {} } = scenario;
  const context: Context = {};
  if (/^ec2:(Create|Delete)NetworkInterface(Permission)?$/.test(does) && who.account) {
    const subnet = given.subnet === 'foreign' ? 'subnet-0f0f0f0f0f0f0f0f0' : values.subnets[0];
    if (!/Subnet$/.test(on)) context['ec2:Subnet'] = `arn:aws:ec2:${REGION}:${who.account.id}:subnet/${subnet}`;
    if (does === 'ec2:CreateNetworkInterfacePermission') context['ec2:AuthorizedService'] = /codeBuild|release|image(Build|Release)/.test(scenario.who) ? 'codebuild.amazonaws.com' : 'sagemaker.amazonaws.com';
  }
  if (/^servicecatalog:(Terminate|Update|Describe)ProvisionedProduct$/.test(does)) {
    context['servicecatalog:accountLevel'] = 'self';
    if (given.launchedBy !== 'other') context['servicecatalog:roleLevel'] = 'self';
    if (given.launchedBy === undefined) context['servicecatalog:userLevel'] = 'self';
  }
  if (isTaggedAtCreation(scenario)) context['sagemaker:TaggingAction'] = given.taggingAction ?? `Create${kindOf(resource)}`;
  if (does.startsWith('kms:') && who.account) context['kms:CallerAccount'] = who.account.id;
  if (does === 'cloudwatch:PutMetricData') context['cloudwatch:namespace'] = '/aws/sagemaker/TrainingJobs';
  if (does === 'events:PutTargets') context['events:TargetArn'] = [`arn:aws:codepipeline:${REGION}:${resource.account.id}:${resource.arn.split('/').pop()}`];
  if (does === 'events:PutEvents') Object.assign(context, { 'events:source': ['aws.cloudwatch'], 'events:detail-type': ['CloudWatch Alarm State Change'] });
  if (does.startsWith('application-autoscaling:')) {
    context['application-autoscaling:service-namespace'] = 'sagemaker';
    context['application-autoscaling:scalable-dimension'] = 'sagemaker:variant:DesiredInstanceCount';
  }
  return context;
}

function asGiven(given: Given, values: GuardrailValues): Context {
  const context: Context = {};
  const set = (key: string, value: string | string[] | undefined) => { if (value !== undefined) context[key] = value; };
  if (given.securityGroups) set('sagemaker:VpcSecurityGroupIds', given.securityGroups === 'jobs' ? values.securityGroups : values.studioSecurityGroups);
  set('sagemaker:DirectInternetAccess', given.directInternetAccess);
  set('sagemaker:RootAccess', given.rootAccess);
  set('sagemaker:AppNetworkAccessType', given.appNetworkAccessType);
  set('sagemaker:ModelApprovalStatus', given.approvalStatus);
  set('iam:PassedToService', given.passedTo);
  if (given.viaService) set('kms:ViaService', `${given.viaService}.${REGION}.amazonaws.com`);
  // KMS sends the key with grants that a service asks for, and only then: `false` is never sent with `true` missing.
  if (given.grantIsForAWSResource !== undefined) set('kms:GrantIsForAWSResource', String(given.grantIsForAWSResource));
  return { ...context, ...encryption(given, values), ...taggedSession(given) };
}

/** SageMaker asks for `sagemaker:AddTags` when something is tagged as it is created, and says so only then. */
function isTaggedAtCreation({ does, given }: Scenario): boolean {
  return does === 'sagemaker:AddTags' && given?.taggingAction !== 'none';
}

/** What SageMaker calls a resource: the type in its ARN, as a name. */
function kindOf({ arn }: Thing): string {
  const [type] = arn.split(':').slice(5).join(':').split('/');
  return type.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

/** CloudFormation passes tags as it creates something; afterwards the resource has them. */
function tags(scenario: Scenario, on: Thing): Context {
  const isNew = scenario.does.startsWith('sagemaker:Create') || isTaggedAtCreation(scenario);
  const all = Object.entries(on.tags ?? {});
  if (all.length === 0) return {};
  return {
    ...Object.fromEntries(all.map(([key, value]) => [`aws:${isNew ? 'Request' : 'Resource'}Tag/${key}`, value])),
    ...(isNew ? { 'aws:TagKeys': all.map(([key]) => key) } : {}),
  };
}

function asWritten(given: Given, arnOf: ArnOf): Context {
  const named = (value: string) => (value.startsWith('$') ? arnOf(value.slice(1)) : value);
  return Object.fromEntries(Object.entries(given.context ?? {})
    .map(([key, value]) => [key, Array.isArray(value) ? value.map(named) : named(value)]));
}

function encryption(given: Given, values: GuardrailValues): Context {
  if (!given.sse) return {};
  if (given.sse === 'AES256') return { 's3:x-amz-server-side-encryption': 'AES256' };
  const key = given.sse === 'foreignKey' ? FOREIGN_KEY : values.keys[given.sse];
  if (!key) throw new Error(`there is no key ${given.sse}`);
  return { 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': key };
}

/** The tag that somebody asks for when they assume a persona. */
function taggedSession(given: Given): Context {
  if (!given.requestTag) return {};
  const extra: Context = given.extraTag ? { [`aws:RequestTag/${given.extraTag}`]: 'x' } : {};
  return {
    'aws:RequestTag/StudioUser': given.requestTag,
    'aws:TagKeys': ['StudioUser', ...(given.extraTag ? [given.extraTag] : [])],
    'sts:RoleSessionName': given.requestTag,
    ...extra,
  };
}

/** What services say they act for, where it is nothing of SageMaker's. CodePipeline and Service Catalog name an account only. */
const SOURCES: Record<string, string | undefined> = {
  'service:codebuild': 'ownBuildProject', 'service:events': 'projectRule', 'service:cloudformation': 's3ProjectStack', 'service:codepipeline': undefined, 'service:servicecatalog': undefined,
};

function sourceOf({ who, given }: Scenario, { account }: Thing, arnOf: ArnOf): Context {
  const { foreign } = ACCOUNTS;
  if (given?.sourceAccount === 'ours') {
    const source = who in SOURCES ? SOURCES[who] && arnOf(SOURCES[who]) : `arn:aws:sagemaker:${REGION}:${account.id}:domain/d-1`;
    return { 'aws:SourceAccount': account.id, ...(source ? { 'aws:SourceArn': source } : {}) };
  }
  if (given?.sourceAccount === 'foreign') {
    return { 'aws:SourceAccount': foreign.id, 'aws:SourceArn': 'arn:aws:s3:::foreign' };
  }
  return {};
}

/** Where the account is that a service acts for, which AWS sends with it. */
function organizationOf(accountId: string | string[] | undefined): Context {
  const account = Object.values(ACCOUNTS).find(({ id }) => id === accountId);
  return account ? { 'aws:SourceOrgID': account.organization.id, 'aws:SourceOrgPaths': account.organization.paths } : {};
}

function identity(who: Requester, from: Place): Context {
  if (who.kind === 'anonymous') return {};
  if (who.kind === 'service') {
    return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': who.arn, 'aws:PrincipalServiceNamesList': [who.arn] };
  }
  const account = who.account!;
  const isUser = who.kind === 'user';
  return {
    'aws:PrincipalArn': who.arn,
    'aws:PrincipalAccount': account.id,
    'aws:PrincipalType': isUser ? 'User' : 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': from.viaService ? 'true' : 'false',
    'aws:PrincipalOrgID': account.organization.id,
    'aws:PrincipalOrgPaths': account.organization.paths,
    'aws:userid': isUser ? 'AIDAEXAMPLE' : `AROAEXAMPLE:${who.session}`,
    ...(isUser ? { 'aws:username': who.name } : {}),
    ...Object.fromEntries(Object.entries(who.tags ?? {}).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    ...who.context,
  };
}
