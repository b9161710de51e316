import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { PersonaContext } from '../card';
import { READ_LOGS, READ_METRICS, SEE_MODELS, SEE_STUDIO } from './perms';
import { seeDelivery } from './studio-work';
import { DeploymentStage } from '../../stages';

/** What several personas may do. */

/** One's own Studio, and nobody else's. AWS checks the conditions on every request that follows, not on this one alone. */
export function openOwnStudio({ arns, domainId, profileVariable, sourceCidrs }: PersonaContext): PolicyStatement[] {
  return profileVariable === undefined ? [] : [new PolicyStatement({
    actions: ['sagemaker:CreatePresignedDomainUrl'],
    resources: arns.here('sagemaker', `user-profile/${domainId}/${profileVariable}`),
    conditions: sourceCidrs.length > 0 ? { IpAddress: { 'aws:SourceIp': sourceCidrs } } : undefined,
  })];
}

/** SageMaker and CodePipeline list for the account as a whole. */
export function seeStudio({ arns }: PersonaContext): PolicyStatement[] {
  return [new PolicyStatement({ actions: SEE_STUDIO, resources: ['*'] }), ...seeDelivery(arns)];
}

/** What happens in pipelines, endpoints and logs. Metrics and lists take no resource. */
export function watch({ arns }: PersonaContext): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: [...SEE_MODELS, ...READ_METRICS, 'logs:DescribeLogGroups'], resources: ['*'] }), // names of log groups are listed for the account
    new PolicyStatement({ actions: READ_LOGS, resources: [...arns.sageMakerLogs, ...arns.buildLogs] }),
  ];
}

/** Approvals in deploy pipelines, for these stages. */
export function approveStages({ arns }: PersonaContext, stages: DeploymentStage[]): PolicyStatement[] {
  return stages.length === 0 ? [] : [new PolicyStatement({
    actions: ['codepipeline:PutApprovalResult'],
    resources: stages.flatMap((stage) => arns.ofProjects('codepipeline', `/${stage.approvalStageName}/*`)),
  })];
}
