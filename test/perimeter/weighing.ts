import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { DEPLOYER, HERE, PerimeterApp } from './perimeter-app';
import { EnvironmentNames, EnvironmentRole, KeyPurpose, TargetRole } from '../../src/names';
import { BucketKind } from '../../src/perimeter';
import { NamedPolicy } from '../access/policy-document';
import { ACCOUNTS, REGION } from '../access/request/organization';
import { Place, place } from '../access/request/places';
import { Context, Requester, session } from '../access/request/requester';
import { Simulator } from '../access/simulator';
import { TemplateValue } from '../access/template/synthesized-stack';
import { VpcEndpoint } from '../access/template/template-reader';

const names = new EnvironmentNames({ environmentName: 'churn', partition: 'aws', ...HERE });
const { data, target, production, sibling, foreign } = ACCOUNTS;
const ours = (role: EnvironmentRole) => session(data, names.roleName(role));
const serviceLinked = (service: string, name: string) =>
  session(data, name, { arn: `arn:aws:iam::${data.id}:role/aws-service-role/${service}.amazonaws.com/${name}` });

/** Everybody who tries; all of them may do everything by identity. */
export const WHO = {
  studio: ours(EnvironmentRole.STUDIO_EXECUTION),
  preparation: ours(EnvironmentRole.DATA_PREPARATION),
  pipeline: ours(EnvironmentRole.PIPELINE_EXECUTION),
  job: ours(EnvironmentRole.JOB_EXECUTION),
  model: ours(EnvironmentRole.MODEL_EXECUTION),
  release: ours(EnvironmentRole.RELEASE),
  codeBuild: ours(EnvironmentRole.CODE_BUILD),
  accounts: ours(EnvironmentRole.DEPLOYMENT_ACCOUNTS),
  codePipeline: ours(EnvironmentRole.CODE_PIPELINE),
  launch: ours(EnvironmentRole.PROJECT_LAUNCH),
  publisher: ours(EnvironmentRole.PUBLISHER),
  emptying: ours(EnvironmentRole.BUCKET_EMPTYING),
  deployer: session(data, 'deployer', { arn: DEPLOYER }),
  admin: session(data, 'Admin'),
  macie: serviceLinked('macie', 'AWSServiceRoleForAmazonMacie'),
  macieImpostor: session(data, 'AWSServiceRoleForAmazonMacie'),
  config: serviceLinked('config', 'AWSServiceRoleForConfig'),
  targetModel: session(target, names.targetRoleName('staging', TargetRole.MODEL_EXECUTION)),
  productionModel: session(production, names.targetRoleName('production', TargetRole.MODEL_EXECUTION)),
  targetMonitor: session(target, names.targetRoleName('staging', TargetRole.MONITORING)),
  productionMonitor: session(production, names.targetRoleName('production', TargetRole.MONITORING)),
  siblingMonitor: session(sibling, names.targetRoleName('staging', TargetRole.MONITORING)),
  targetSchedule: session(target, names.targetRoleName('staging', TargetRole.MONITORING_SCHEDULE)),
  targetAlarms: session(target, names.targetRoleName('staging', TargetRole.MONITORING_ALARMS)),
  productionAlarms: session(production, names.targetRoleName('production', TargetRole.MONITORING_ALARMS)),
  siblingAlarms: session(sibling, names.targetRoleName('staging', TargetRole.MONITORING_ALARMS)),
  neighbourAlarms: session(target, 'churn-2--staging--alarms-us-east-1'),
  targetOther: session(target, 'Anybody'),
  targetTest: session(target, names.targetRoleName('staging', TargetRole.ENDPOINT_TEST)),
  siblingModel: session(sibling, names.targetRoleName('staging', TargetRole.MODEL_EXECUTION)),
  neighbourModel: session(target, 'churn-2--staging--model-us-east-1'),
  outsider: session(foreign, 'Admin'),
} satisfies Record<string, Requester>;

/** A name of somebody who tries. */
export type Who = keyof typeof WHO;

/** Asks a simulator about the synthesized policies: resource policy and endpoint policy, everything allowed by identity. */
export class Weighing {
  private readonly simulator = new Simulator();
  private readonly buckets: Map<string, NamedPolicy>;
  private readonly keys: Map<string, { arn: string; policy: NamedPolicy }>;
  private readonly buses: Map<string, NamedPolicy>;
  private readonly endpoints: VpcEndpoint[];

  private readonly resolved: (statements: PolicyStatement[]) => unknown;

  constructor(app: PerimeterApp) {
    const reader = app.read();
    const { stack } = app;
    this.resolved = (statements) => reader.value(stack.stackName, stack.resolve(statements.map((one) => one.toStatementJson())) as TemplateValue);
    this.buckets = reader.bucketPolicies();
    this.buses = reader.busPolicies();
    this.endpoints = reader.endpoints();
    const aliases = reader.keyAliases();
    this.keys = new Map([...reader.keyPolicies()].flatMap(([arn, policy]) => (aliases.get(arn) ?? []).map((alias) => [alias, { arn, policy }])));
  }

  /** A request on an object or, for bucket actions, on the bucket itself. Where it passes our endpoint, that is weighed too. */
  public async onBucket(trust: BucketKind, who: Who, action: string, from: string, more: Context = {}, key = 'x'): Promise<string> {
    const bucket = `arn:aws:s3:::churn-${trust}`;
    const arn = /^s3:(?!.*Bucket).*Object/.test(action) ? `${bucket}/${key}` : bucket;
    return this.ask(who, action, arn, data.id, this.placed(from, 's3'), more, this.buckets.get(bucket));
  }

  /** A request on a key: through a service, or directly where none is named. */
  public async onKey(purpose: KeyPurpose, who: Who, action: string, service?: string, more: Context = {}): Promise<string> {
    const { arn, policy } = this.keys.get(names.keyAlias(purpose))!;
    const via: Context = service ? { 'kms:ViaService': `${service}.${REGION}.amazonaws.com`, 'aws:ViaAWSService': 'true' } : {};
    const from: Place = service ? { context: {} } : this.placed('environmentVpc', 'kms');
    return this.ask(who, action, arn, data.id, from, { ...via, ...more }, policy);
  }

  /** Events for the bus that hears of alarms. */
  public async onBus(who: Who, context: Context): Promise<string> {
    return this.ask(who, 'events:PutEvents', names.monitoringBusArn, data.id, { context: {} }, context, this.buses.get(names.monitoringBusArn));
  }

  /** A request through one of our endpoints, on something that lets everybody in: only the endpoint's policy can stop it. */
  public async through(service: string, who: Who, action: string, arn: string, owner: string): Promise<string> {
    const kind = action.startsWith('sts:') ? 'trust' : 'bucket';
    const resource = kind === 'trust' ? {} : { Resource: '*' };
    const open: NamedPolicy = {
      kind,
      name: `open/${arn}`,
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: `${action.split(':')[0]}:*`, ...resource }] },
    };
    return this.ask(who, action, arn, owner, this.placed('environmentVpc', service), {}, open);
  }

  /** A request on an object or a bucket of somebody else, who has these statements in its policy. */
  public async onOwners(
    who: Who, action: string, arn: string, owner: string, from: string, statements: PolicyStatement[], more: Context = {},
  ): Promise<string> {
    const document = { Version: '2012-10-17', Statement: this.resolved(statements) } as unknown as NamedPolicy['document'];
    const where: Place = action.startsWith('kms:') ? { context: {}, viaService: true } : this.placed(from, 's3');
    return this.ask(who, action, arn, owner, where, more, { kind: action.startsWith('kms:') ? 'key' : 'bucket', name: `owner/${arn}`, document });
  }

  private placed(from: string, service: string): Place {
    return place(from, service, this.endpoints.find((endpoint) => endpoint.service === service));
  }

  private async ask(who: Who, action: string, arn: string, owner: string, from: Place, more: Context, policy?: NamedPolicy): Promise<string> {
    const requester: Requester = WHO[who];
    const account = Object.values(ACCOUNTS).find(({ id }) => id === owner);
    const { outcome, detail } = await this.simulator.decide({
      action,
      who: requester,
      on: { arn, account: account ?? { id: owner }, policy },
      endpointPolicy: from.endpointPolicy,
      context: {
        'aws:SecureTransport': 'true',
        'aws:ResourceAccount': owner,
        ...(account ? { 'aws:ResourceOrgID': account.organization.id, 'aws:ResourceOrgPaths': account.organization.paths } : {}),
        'aws:PrincipalArn': requester.arn,
        'aws:PrincipalAccount': requester.account!.id,
        'aws:PrincipalOrgID': requester.account!.organization.id,
        'aws:PrincipalOrgPaths': requester.account!.organization.paths,
        'aws:ViaAWSService': String(from.viaService ?? false),
        ...from.context,
        ...more,
      },
    });
    return outcome === 'undecided' ? detail : outcome;
  }
}
