/** A query of CloudWatch Logs Insights that is ready in the console. */
export interface SampleQuery {
  readonly name: string;
  readonly lines: string[];
}

/** Where a session comes from, and what it asked for. */
const WHO = 'userIdentity.arn, sourceIPAddress, eventSource, eventName, errorCode, errorMessage';
const trail = (name: string, filter: string, fields = WHO): SampleQuery => (
  { name, lines: [`fields @timestamp, ${fields}`, `filter ${filter}`, 'sort @timestamp desc', 'limit 200'] }
);

/** Queries over events of CloudTrail: what stands behind each alarm, and what else people ask. */
export const TRAIL_QUERIES: SampleQuery[] = [
  trail('root user', 'userIdentity.type = "Root" and not ispresent(userIdentity.invokedBy)'),
  trail('changed policies and keys', 'eventName like /Policy$|KeyPolicy|DisableKey|ScheduleKeyDeletion|PublicAccessBlock|ModifyVpcEndpoint/ and readOnly = 0', `${WHO}, userIdentity.invokedBy`),
  trail('refused by the perimeter', 'errorCode = "VpceAccessDenied" or errorMessage like /explicit deny in a (resource-based|VPC endpoint|resource control|service control) policy/', `${WHO}, vpcEndpointId`),
  trail('approvals', 'eventName in ["UpdateModelPackage", "PutApprovalResult"]',
    'userIdentity.sessionContext.sessionIssuer.userName, userIdentity.arn, requestParameters.modelPackageArn, requestParameters.modelApprovalStatus, requestParameters.pipelineName, requestParameters.result.status'),
  trail('jobs and their subnets', 'eventSource = "sagemaker.amazonaws.com" and eventName like /^Create.*(Job|Model)/',
    'userIdentity.arn, eventName, requestParameters.vpcConfig.subnets.0, requestParameters.networkConfig.vpcConfig.subnets.0, errorCode'),
  {
    name: 'who reads how many objects',
    lines: ['filter eventSource = "s3.amazonaws.com" and eventName = "GetObject"', 'stats count(*) as objects by userIdentity.sessionContext.sessionIssuer.userName, requestParameters.bucketName', 'sort objects desc'],
  },
];

/** Over flow logs. @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
export const FLOW_QUERIES: SampleQuery[] = [
  { name: 'rejected traffic', lines: ['filter action = "REJECT"', 'stats count(*) as flows by srcAddr, dstAddr, dstPort', 'sort flows desc', 'limit 200'] },
];

/** Over DNS queries. */
export const DNS_QUERIES: SampleQuery[] = [
  { name: 'names that are none of AWS\'s', lines: ['filter query_name not like /(amazonaws\\.com(\\.cn)?|\\.aws|\\.internal|in-addr\\.arpa)\\.$/', 'stats count(*) as queries by query_name, srcaddr', 'sort queries desc', 'limit 200'] },
];
