import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { BucketUse } from './bucket-use';
import { KeyUse } from './key-use';
import { ServiceTrust } from './service-trust';
import { EnvironmentParameter, EnvironmentNames, EnvironmentRole } from '../names';
import { DeploymentStage } from '../stages';
import { Arns } from './statements/arns';
import { ImageSources } from './statements/container-statements';

/**
 * Everything that is said of one role, in the order in which a reviewer asks. The role's own policies, those of buckets and keys,
 * its parameter and the tables of the READMEs are made from it.
 */
export interface RoleCard<Context extends object = RoleContext> {
  /** The role, and so its name. */
  readonly role: EnvironmentRole;
  /** Id of its construct. */
  readonly id: string;
  /** What IAM shows of it. */
  readonly description: string;
  /** With what it comes, where not every environment has it. */
  readonly onlyWith?: 'stages' | 'promotion' | 'batch inference' | 'mlflow' | 'shared spaces' | 'feature store' | 'image builds' | 'members' | 'destroyed data';
  /** Services, or people, whom `Personas` says more about. */
  readonly assumedBy: readonly ServiceTrust[] | 'people';
  /** Whom people become who assume it, as in "a data scientist". */
  readonly person?: string;
  /** The role that a person's Studio works as. */
  readonly worksAs?: EnvironmentRole;

  /** What it may do, besides the objects of buckets. */
  readonly may: (context: Context) => PolicyStatement[];
  /** What it may do besides in a domain, and not by what the environment's names begin with. */
  readonly mayInDomain?: (context: Context, domainArn: string) => PolicyStatement[];
  /** What it may do besides where spaces are shared. */
  readonly mayShareSpaces?: (context: Context) => PolicyStatement[];
  /** Which products of Service Catalog it may launch. */
  readonly mayLaunch?: 'projects' | 'environments';
  /** What it may do with the product from which members are added, where there is one. */
  readonly mayManageMembers?: (productArn: string) => PolicyStatement[];
  /** What launching projects takes whose templates are in a bucket. */
  readonly mayLaunchFromS3?: (context: Context, launchRoleArn: string, templateUrls: string) => PolicyStatement[];
  /** What it may do with the MLflow tracking server, where there is one, in the network of this VPC. */
  readonly mayTrack?: (context: Context, vpcId: string) => PolicyStatement[];
  /** What it may do with feature groups, where there are any. */
  readonly mayUseFeatures?: (context: Context, store: FeatureStoreParts) => PolicyStatement[];
  /** Which buckets it uses, and so which of their keys, through Amazon S3. */
  readonly buckets: readonly BucketUse[];
  /** Which keys it uses besides, through which services. */
  readonly keys?: readonly KeyUse[];
  /** Whether data that is not the environment's is opened to it, where people name some. */
  readonly usesDataSources?: boolean;
  /** Whether it reads the packages of the environment's index, where there is one. */
  readonly installsPackages?: boolean;
  /** Whether it clones the repositories of CodeCommit that Studio offers. */
  readonly clonesRepositories?: boolean;
  /** Which roles it passes, by the service that gets them. */
  readonly passes?: Readonly<Record<string, readonly EnvironmentRole[]>>;

  /** Whether guardrails deny it what is not in the network, encrypted, and limited. */
  readonly isGuarded?: boolean;
  /** Whether what other domains of the account have made is denied to it. */
  readonly isIsolated?: boolean;
  /** Actions that none of its policies allows, whatever else it is granted. */
  readonly never: readonly string[];

  /** The parameter that publishes its ARN. */
  readonly publishedAs?: EnvironmentParameter;
}

/** What the permissions of a role are about. */
export interface RoleContext {
  readonly scope: Construct;
  /** The names of the environment. */
  readonly names: EnvironmentNames;
  readonly arns: Arns;
}

/** What the permissions of the roles are about that SageMaker runs things with. */
export interface ExecutionContext extends RoleContext {
  /** The subnets in which work runs. */
  readonly subnets: ISubnet[];
  readonly volumeKey: IKey;
  readonly studioStorageKey: IKey;
  /** The keys with which jobs may encrypt what they write. */
  readonly outputKeys: IKey[];
  /** Where images come from. */
  readonly images: ImageSources;
}

/** What permissions on feature groups are about. */
export interface FeatureStoreParts {
  /** ARN of the key of their stores. */
  readonly keyArn: string;
  /** The VPC from which records are read and written. */
  readonly vpcId: string;
}

/** What the permissions of personas are about. */
export interface PersonaContext extends RoleContext {
  readonly domainId: string;
  /** The groups that everybody's profile has. */
  readonly securityGroups: ISecurityGroup[];
  readonly deploymentStages: DeploymentStage[];
  /** The policy variable that holds the name of one's user profile, where a session says whose it is. */
  readonly profileVariable?: string;
  /** Public address ranges from which Studio is opened; from anywhere where there are none. */
  readonly sourceCidrs: string[];
}

/** What the permissions of the roles are about that work for projects. */
export interface ProjectContext extends RoleContext {
  /** The subnets in which builds run. */
  readonly subnets: ISubnet[];
  readonly deploymentStages: DeploymentStage[];
}

/** What the permissions of the roles are about that make container images. */
export interface ImageContext extends ProjectContext {
  /** Where images come from that others are built upon. */
  readonly images: ImageSources;
  /** ARN of the AWS Signer profile with which released images are signed, where they are. */
  readonly signingProfileArn?: string;
}

/** What permissions on members are about. */
export interface MemberContext extends RoleContext {
  readonly domainId: string;
  readonly vpcId: string;
  /** ARN of the function that empties what a member leaves. */
  readonly cleanUpArn: string;
  /** Whether members sign in by IAM Identity Center. */
  readonly signsInByPortal?: boolean;
}

/** What a card says of the roles that are passed, by the service that gets them. */
interface Passing<Role> {
  readonly passes?: Readonly<Record<string, readonly Role[]>>;
}

/** Passing roles to services, and to no others. */
export function passing<Role>({ passes = {} }: Passing<Role>, arnsOf: (roles: readonly Role[]) => string[]): PolicyStatement[] {
  return Object.entries(passes).map(([service, roles]): [string, string[]] => [service, arnsOf(roles)]).filter(([, arns]) => arns.length > 0)
    .map(([service, resources]) => new PolicyStatement({
      actions: ['iam:PassRole'], resources, conditions: { StringEquals: { 'iam:PassedToService': `${service}.amazonaws.com` } },
    }));
}
