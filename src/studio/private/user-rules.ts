import { Token } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { StudioAuthMode } from '../../identity';
import { InputCheck } from '../../private/input-check';
import { throwValidationError } from '../../private/invalid-input';
import { ANYTHING, checkRequired, like } from '../../private/required-input';
import type { IStudioDomain } from '../studio-domain-reference';
import { StudioUserProps } from '../studio-user-props';
import { checkUserName } from '../user-name';

/** A network interface takes five security groups; SageMaker adds one of its own for a home file system. */
const MOST_SECURITY_GROUPS = 5;

const DOMAIN = like<IStudioDomain>('sharedSecurityGroups', 'a Studio domain: a SecureStudioDomain, or SecureStudioDomain.fromDomainAttributes(…)');

export function checkUser(user: Construct, props: StudioUserProps): void {
  checkRequired(user, props, { domain: DOMAIN, userName: ANYTHING });
  const { domain } = props;
  checkUserName(new InputCheck(user), props.userName)
    .that('singleSignOnUser', props.singleSignOnUser, () => domain.authMode === StudioAuthMode.IDENTITY_CENTER,
      'not be given for a domain with AuthMode IAM', 'Only IAM Identity Center knows such users')
    .that('singleSignOnUser', props.singleSignOnUser, (name) => name.length >= 1 && name.length <= 256, 'have 1–256 characters')
    .that('tags', props.tags, (tags) => Object.keys(tags).length <= 50, 'have at most 50 entries')
    .tags('tags', props.tags)
    .throwIfInvalid();
  // The user's own group is one of them.
  checkGroups(user, 'securityGroups', [...domain.sharedSecurityGroups, ...props.securityGroups ?? []], domain.hasHomeFileSystem, 1);
}

/** Refuses more groups than a network interface can have. */
export function checkGroups(place: Construct, property: string, groups: ISecurityGroup[], hasHomeFileSystem: boolean, own: number): void {
  const most = MOST_SECURITY_GROUPS - own - (hasHomeFileSystem ? 1 : 0);
  const ids = [...new Set(groups)].map((group) => group.node.path);
  if (ids.length <= most) return;
  throwValidationError(place, {
    property,
    value: ids,
    rule: `be at most ${most} together with the shared ones`,
    remedy: `An application has at most ${MOST_SECURITY_GROUPS} security groups${own > 0 ? ', of which one is the user\'s own' : ''}`
      + `${hasHomeFileSystem ? ' and one is SageMaker\'s for the home file system' : ''}. Put rules together in fewer groups`,
  });
}

const namesOfDomain = new WeakMap<IConstruct, Map<string, string>>();

/** Two profiles of one name would fail in the middle of a deployment. */
export function checkNewName(place: Construct, domain: IConstruct, userName: string): void {
  const other = namesOfDomain.get(domain)?.get(userName);
  if (other !== undefined) throwValidationError(place, { property: 'userName', value: userName, rule: `differ from the name of the user ${other}` });
}

/** Keeps the name of a user of a domain for this one. */
export function claimUserName(user: Construct, domain: IConstruct, userName: string): void {
  if (Token.isUnresolved(userName)) return;
  checkNewName(user, domain, userName);
  namesOfDomain.set(domain, (namesOfDomain.get(domain) ?? new Map<string, string>()).set(userName, user.node.path));
}
