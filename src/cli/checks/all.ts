import { ACCOUNT } from './account';
import { BOOTSTRAP } from './bootstrap';
import { CONFIG_RECORDER } from './config-recorder';
import { DEPLOYING_ROLE } from './deploying-role';
import { ENDPOINT_SERVICES } from './endpoint-services';
import { GIVEN_BUCKETS } from './given-buckets';
import { GIVEN_DOMAINS } from './given-domains';
import { GIVEN_KEYS } from './given-keys';
import { GIVEN_LOG_GROUPS } from './given-log-groups';
import { GIVEN_NETWORK } from './given-network';
import { GIVEN_PERMISSIONS } from './given-permissions';
import { GIVEN_PORTFOLIOS } from './given-portfolios';
import { GIVEN_REPOSITORIES } from './given-repositories';
import { GIVEN_ROLES } from './given-roles';
import { IAM_QUOTAS } from './iam-quotas';
import { INSTANCE_QUOTAS } from './instance-quotas';
import { LOG_RESOURCE_POLICIES } from './log-resource-policies';
import { NAMES } from './names';
import { ORGANIZATION } from './organization';
import { SECURITY_SERVICES } from './security-services';
import { SERVICE_LINKED_ROLES } from './service-linked-roles';
import { SERVICE_QUOTAS } from './service-quotas';
import { SIGN_IN } from './sign-in';
import { STACK_STATUS } from './stack-status';
import { TRAILS } from './trails';
import { ZONES } from './zones';
import { Check } from '../check';

/** Every check, in the order in which they are made. */
export const CHECKS: Check[] = [
  ACCOUNT, BOOTSTRAP, STACK_STATUS, DEPLOYING_ROLE, SERVICE_LINKED_ROLES,
  ZONES, IAM_QUOTAS, SERVICE_QUOTAS, INSTANCE_QUOTAS, NAMES, ENDPOINT_SERVICES,
  GIVEN_NETWORK, GIVEN_KEYS, GIVEN_BUCKETS, GIVEN_ROLES, GIVEN_PERMISSIONS, GIVEN_LOG_GROUPS, GIVEN_REPOSITORIES, GIVEN_PORTFOLIOS, GIVEN_DOMAINS,
  SIGN_IN, ORGANIZATION, SECURITY_SERVICES, CONFIG_RECORDER, LOG_RESOURCE_POLICIES, TRAILS,
];

/** The least that a role needs to look at everything: it changes nothing. */
export function policy(): object {
  const actions = new Set(CHECKS.flatMap((check) => check.actions));
  actions.delete('sts:GetCallerIdentity'); // needs no permission
  // Resource `*`: names and ids that are looked for are those of the template, and most of these actions know no resources.
  return { Version: '2012-10-17', Statement: [{ Sid: 'Preflight', Effect: 'Allow', Action: [...actions].sort(), Resource: '*' }] };
}
