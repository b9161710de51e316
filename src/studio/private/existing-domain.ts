import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnDomain } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IConstruct, IDependable } from 'constructs';
import { isPendingLookUp } from '../../network/pending-look-up';
import { InputCheck } from '../../private/input-check';
import { throwValidationError } from '../../private/invalid-input';
import { SecureStudioDomainProps } from '../secure-studio-domain-props';
import { IStudioDomain } from '../studio-domain-reference';

/** What the profile of a user of an existing domain has, because nothing says that the domain has it. */
export interface ProfileSettings {
  readonly userSettings: CfnDomain.UserSettingsProperty;
  readonly dependencies: IDependable[];
}

const SETTINGS = new WeakMap<IConstruct, ProfileSettings>();

/** Says what profiles of users of a domain have. */
export function sayProfileSettings(domain: IConstruct, settings: ProfileSettings): void {
  SETTINGS.set(domain, settings);
}

/** What profiles of users of a domain have, or nothing where the domain itself has it. */
export function profileSettingsOf(domain: IConstruct): ProfileSettings | undefined {
  return SETTINGS.get(domain);
}

const TAKEN = new WeakMap<IConstruct, Map<string, string>>();
const ITS_OWN = 'It cannot be changed once the domain exists';

/** Refuses a domain that exists already and cannot stand in for a new one. */
export function checkExistingDomain(scope: Construct, domain: IStudioDomain, props: SecureStudioDomainProps): void {
  const { workloadSecurityGroups = [], vpc } = props;
  const check = new InputCheck(scope)
    .notBoth('existingDomain', domain.domainId, 'domainName', props.domainName, ITS_OWN)
    .notBoth('existingDomain', domain.domainId, 'homeFileSystem', props.homeFileSystem, 'Import the domain with hasHomeFileSystem')
    .that('authMode', props.authMode, (mode) => mode === domain.authMode, `be ${domain.authMode}, as that of the existing domain`, ITS_OWN);
  const isAnother = Token.compareStrings(domain.vpc.vpcId, vpc.vpcId) === TokenComparison.DIFFERENT;
  if (isAnother && !isPendingLookUp(vpc) && !isPendingLookUp(domain.vpc)) {
    check.report('existingDomain', domain.vpc.vpcId, `be in the VPC ${vpc.vpcId}`, `${ITS_OWN}: give EnvironmentNetwork.fromVpc that VPC`);
  }
  for (const group of workloadSecurityGroups.filter((one) => !isAmong(one, domain.sharedSecurityGroups))) {
    check.report('existingDomain', group, 'have the security group of people in its default settings, and be imported with it (sharedSecurityGroups)',
      'Give EnvironmentNetwork.fromVpc a studioSecurityGroup that exists already');
  }
  check.throwIfInvalid();
  claim(scope, domain);
}

function isAmong(group: ISecurityGroup, groups: ISecurityGroup[]): boolean {
  return groups.some((one) => one === group || one.securityGroupId === group.securityGroupId);
}

/** Administrators of an environment manage everybody's profiles and applications in its domain. */
function claim(scope: Construct, { domainId }: IStudioDomain): void {
  const taken = TAKEN.get(scope.node.root) ?? new Map<string, string>();
  const other = taken.get(domainId);
  if (other !== undefined) {
    throwValidationError(scope, {
      property: 'existingDomain', value: domainId, rule: `be another than that of ${other}`, remedy: 'Administrators manage everybody in their domain, so each environment needs its own',
    });
  }
  TAKEN.set(scope.node.root, taken.set(domainId, scope.node.path));
}

/** What an existing domain must be, in the words of SageMaker's API. */
export function requiredSettings(
  domain: IStudioDomain, subnets: ISubnet[], { encryptionKey, executionRole, sharedSpaceRole }: SecureStudioDomainProps,
): Record<string, unknown> {
  const SecurityGroups = domain.sharedSecurityGroups.map(({ securityGroupId }) => securityGroupId);
  return {
    AuthMode: domain.authMode,
    VpcId: domain.vpc.vpcId,
    KmsKeyId: encryptionKey.keyArn,
    SubnetIds: subnets.map(({ subnetId }) => subnetId),
    AppNetworkAccessType: 'VpcOnly',
    TagPropagation: 'ENABLED',
    DomainSettings: { ExecutionRoleIdentityConfig: 'USER_PROFILE_NAME', DockerSettings: { EnableDockerAccess: 'DISABLED' } },
    DefaultUserSettings: { ExecutionRole: executionRole.roleArn, SecurityGroups }, // profiles that administrators make have the domain's role
    ...sharedSpaceRole && { DefaultSpaceSettings: { ExecutionRole: sharedSpaceRole.roleArn, SecurityGroups } },
  };
}

/** Where people sign in. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeDomain.html */
export function urlOf(scope: Construct, { domainId }: IStudioDomain): string {
  return `https://${domainId}.studio.${Stack.of(scope).region}.sagemaker.aws`;
}
