import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LARGEST } from './packing';
import { checkLimits } from '../../identity/guardrail-limits';
import { isAddressRange } from '../../private/address-range';
import { InputCheck } from '../../private/input-check';
import { warnOfUnknownTypes } from '../../private/instance-type';
import { OrganizationGuardrailsProps } from '../organization-guardrails-props';
import { OrganizationWorkloads } from '../organization-workloads';

/** As the registry has it for the targets of policies. */
const TARGET = /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[a-z0-9]{8,32})$/;
/** A role whose name begins with something: what begins with a wildcard would match roles that anybody might make. */
const ROLE = /^arn:(\*|aws[a-z-]*):iam::(\*|\d{12}):role\/([\w+=,.@*-]+\/)*[\w+=,.@-]{4,}\*?$/;
const BOUNDARY = /^arn:(\*|aws[a-z-]*):iam::(\*|\d{12}):policy\/([\w+=,.@-]+\/)*[\w+=,.@-]+$/;
const KEY = /^arn:(\*|aws[a-z-]*):kms:(\*|[a-z0-9-]+):(\*|\d{12}):key\/[\w*-]+$/;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ACTION = /^[a-z0-9-]+:[A-Z][A-Za-z0-9]*\*?$/;
const TYPES = Object.keys(LARGEST);

const ROLE_RULE = 'be ARNs of roles whose names begin with four characters before any *, such as arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-*'; // eslint-disable-line no-restricted-syntax -- an example

/** Checks what an organization's guardrails are given. */
export function checkOrganization(scope: Construct, props: OrganizationGuardrailsProps): void {
  const { targetIds, deployingRoles, exemptRoles, workloads, policyTypes } = props;
  const { trustedAccounts, corporateCidrs, permissionsBoundaryArn, deniedActions } = props;
  const check = checkLimits(new InputCheck(scope), props)
    .organizationId('organizationId', props.organizationId)
    .notEmpty('deployingRoles', deployingRoles, 'Nobody could ever deploy into the accounts again')
    .every('deployingRoles', deployingRoles, (arn) => ROLE.test(arn), ROLE_RULE, 'What matches more would exempt whoever makes such a role')
    .every('exemptRoles', exemptRoles, (arn) => ROLE.test(arn), ROLE_RULE, 'What matches more would exempt everybody')
    .notEmpty('targetIds', targetIds, 'Leave it out to have the documents only')
    .unique('targetIds', targetIds)
    .every('targetIds', targetIds, (id) => TARGET.test(id), 'be ids of a root (r-ab12), organizational units (ou-ab12-prod1111) or accounts (12 digits)')
    .notEmpty('policyTypes', policyTypes)
    .every('policyTypes', policyTypes, (type) => TYPES.includes(type), `be of ${TYPES.join(', ')}`)
    .accountIds('trustedAccounts', trustedAccounts)
    .every('corporateCidrs', corporateCidrs, (cidr) => isAddressRange(cidr, 8), 'be IPv4 ranges of /8 or smaller, such as 203.0.113.0/24')
    .matches('permissionsBoundaryArn', permissionsBoundaryArn, BOUNDARY, 'be the ARN of a managed policy, such as arn:aws:iam::*:policy/data-science-boundary') // eslint-disable-line no-restricted-syntax -- an example
    .every('deniedActions', deniedActions, (action) => ACTION.test(action), 'be IAM actions, such as sagemaker:CreateHub', 'A service as a whole would be denied to its own roles as well')
    .notEmpty('workloads', workloads, 'Leave it out to require networks and keys of any account');
  checkLengths(check, '', { deployingRoles, exemptRoles, policyTypes, instanceTypes: props.instanceTypes });
  (workloads ?? []).forEach((one, index) => checkWorkloads(check, `workloads.${index}`, one));
  check.throwIfInvalid();
  warnOfUnknownTypes(scope, 'instanceTypes', props.instanceTypes);
}

/** Lists that others are added to, or that are asked for an element: a list whose length only the deployment knows has none before. */
function checkLengths(check: InputCheck, at: string, lists: Record<string, unknown>): void {
  for (const property of Object.keys(lists).filter((one) => Token.isUnresolved(lists[one]))) {
    check.report(`${at}${property}`, 'a list of the deployment', 'have as many elements as are known at synthesis', 'Give Fn.split its third argument, or Fn.select each element');
  }
}

function checkWorkloads(check: InputCheck, at: string, workloads: OrganizationWorkloads): void {
  const ids = (property: string, values: string[] | undefined, prefix: string) => check
    .notEmpty(`${at}.${property}`, values)
    .every(`${at}.${property}`, values, (id) => new RegExp(`^${prefix}-[0-9a-f]{8,17}$`).test(id), `be ids such as ${prefix}-0123456789abcdef0`);
  const keys = (property: string, values: string[] | undefined) => check
    .notEmpty(`${at}.${property}`, values)
    .every(`${at}.${property}`, values, (arn) => KEY.test(arn), 'be ARNs of keys, such as arn:aws:kms:eu-west-1:111111111111:key/…', 'SageMaker tells keys by their ARNs, not by an alias'); // eslint-disable-line no-restricted-syntax -- an example
  const buckets = (property: string, values: string[] | undefined) => check
    .every(`${at}.${property}`, values, (name) => BUCKET.test(name), 'be names of buckets, such as churn-data');
  ids('subnetIds', workloads.subnetIds, 'subnet');
  ids('vpcIds', workloads.vpcIds, 'vpc');
  ids('securityGroupIds', workloads.securityGroupIds, 'sg');
  ids('studioSecurityGroupIds', workloads.studioSecurityGroupIds, 'sg');
  keys('volumeKeyArns', workloads.volumeKeyArns);
  keys('outputKeyArns', workloads.outputKeyArns);
  keys('featureStoreKeyArns', workloads.featureStoreKeyArns);
  buckets('offlineStoreBucketNames', workloads.offlineStoreBucketNames);
  buckets('dataBucketNames', workloads.dataBucketNames);
  check.every(`${at}.dataBucketNames`, workloads.dataBucketNames, (name) => workloads.offlineStoreBucketNames?.includes(name) !== true,
    'be others than offlineStoreBucketNames', 'SageMaker writes to offline stores as a role and from outside of the VPC');
  checkLengths(check, `${at}.`, { ...workloads });
}
