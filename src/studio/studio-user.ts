import { CfnSecurityGroupIngress, CfnSecurityGroupIngressProps, Connections, IConnectable, ISecurityGroup, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnUserProfile } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { StudioAuthMode } from '../identity';
import { checkRequired, GRANTEE } from '../private/required-input';
import { StudioCleanUp } from './private/clean-up';
import { profileSettingsOf } from './private/existing-domain';
import { STUDIO_PORTS } from './private/ports';
import { completeTrust } from './private/role-trust';
import { checkUser, claimUserName } from './private/user-rules';
import { IStudioDomain } from './studio-domain-reference';
import { StudioUserProps } from './studio-user-props';
import { arnIn } from '../private/arn';
import { ownReference } from '../private/own-reference';

/**
 * A user of a Studio domain: a user profile and a security group of its own.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-user-profile.html
 */
export class StudioUser extends Construct implements IConnectable {
  /** Name of the user profile. */
  public readonly userName: string;
  /** ARN of the user profile. */
  public readonly userProfileArn: string;
  /** The user profile. */
  public readonly profile: CfnUserProfile;
  /**
   * Security group of the user, which allows Studio's ports within itself and nothing else.
   *
   * SageMaker adds a group of its own that leads to a home file system.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UserSettings.html
   */
  public readonly securityGroup: ISecurityGroup;
  /** The network connections of the user's applications. */
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, props: StudioUserProps) {
    super(scope, id);
    checkUser(this, props);
    claimUserName(this, props.domain, props.userName);
    this.userName = props.userName;
    this.securityGroup = this.ownSecurityGroup(props.domain);
    this.connections = new Connections({ securityGroups: [this.securityGroup] });
    this.profile = this.makeProfile(props);
    this.userProfileArn = arnIn(this, 'sagemaker', `user-profile/${props.domain.domainId}/${props.userName}`);
    completeTrust(this, 'executionRole', props.executionRole, props.domain.vpc);
    StudioCleanUp.of(props.domain)?.forUser(this, this.profile);
  }

  /**
   * Grants permission to open Studio as this user, by `sagemaker:CreatePresignedDomainUrl` on the user profile.
   *
   * Only domains with `StudioAuthMode.IAM` create presigned URLs.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html
   */
  public grantOpenStudio(grantee: IGrantable): Grant {
    checkRequired(this, { grantee }, { grantee: GRANTEE });
    return Grant.addToPrincipal({ grantee, actions: ['sagemaker:CreatePresignedDomainUrl'], resourceArns: [this.userProfileArn] });
  }

  private ownSecurityGroup(domain: IStudioDomain): SecurityGroup {
    const group = new SecurityGroup(this, 'SecurityGroup', {
      vpc: domain.vpc,
      description: 'Studio ports of one user',
      allowAllOutbound: false,
    });
    const [shared] = domain.sharedSecurityGroups;
    // By itself: the CDK would name the group twice in the id of the rule, and by an attribute. What stands there for each user counts.
    new CfnSecurityGroupIngress(group, 'Itself', {
      ...STUDIO_PORTS.toRuleJson() as Pick<CfnSecurityGroupIngressProps, 'ipProtocol' | 'fromPort' | 'toPort'>,
      groupId: this.idOf(group),
      sourceSecurityGroupId: this.idOf(group),
    });
    // Every application has the shared group, and only those of this user let the user in. A rule to another group is no resource
    // of its own, of which a stack with many users could hold too few; and one at least takes EC2's allow-all rule away.
    group.addEgressRule(shared === undefined ? group : Peer.securityGroupId(this.idOf(shared)), STUDIO_PORTS, 'Own applications');
    if (shared === undefined) group.addEgressRule(Peer.ipv4('127.0.0.1/32'), Port.allTraffic(), 'Nothing else');
    return group;
  }

  private idOf(group: ISecurityGroup): string {
    return ownReference(this, group, group.securityGroupId);
  }

  private makeProfile(props: StudioUserProps): CfnUserProfile {
    // SageMaker adds the groups of the domain's default settings, which are the shared ones.
    const groups = [this.securityGroup, ...props.securityGroups ?? []].filter((group) => !props.domain.sharedSecurityGroups.includes(group));
    const settings = profileSettingsOf(props.domain);
    const profile = new CfnUserProfile(this, 'Resource', {
      domainId: ownReference(this, props.domain, props.domain.domainId),
      userProfileName: props.userName,
      userSettings: {
        ...settings?.userSettings,
        executionRole: props.executionRole?.roleArn ?? settings?.userSettings.executionRole,
        securityGroups: [...new Set(groups)].map((group) => this.idOf(group)),
      },
      ...signOn(props),
    });
    if (settings) profile.node.addDependency(...settings.dependencies);
    fixTags(profile, props.tags);
    return profile;
  }
}

function signOn({ domain, singleSignOnUser, userName }: StudioUserProps) {
  if (domain.authMode !== StudioAuthMode.IDENTITY_CENTER) return {};
  return { singleSignOnUserIdentifier: 'UserName', singleSignOnUserValue: singleSignOnUser ?? userName };
}

/** Sources disagree on whether another tag replaces a profile, so no aspect may add one: an override has the last word. */
function fixTags(profile: CfnUserProfile, tags: Record<string, string> = {}): void {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  if (list.length > 0) profile.addPropertyOverride('Tags', list);
  else profile.addPropertyDeletionOverride('Tags');
}
