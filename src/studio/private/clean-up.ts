import { Aws, CustomResource, Lazy, Stack, Token } from 'aws-cdk-lib';
import { IVpc, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnDomain, CfnUserProfile } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IConstruct, IDependable } from 'constructs';
import { CLEAN_UP } from './acknowledgements';
import { EnvironmentNames } from '../../names/environment-names';
import { EnvironmentParameter } from '../../names/environment-parameter';
import { EnvironmentRoleOptions } from '../../names/role-options';
import { acknowledge } from '../../private/acknowledgements';
import { InlineHandler } from '../../private/inline-handler';
import { settingsOf } from '../../private/role-settings';
import { deletesWork, emptiesDomain, STUDIO_CLEAN_UP } from '../../roles/studio-clean-up';
import { HomeFileSystem } from '../home-file-system';
import { StudioCleanUpOptions } from '../studio-clean-up-options';
import { CLEAN_UP_TIMEOUT, USER_CONTENTS } from '../user-contents';

/** What a domain cannot change once it is made: CloudFormation would replace it. */
export interface FixedSettings {
  readonly DomainName: string;
  readonly AuthMode: string;
  readonly VpcId: string;
  readonly KmsKeyId: string;
}

export interface StudioCleanUpProps {
  readonly fixed: FixedSettings;
  readonly vpc: IVpc;
  readonly subnets: ISubnet[];
  readonly homeFileSystem: HomeFileSystem;
  readonly destroyContents: boolean;
  readonly names?: EnvironmentNames;
  readonly roleOptions?: EnvironmentRoleOptions;
  readonly options: StudioCleanUpOptions;
}

/** Who cleans up after which domain; users in other stacks ask for it as well. */
const cleanUps = new WeakMap<IConstruct, StudioCleanUp>();

/**
 * Makes a domain deletable, in the order that CloudFormation derives from the dependencies: what users have, their
 * profiles, what else is in the domain, the domain, what SageMaker left behind.
 */
export class StudioCleanUp extends Construct {
  public static of(domain: IConstruct): StudioCleanUp | undefined {
    return cleanUps.get(domain);
  }

  private readonly handler: InlineHandler;
  private readonly recordName: string;
  private readonly removalPolicy: string;
  private readonly userNames: string[] = [];
  private readonly usersHere: string[] = [];
  private contents?: CustomResource;
  private userContents?: CustomResource;

  constructor(scope: Construct, id: string, private readonly props: StudioCleanUpProps) {
    super(scope, id);
    acknowledge(this, CLEAN_UP);
    cleanUps.set(scope, this);
    this.removalPolicy = props.destroyContents ? 'destroy' : 'retain';
    this.recordName = props.names?.parameterName(EnvironmentParameter._CLEAN_UP)
      ?? `/cdk-secure-mlops/studio-clean-up/${Aws.STACK_NAME}/${this.node.addr}`;
    this.handler = this.makeHandler();
  }

  private makeHandler(): InlineHandler {
    const { vpc, options: { logsKey, securityGroups, subnets = this.props.subnets, dependencies = [] }, homeFileSystem } = this.props;
    const handler = new InlineHandler(this, 'Handler', {
      handler: 'studio-clean-up',
      description: STUDIO_CLEAN_UP.description,
      timeout: CLEAN_UP_TIMEOUT,
      statements: STUDIO_CLEAN_UP.may({ scope: this, vpcId: vpc.vpcId, recordName: this.recordName, deletesFileSystem: homeFileSystem.isDestroyed }),
      role: settingsOf(this, STUDIO_CLEAN_UP.role, this.props.names, this.props.roleOptions),
      logsKey,
      network: securityGroups && { vpc, subnets, securityGroups },
    });
    // In a VPC the function needs its way out until its last answer is given.
    handler.node.addDependency(...dependencies);
    return handler;
  }

  /** What goes last, and so is made and updated before the domain: there it can refuse what would replace the domain. */
  public beforeDomain(): CustomResource {
    return this.handler.customResource(this, 'Remains', 'Custom::StudioDomainRemains', {
      ...this.props.fixed,
      SubnetIds: this.props.subnets.map((subnet) => subnet.subnetId),
      HomeFileSystem: this.props.homeFileSystem.isDestroyed ? 'destroy' : 'retain',
      Record: this.recordName,
      // A name that is written in the app changes with the app alone, which says so.
      EnvironmentName: Token.isUnresolved(this.props.names?.environmentName) ? this.props.names?.environmentName : undefined,
    });
  }

  /** What goes before the domain, after the profiles that this app made. */
  public afterDomain(domain: CfnDomain): void {
    // Apart from the handler's own policy: the domain depends on the handler, so that one cannot name the domain.
    const policy = this.handler.addPolicy(this, 'ContentsPolicy', 'Empties a Studio domain before it is deleted',
      emptiesDomain(this, domain.attrDomainId, this.props.destroyContents));
    this.contents = this.handler.customResource(this, 'Contents', 'Custom::StudioDomainContents', {
      DomainId: domain.attrDomainId,
      // Without a file system the domain has no such attribute.
      FileSystemId: this.props.homeFileSystem.isCreated ? domain.attrHomeEfsFileSystemId : undefined,
      RemovalPolicy: this.removalPolicy,
      Record: this.recordName,
      // What is removed is deleted last, when no failure stops the deployment any more: here it is refused in time.
      UserProfileNames: Lazy.list({ produce: () => this.userNames }, { omitEmpty: true }),
    });
    this.contents.node.addDependency(...policy);
  }

  /**
   * What goes before a user's profile: what the user has. All users of a stack have one resource together, of which a stack holds 500;
   * one whose name a form says may not exist.
   */
  public forUser(scope: Construct, profile: CfnUserProfile): void {
    if (this.contents) profile.node.addDependency(this.contents);
    const isHere = Stack.of(scope) === Stack.of(this);
    // A name that another stack knows would make the stacks depend on each other.
    if (!Token.isUnresolved(profile.userProfileName) || isHere) this.userNames.push(profile.userProfileName);
    if (isHere && !Token.isUnresolved(profile.userProfileName)) {
      this.usersHere.push(profile.userProfileName);
      this.userContents ??= this.contentsOfUsers(this, 'UserContents', profile.domainId, this.usersHere);
      this.userContents.node.addDependency(profile);
    } else {
      this.contentsOfUsers(scope, 'Contents', profile.domainId, [profile.userProfileName]).node.addDependency(profile);
    }
  }

  /**
   * Looks after users whom people add without a deployment, each in a stack of its own: those choose when a user goes whether
   * the work goes along. What adds and removes them stays until nobody is left in the domain.
   */
  public forMembers(domainId: string, launching: IDependable[]): string {
    if (!this.props.destroyContents) this.handler.addPolicy(this, 'MembersPolicy', 'Deletes what a member leaves in Studio, by choice', deletesWork(this, domainId));
    this.contents?.node.addDependency(...launching);
    return this.handler.function.functionArn;
  }

  private contentsOfUsers(scope: Construct, id: string, domainId: string, names: string[]): CustomResource {
    return this.handler.customResource(scope, id, USER_CONTENTS, {
      DomainId: domainId,
      UserProfileNames: Lazy.list({ produce: () => names }),
      RemovalPolicy: this.removalPolicy,
    });
  }
}
