import { Annotations, CfnDeletionPolicy, RemovalPolicy, Token } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup, ISubnet, IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDomain } from 'aws-cdk-lib/aws-sagemaker';
import { CfnApplicationAssignment } from 'aws-cdk-lib/aws-sso';
import { Construct, IDependable } from 'constructs';
import { HomeFileSystem } from './home-file-system';
import { warnOfDefaultRoute } from '../network/default-route';
import { checkGroupId, constructIdOfGroup } from '../private/identity-center';
import { InputCheck } from '../private/input-check';
import { throwValidationError } from '../private/invalid-input';
import { removalOf } from '../private/removal';
import { ANYTHING, checkRequired, listOf, ROLE } from '../private/required-input';
import { FixedSettings, StudioCleanUp } from './private/clean-up';
import { checkDomain, subnetsOf } from './private/domain-rules';
import { checkExistingDomain, requiredSettings, sayProfileSettings, urlOf } from './private/existing-domain';
import { ImportedStudioDomain } from './private/imported-studio-domain';
import { isolationStatements } from './private/isolation';
import { compareWithRecord } from './private/recorded-settings';
import { completeTrust } from './private/role-trust';
import { checkNewName } from './private/user-rules';
import { defaultSpaceSettings, defaultUserSettings } from './private/user-settings';
import { SecureStudioDomainProps } from './secure-studio-domain-props';
import { StudioAuthMode } from '../identity';
import { IStudioDomain, StudioDomainAttributes } from './studio-domain-reference';
import { StudioUser } from './studio-user';
import { StudioUserOptions } from './studio-user-props';
import { uniqueName } from '../private/unique-name';

/**
 * A SageMaker Studio domain whose applications run in your VPC only, on encrypted volumes, and stop when they are idle.
 *
 * It needs no environment around it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated.html
 */
export class SecureStudioDomain extends Construct implements IStudioDomain, IConnectable {
  /** Imports an existing domain, to which users can be added. */
  public static fromDomainAttributes(scope: Construct, id: string, attributes: StudioDomainAttributes): IStudioDomain {
    return new ImportedStudioDomain(scope, id, attributes);
  }

  /** Id of the domain, such as `d-abcdefgh1234`. */
  public readonly domainId: string;
  /** ARN of the domain. */
  public readonly domainArn: string;
  /** Name of a new domain, undefined for a domain that exists already. */
  public readonly domainName?: string;
  /**
   * URL of the domain.
   *
   * With `StudioAuthMode.IAM` users sign in by presigned URLs only.
   */
  public readonly domainUrl: string;
  /** Id of the home file system, if the domain has one. */
  public readonly homeFileSystemId?: string;
  /** True if the domain has a home file system. */
  public readonly hasHomeFileSystem: boolean;
  /** The VPC in which Studio applications run. */
  public readonly vpc: IVpc;
  /** The subnets in which Studio applications run. */
  public readonly subnets: ISubnet[];
  /** Authentication mode of the domain. */
  public readonly authMode: StudioAuthMode;
  /** Execution role of the applications of users without a role of their own. */
  public readonly executionRole: IRole;
  /** Security groups that every user has, beside their own. */
  public readonly sharedSecurityGroups: ISecurityGroup[];
  /** The network connections of the applications of all users. */
  public readonly connections: Connections;
  /** Users that were added here. */
  public readonly users: StudioUser[] = [];

  private readonly made?: CfnDomain;
  private readonly isDestroyed: boolean;
  private readonly rolePath?: string;

  constructor(scope: Construct, id: string, private readonly props: SecureStudioDomainProps) {
    super(scope, id);
    checkDomain(this, props);
    this.vpc = props.vpc;
    this.subnets = subnetsOf(this, props.vpc, props.subnets);
    const existing = props.existingDomain;
    this.authMode = existing?.authMode ?? props.authMode ?? StudioAuthMode.IAM;
    this.executionRole = props.executionRole;
    this.rolePath = props.names?.rolePath ?? props.roleOptions?.path;
    this.domainName = existing ? undefined : props.domainName ?? uniqueName(this, 63);
    this.isDestroyed = removalOf(this, props.removalPolicy) === RemovalPolicy.DESTROY;
    this.hasHomeFileSystem = existing?.hasHomeFileSystem ?? props.homeFileSystem?.isCreated ?? false;
    this.sharedSecurityGroups = existing?.sharedSecurityGroups ?? props.workloadSecurityGroups ?? [this.makeWorkloadGroup()];
    this.connections = new Connections({ securityGroups: this.sharedSecurityGroups });
    if (existing) this.take(existing, props);
    else this.made = this.make(props, this.domainName!);

    this.domainId = existing?.domainId ?? this.domain.attrDomainId;
    this.domainArn = existing?.domainArn ?? this.domain.attrDomainArn;
    this.domainUrl = existing ? urlOf(this, existing) : this.domain.attrUrl;
    completeTrust(this, 'executionRole', props.executionRole, this.vpc);
    completeTrust(this, 'sharedSpaceRole', props.sharedSpaceRole, this.vpc);
    this.homeFileSystemId = this.hasHomeFileSystem ? this.made?.attrHomeEfsFileSystemId : undefined;
  }

  /**
   * The domain.
   *
   * @throws for a domain that exists already
   */
  public get domain(): CfnDomain {
    return this.made ?? throwValidationError(this, {
      property: 'domain', value: this.domainId, rule: 'be one that is made here', remedy: 'The settings of an existing domain are its owner\'s: requiredDomainSettings says which it needs',
    });
  }

  /** Whether the domain existed before. @internal */
  public get _isGiven(): boolean {
    return this.made === undefined;
  }

  /**
   * Returns what the owner of a domain that exists already must have set, in the words of SageMaker's `DescribeDomain`.
   *
   * `AuthMode`, `VpcId` and `KmsKeyId` cannot be changed once a domain exists, the others can by `UpdateDomain`.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateDomain.html
   */
  public requiredDomainSettings(): Record<string, unknown> {
    return requiredSettings(this, this.subnets, this.props);
  }

  private take(existing: IStudioDomain, props: SecureStudioDomainProps): void {
    checkExistingDomain(this, existing, props);
    sayProfileSettings(this, { userSettings: defaultUserSettings(this, props, []), dependencies: props.images ?? [] });
    Annotations.of(this).addInfo('The given Studio domain stays as it is: requiredDomainSettings() says what its owner must set.');
  }

  private make(props: SecureStudioDomainProps, domainName: string): CfnDomain {
    const fixed = { DomainName: domainName, AuthMode: this.authMode, VpcId: props.vpc.vpcId, KmsKeyId: props.encryptionKey.keyArn };
    const cleanUp = this.makeCleanUp(props, fixed);
    const domain = this.makeDomain(props, domainName);
    domain.node.addDependency(cleanUp.beforeDomain(), ...props.images ?? []); // settings name images and nothing refers to their configurations
    cleanUp.afterDomain(domain);
    compareWithRecord(this, domain, fixed);
    return domain;
  }

  /**
   * Adds a user.
   *
   * @param userName name of the user profile, known at synthesis, else create a `StudioUser`
   * @returns the user
   */
  public addUser(userName: string, options: StudioUserOptions = {}): StudioUser {
    checkRequired(this, { userName }, { userName: ANYTHING });
    if (Token.isUnresolved(userName)) {
      throwValidationError(this, { property: 'userName', value: userName, rule: 'be known at synth', remedy: 'Make a StudioUser, whose construct id you give yourself' });
    }
    checkNewName(this, this, userName);
    const user = new StudioUser(this, `User-${userName}`, { ...options, domain: this, userName });
    this.users.push(user);
    return user;
  }

  /**
   * Lets the members of a group of IAM Identity Center sign in to a domain with `StudioAuthMode.IDENTITY_CENTER`.
   *
   * SageMaker makes a user profile for each of them, with the settings and the execution role of the domain. Who works with another
   * role is added by `addUser`.
   *
   * @param groupId id of the group
   * @throws for a domain with AuthMode IAM, or one that exists already
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-groups.html
   */
  public assignGroup(groupId: string): void {
    checkRequired(this, { groupId }, { groupId: ANYTHING });
    checkGroupId(new InputCheck(this), groupId)
      .that('authMode', this.authMode, (mode) => mode === StudioAuthMode.IDENTITY_CENTER, 'be SSO where groups sign in', 'Add users one by one, or make a domain with StudioAuthMode.IDENTITY_CENTER')
      .throwIfInvalid();
    const id = constructIdOfGroup(this, groupId);
    if (this.node.tryFindChild(id) !== undefined) return;
    new CfnApplicationAssignment(this, id, {
      applicationArn: this.domain.attrSingleSignOnApplicationArn, principalType: 'GROUP', principalId: groupId,
    });
  }

  /**
   * Denies roles of this domain access to resources that other domains of the account created.
   *
   * These are training jobs, models, pipelines and all other resources that SageMaker tags with `sagemaker:domain-arn`. The roles
   * cannot change the tag.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-resource-isolation.html
   */
  public isolateResources(roles: IRole[]): ManagedPolicy {
    checkRequired(this, { roles }, { roles: listOf(ROLE) });
    return new ManagedPolicy(this, 'ResourceIsolation', {
      description: 'Only what was made in this Studio domain, or outside of any',
      path: this.rolePath,
      roles,
      statements: this.isolationStatements,
    });
  }

  /** Returns the deny statements of `isolateResources`, for roles whose policies this app cannot change. */
  public get isolationStatements(): PolicyStatement[] {
    return isolationStatements(this.domainArn);
  }

  /** Looks after users who are added without a deployment, by what stays as long as there are any. Answers the function that does, if one does. @internal */
  public _cleansUpMembers(launching: IDependable[]): string | undefined {
    return StudioCleanUp.of(this)?.forMembers(this.domainId, launching);
  }

  /** The subnets decide where a connection to port 443 can lead; endpoints are let in by their own group. */
  private makeWorkloadGroup(): SecurityGroup {
    const group = new SecurityGroup(this, 'WorkloadSecurityGroup', {
      vpc: this.vpc,
      description: 'What all users of a Studio domain may reach',
      allowAllOutbound: false,
    });
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'TLS, as far as the subnets lead');
    warnOfDefaultRoute(this, this.vpc, this.subnets, 'Give workloadSecurityGroups, or take isolated subnets');
    return group;
  }

  private makeCleanUp(props: SecureStudioDomainProps, fixed: FixedSettings): StudioCleanUp {
    const { homeFileSystem = HomeFileSystem.none() } = props;
    return new StudioCleanUp(this, 'CleanUp', {
      fixed,
      vpc: this.vpc,
      subnets: this.subnets,
      homeFileSystem: homeFileSystem.isDestroyed && !this.isDestroyed ? HomeFileSystem.retain() : homeFileSystem,
      destroyContents: this.isDestroyed,
      names: props.names,
      roleOptions: props.roleOptions,
      options: props.cleanUp ?? {},
    });
  }

  private makeDomain(props: SecureStudioDomainProps, domainName: string): CfnDomain {
    const groups = this.sharedSecurityGroups.map((group) => group.securityGroupId);
    const domain = new CfnDomain(this, 'Resource', {
      domainName,
      authMode: this.authMode,
      vpcId: this.vpc.vpcId,
      subnetIds: this.subnets.map((subnet) => subnet.subnetId),
      appNetworkAccessType: 'VpcOnly',
      kmsKeyId: props.encryptionKey.keyArn,
      tagPropagation: 'ENABLED',
      domainSettings: {
        executionRoleIdentityConfig: 'USER_PROFILE_NAME',
        dockerSettings: { enableDockerAccess: 'DISABLED' },
      },
      defaultUserSettings: defaultUserSettings(this, props, groups),
      defaultSpaceSettings: props.sharedSpaceRole && defaultSpaceSettings(this, props, props.sharedSpaceRole, groups),
    });
    // CDK knows this property from 2.258 on; the library works with 2.257.
    domain.addPropertyOverride('HomeEfsFileSystemCreation', this.hasHomeFileSystem ? 'Enabled' : 'Disabled');
    // People's work is guarded by the clean-up: an empty domain that stays would only outlive its VPC, key and role.
    domain.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
    domain.cfnOptions.updateReplacePolicy = this.isDestroyed ? CfnDeletionPolicy.DELETE : CfnDeletionPolicy.RETAIN;
    return domain;
  }
}
