import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, IPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { arnIn } from '../private/arn';

/** A service that assumes a role, for this account. */
export interface ServiceTrust {
  /** The service, as in `codebuild.amazonaws.com`. */
  readonly service: string;
  /** For which resource it does, with `<projects>` in the place of what names of projects begin with; any where it says none. */
  readonly source?: string;
  /** Of which service that resource is, where it is another's. */
  readonly sourceService?: string;
  /** Whether it may leave out for whom it works: no page of AWS says that it tells. */
  readonly mayLeaveOut?: boolean;
  /** Whether it sets for which person it works: Studio does, and SageMaker hands that on to jobs. */
  readonly saysForWhom?: boolean;
}

/** SageMaker, which names what it works for in no narrower way: Studio and inference send exactly this. @see https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html */
export const SAGEMAKER: ServiceTrust = { service: 'sagemaker', source: '*', saysForWhom: true };

/**
 * SageMaker, for a tracking server. AWS's own trust policy has no condition, and no page says that it tells for whom it works.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-create-tracking-server-iam.html
 */
export const MLFLOW_TRACKING: ServiceTrust = { service: 'sagemaker', source: '*', mayLeaveOut: true };

/**
 * SageMaker, for offline stores of feature groups. No page of AWS says that it tells for whom it works.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-adding-policies.html
 */
export const OFFLINE_STORES: ServiceTrust = { service: 'sagemaker', source: '*', mayLeaveOut: true, saysForWhom: true };

/** CloudFormation, for the stack sets of endpoints. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html */
export const STACK_SETS_OF_PROJECTS: ServiceTrust = { service: 'cloudformation', source: 'stackset/<projects>*' };

/** Lambda, for a handler of the library's. */
export const LAMBDA: ServiceTrust = { service: 'lambda' };

/** Delivery of flow logs. @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html */
export const FLOW_LOG_DELIVERY: ServiceTrust = { service: 'vpc-flow-logs', source: 'vpc-flow-log/*', sourceService: 'ec2' };

/** CodeBuild, for these projects. @see https://docs.aws.amazon.com/codebuild/latest/userguide/cross-service-confused-deputy-prevention.html */
export const builds = (names: string): ServiceTrust => ({ service: 'codebuild', source: `project/<projects>${names}` });

/** CodePipeline, which does not name the pipeline. @see https://docs.aws.amazon.com/codepipeline/latest/userguide/cross-service-confused-deputy-prevention.html */
export const DELIVERY_PIPELINES: ServiceTrust = { service: 'codepipeline' };

/** EventBridge. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html */
export const RULES_OF_PROJECTS: ServiceTrust = { service: 'events', source: 'rule/<projects>*' };

/**
 * Service Catalog, launching. Nobody makes a launch constraint with the role who may not pass it.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
 */
export const SERVICE_CATALOG: ServiceTrust = { service: 'servicecatalog', mayLeaveOut: true };

/** CloudFormation, for the stacks of projects whose templates are in S3. SageMaker names them `SP-…`. */
export const STACKS_OF_PROJECTS: ServiceTrust = { service: 'cloudformation', source: 'stack/SP-*', mayLeaveOut: true };

/** Of services that work for no project. */
const NO_PROJECTS = { projectPrefix: '' };

/** The principal of a trust policy. */
export function principalOf(scope: Construct, trust: ServiceTrust, { projectPrefix }: Pick<EnvironmentNames, 'projectPrefix'> = NO_PROJECTS): IPrincipal {
  const { service, source, sourceService = service, mayLeaveOut } = trust;
  const { account } = Stack.of(scope);
  const when = mayLeaveOut ? 'IfExists' : '', operator = source?.includes('*') ? 'ArnLike' : 'ArnEquals';
  return new ServicePrincipal(`${service}.amazonaws.com`, {
    conditions: {
      [`StringEquals${when}`]: { 'aws:SourceAccount': account },
      ...source !== undefined && { [`${operator}${when}`]: { 'aws:SourceArn': arnIn(scope, sourceService, source.replace('<projects>', projectPrefix)) } },
    },
  });
}

/** The services that a card names; none where people assume the role. */
export function grantedTo(assumedBy: readonly ServiceTrust[] | 'people'): readonly ServiceTrust[] {
  return assumedBy === 'people' ? [] : assumedBy;
}

/** The statement of a trust policy for a service. */
export function serviceStatement(scope: Construct, names: EnvironmentNames, trust: ServiceTrust): PolicyStatement {
  return new PolicyStatement({ actions: ['sts:AssumeRole', ...trust.saysForWhom ? SAYING : []], principals: [principalOf(scope, trust, names)] });
}

/**
 * Roles of an account, in an organization where one is named. The account and a condition, not the roles themselves: IAM refuses a
 * principal that does not exist yet.
 */
export function rolesByName(account: string, roleArns: string[], organizationId?: string): IPrincipal {
  return new AccountPrincipal(account).withConditions({
    ArnEquals: { 'aws:PrincipalArn': roleArns.length === 1 ? roleArns[0] : roleArns },
    ...organizationId ? { StringEquals: { 'aws:PrincipalOrgID': organizationId } } : {},
  });
}

/** Makes a role that services assume. */
export function trustServices(
  scope: Construct, names: EnvironmentNames, services: readonly ServiceTrust[], make: (first: IPrincipal) => Role,
): Role {
  const role = make(principalOf(scope, services[0], names));
  const add = (actions: string[], trust: ServiceTrust) =>
    role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions, principals: [principalOf(scope, trust, names)] }));
  for (const trust of services.slice(1)) add(['sts:AssumeRole'], trust);
  for (const trust of services) if (trust.saysForWhom) add(SAYING, trust);
  return role;
}

const SAYING = ['sts:SetSourceIdentity'];
