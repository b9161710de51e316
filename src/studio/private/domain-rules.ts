import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { checkCodeRepositories } from './code-repositories';
import { HIDEABLE_TOOLS } from './tools';
import { checkGroups } from './user-rules';
import { DEFAULT_VOLUME, LARGEST_VOLUME, startingInstanceType } from './user-settings';
import { isPendingLookUp } from '../../network/pending-look-up';
import { checkKnownNumber } from '../../network/subnet-rules';
import { InputCheck } from '../../private/input-check';
import { INSTANCE_TYPE, isAmong, warnOfUnknownTypes } from '../../private/instance-type';
import { checkKey } from '../../private/key-rules';
import { checkRequired, KEY, ROLE, VPC } from '../../private/required-input';
import { SecureStudioDomainProps } from '../secure-studio-domain-props';
import { StudioApplication } from '../studio-application';
import { StudioCleanUpOptions } from '../studio-clean-up-options';
import { SpaceVolumes } from '../studio-options';

/** Every rule on the props of a domain, told together. */
export function checkDomain(domain: Construct, props: SecureStudioDomainProps): void {
  checkRequired(domain, props, { vpc: VPC, encryptionKey: KEY, executionRole: ROLE });
  const subnets = isPendingLookUp(props.vpc) ? undefined : props.subnets?.map((subnet) => subnet.node.path);
  const check = new InputCheck(domain)
    .matches('domainName', props.domainName, /^(?=.{1,63}$)[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, 'be 1–63 letters, digits and hyphens, with a letter or digit at both ends')
    .notEmpty('subnets', subnets)
    .atMost('subnets', subnets, 16)
    .notEmpty('applications', props.applications)
    .unique('applications', props.applications)
    .notEmpty('instanceTypes', props.instanceTypes)
    .unique('instanceTypes', props.instanceTypes)
    .every('instanceTypes', props.instanceTypes, (type) => Token.isUnresolved(type) || INSTANCE_TYPE.test(type),
      'be instance types of SageMaker, such as ml.t3.medium, or families such as ml.m5.*')
    .that('instanceTypes', props.instanceTypes, startsOnSomething, 'have a type that a space can start on',
      'Name one, such as ml.t3.medium')
    .unique('hiddenTools', props.hiddenTools)
    .every('hiddenTools', props.hiddenTools, (tool) => Token.isUnresolved(tool) || HIDEABLE_TOOLS.includes(tool), `be of ${HIDEABLE_TOOLS.join(', ')}`)
    .notEmpty('workloadSecurityGroups', props.workloadSecurityGroups)
    .that('removalPolicy', props.removalPolicy, (policy) => [RemovalPolicy.DESTROY, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE].includes(policy), 'be RETAIN or DESTROY',
      'There are no snapshots of a domain, and CloudFormation never replaces one')
    .that('encryptionKey', props.encryptionKey, (key) => sameRegion(domain, key.env.region), 'be in the region of the stack', 'Replicate the key or give one of that region')
    .that('executionRole', props.executionRole, (role) => sameAccount(domain, role.env.account), 'be in the account of the stack', 'Give a role of that account, or leave it out');
  checkKey(check, 'encryptionKey', props.encryptionKey);
  checkVolumes(check, props.spaceVolumes);
  checkScripts(check, props);
  checkCodeRepositories(check, props);
  checkRemoval(check, props);
  checkCleanUp(check, props.cleanUp);
  check.throwIfInvalid();
  warnOfUnknownTypes(domain, 'instanceTypes', props.instanceTypes);
  checkGroups(domain, 'workloadSecurityGroups', props.workloadSecurityGroups ?? [], props.homeFileSystem?.isCreated ?? false, 0);
}

function startsOnSomething(types: string[]): boolean {
  return types.length === 0 || startingInstanceType(types) !== undefined || types.some((type) => isAmong('ml.t3.medium', [type]));
}

/** The subnets to use, none of which may be public: Studio gives its network interfaces no public address. */
export function subnetsOf(domain: Construct, vpc: IVpc, given?: ISubnet[]): ISubnet[] {
  const usual = (vpc.isolatedSubnets.length > 0 ? vpc.isolatedSubnets : vpc.privateSubnets).slice(0, 16);
  // Asked for by name or filter, a VPC that is still to be looked up has none.
  if (isPendingLookUp(vpc)) return given && given.length > 0 ? given : usual;
  const subnets = given ?? usual;
  const open = subnets.filter((subnet) => vpc.publicSubnets.includes(subnet)).map((subnet) => subnet.node.path);
  const check = checkKnownNumber(new InputCheck(domain), 'subnets', subnets);
  if (open.length > 0) check.report('subnets', open, 'not be public', 'Studio\'s applications get no public address, so a public subnet leads them nowhere');
  if (subnets.length === 0) check.report('vpc', vpc, 'have isolated or private subnets', 'Give such subnets');
  check.throwIfInvalid();
  return subnets;
}

function checkVolumes(check: InputCheck, { defaultSize, maximumSize }: SpaceVolumes = {}): void {
  check
    .gibibytesBetween('spaceVolumes.defaultSize', defaultSize, 5, 16_384)
    .gibibytesBetween('spaceVolumes.maximumSize', maximumSize, 5, 16_384);
  const [least, most] = [defaultSize ?? DEFAULT_VOLUME, maximumSize ?? LARGEST_VOLUME];
  if (!least.isUnresolved() && !most.isUnresolved() && least.toBytes() > most.toBytes()) {
    check.report('spaceVolumes.defaultSize', `${least.toGibibytes()} GiB`, `be at most spaceVolumes.maximumSize (${most.toGibibytes()} GiB)`);
  }
}

function checkScripts(check: InputCheck, { lifecycleConfigurations = [], pipIndex, images = [], applications }: SecureStudioDomainProps): void {
  const offered = applications ?? Object.values(StudioApplication);
  for (const application of Object.values(StudioApplication)) {
    const byDefault = lifecycleConfigurations.filter((one) => one.application === application && one.runByDefault);
    if (byDefault.length > 1) {
      check.report('lifecycleConfigurations', byDefault.map((one) => one.node.path), `have at most one that runs by default in ${application}`, 'Leave runByDefault out of the others, or put the scripts together');
    }
  }
  const stray = [...lifecycleConfigurations, ...images].filter((one) => !offered.includes(one.application)).map((one) => one.node.path);
  if (stray.length > 0) check.report('applications', offered, `include what ${stray.join(', ')} is for`, 'Add that application, or leave out what is for it');
  check.that('pipIndex', pipIndex, () => offered.length > 0, 'have an application to be used in', 'Offer an application, or leave out the index');
}

function checkRemoval(check: InputCheck, { homeFileSystem, removalPolicy }: SecureStudioDomainProps): void {
  if (homeFileSystem?.isDestroyed && removalPolicy !== RemovalPolicy.DESTROY) {
    check.report('homeFileSystem', 'HomeFileSystem.destroy()', 'be none() or retain() unless removalPolicy is DESTROY',
      'People\'s work cannot be retained and destroyed at once');
  }
}

function checkCleanUp(check: InputCheck, { securityGroups, subnets, dependencies = [] }: StudioCleanUpOptions = {}): void {
  check
    .that('cleanUp.subnets', subnets?.map(({ node }) => node.path), () => securityGroups !== undefined, 'be given together with cleanUp.securityGroups', 'Give both, or neither for a function outside of the VPC')
    .that('cleanUp.securityGroups', securityGroups?.map(({ node }) => node.path), () => dependencies.length > 0, 'be given together with cleanUp.dependencies',
      'Name the endpoints that the function calls: without them its last response is lost, and the deletion of the stack hangs');
}

function sameRegion(scope: Construct, region: string): boolean {
  const own = Stack.of(scope).region;
  return Token.isUnresolved(region) || Token.isUnresolved(own) || region === own;
}

function sameAccount(scope: Construct, account: string): boolean {
  const own = Stack.of(scope).account;
  return Token.isUnresolved(account) || Token.isUnresolved(own) || account === own;
}
