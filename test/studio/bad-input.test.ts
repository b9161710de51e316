import { Duration, RemovalPolicy, Size, Token } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as fc from 'fast-check';
import { OwnParts } from './fixture';
import { IdleShutdown, SecureStudioDomain, SecureStudioDomainProps, StudioApplication, StudioLifecycleConfiguration, StudioPackageIndex } from '../../src/studio';

const refused = (props: Partial<SecureStudioDomainProps>, message: string) => expect(() => new OwnParts().domain(props)).toThrow(message);

test('a malformed instance type', () => refused({ instanceTypes: ['ml.t3.medium', 't3.large'] },
  '[Stack/Studio] instanceTypes must be instance types of SageMaker, such as ml.t3.medium, or families such as ml.m5.*, got ["t3.large"]'));
test('no instance type at all', () => refused({ instanceTypes: [] }, '[Stack/Studio] instanceTypes must have at least one element, got []'));
test('no application at all', () => refused({ applications: [] }, '[Stack/Studio] applications must have at least one element, got []'));
test('a removal policy that no domain has', () => refused({ removalPolicy: RemovalPolicy.SNAPSHOT }, '[Stack/Studio] removalPolicy must be RETAIN or DESTROY, got "snapshot"'));
test('volumes that start larger than they may become', () => refused({ spaceVolumes: { defaultSize: Size.gibibytes(200) } },
  '[Stack/Studio] spaceVolumes.defaultSize must be at most spaceVolumes.maximumSize (100 GiB), got "200 GiB"'));
test('every mistake at once', () => {
  refused({ domainName: '-x', spaceVolumes: { maximumSize: Size.gibibytes(4) } }, 'domainName must be 1–63 letters');
  refused({ domainName: '-x', spaceVolumes: { maximumSize: Size.gibibytes(4) } }, 'spaceVolumes.maximumSize must be a whole number of GiB between 5 and 16384, got "4 GiB"');
});

test('public subnets', () => {
  const own = new OwnParts();
  expect(() => own.domain({ subnets: own.vpc.publicSubnets.slice(0, 1) })).toThrow(
    '[Stack/Studio] subnets must not be public, got ["Stack/Vpc/publicSubnet1"]. Studio\'s applications get no public address, so a public subnet leads them nowhere');
});

test('more than 16 subnets', () => {
  const own = new OwnParts();
  expect(() => own.domain({ subnets: Array(17).fill(own.vpc.isolatedSubnets[0]) })).toThrow('[Stack/Studio] subnets must have at most 16 elements');
});

test('a given VPC without subnets to choose from', () => {
  const own = new OwnParts();
  const vpc = Vpc.fromVpcAttributes(own.stack, 'Given', { vpcId: 'vpc-1', availabilityZones: ['eu-west-1a'] });
  expect(() => own.domain({ vpc })).toThrow('[Stack/Studio] vpc must have isolated or private subnets, got Stack/Given. Give such subnets');
});

test('more than five shared security groups', () => {
  const own = new OwnParts();
  const workloadSecurityGroups = [...Array(6).keys()].map((i) => new SecurityGroup(own.stack, `Group${i}`, { vpc: own.vpc }));
  expect(() => own.domain({ workloadSecurityGroups })).toThrow('[Stack/Studio] workloadSecurityGroups must be at most 5 together with the shared ones');
});

test('a key of another region, a role of another account', () => {
  const own = new OwnParts({ env: { account: '111111111111', region: 'eu-west-1' } });
  const encryptionKey = Key.fromKeyArn(own.stack, 'Far', 'arn:aws:kms:us-east-1:111111111111:key/1234');
  const executionRole = Role.fromRoleArn(own.stack, 'Foreign', 'arn:aws:iam::222222222222:role/foreign');
  expect(() => own.domain({ encryptionKey })).toThrow('[Stack/Studio] encryptionKey must be in the region of the stack, got Stack/Far');
  expect(() => own.domain({ executionRole }, 'Other')).toThrow('[Stack/Other] executionRole must be in the account of the stack, got Stack/Foreign');
});

test('two scripts that both run by default', () => {
  const own = new OwnParts();
  const script = (id: string) => new StudioLifecycleConfiguration(own.stack, id, { application: StudioApplication.JUPYTER_LAB, script: 'true', runByDefault: true });
  expect(() => own.domain({ lifecycleConfigurations: [script('One'), script('Two')] })).toThrow(
    '[Stack/Studio] lifecycleConfigurations must have at most one that runs by default in JupyterLab, got ["Stack/One","Stack/Two"]');
});

test('a script for an application that is not offered', () => {
  const own = new OwnParts();
  const script = new StudioLifecycleConfiguration(own.stack, 'Script', { application: StudioApplication.CODE_EDITOR, script: 'true' });
  expect(() => own.domain({ applications: [StudioApplication.JUPYTER_LAB], lifecycleConfigurations: [script] })).toThrow(
    '[Stack/Studio] applications must include what Stack/Script is for, got ["JupyterLab"]');
});

test('a script that is too long', () => {
  const own = new OwnParts();
  expect(() => new StudioLifecycleConfiguration(own.stack, 'Script', { application: StudioApplication.CODE_EDITOR, script: 'x'.repeat(12_289) })).toThrow(
    '[Stack/Script] script must have at most 12288 bytes');
});

test('a package index that a shell would read', () => {
  expect(() => StudioPackageIndex.codeArtifact({ domainName: 'd; rm -rf /', repositoryName: 'r' })).toThrow(
    '[StudioPackageIndex] domainName must be the name of a CodeArtifact domain, such as company, got "d; rm -rf /"');
  expect(() => StudioPackageIndex.url('https://packages.example.com/$(id)')).toThrow('[StudioPackageIndex] address must be an https address');
});

test('a user whose name is not known at synth', () => {
  expect(() => new OwnParts().domain().addUser(Token.asString({ Ref: 'Name' }))).toThrow('Make a StudioUser, whose construct id you give yourself');
});

test('an imported domain with a malformed id', () => {
  const own = new OwnParts();
  expect(() => SecureStudioDomain.fromDomainAttributes(own.stack, 'Elsewhere', { domainId: 'churn', vpc: own.vpc, sharedSecurityGroups: [] })).toThrow(
    '[Stack/Elsewhere] domainId must be the id of a Studio domain, such as d-abcdefgh1234, got "churn"');
});

describe('idle shutdown', () => {
  test('takes 60–525,600 whole minutes, and no other time', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 40_000_000 }), (seconds) => {
      const allowed = seconds % 60 === 0 && seconds >= 3_600 && seconds <= 525_600 * 60;
      const make = () => IdleShutdown.after(Duration.seconds(seconds));
      if (allowed) expect(make().timeout?.toSeconds()).toBe(seconds);
      else expect(make).toThrow('[IdleShutdown] timeout must be between 60 and 525600 whole minutes');
    }), { examples: [[3_600], [3_599], [3_601], [31_536_000], [31_536_060]] });
  });

  test('lies between the bounds that people may choose', () => {
    const minutes = fc.integer({ min: 60, max: 525_600 });
    fc.assert(fc.property(minutes, minutes, minutes, (timeout, least, most) => {
      const make = () => IdleShutdown.after(Duration.minutes(timeout), { atLeast: Duration.minutes(least), atMost: Duration.minutes(most) });
      if (least <= timeout && timeout <= most) expect(make).not.toThrow();
      else expect(make).toThrow(/at(Least|Most) must be at (most|least) the time-out/);
    }));
  });

  test('may be a token', () => {
    const own = new OwnParts();
    own.domain({ idleShutdown: IdleShutdown.after(Duration.minutes(Token.asNumber({ Ref: 'Minutes' }))) });
    own.template.hasResourceProperties('AWS::SageMaker::Domain', {
      DefaultUserSettings: {
        JupyterLabAppSettings: {
          AppLifecycleManagement: {
            IdleSettings: { IdleTimeoutInMinutes: { Ref: 'Minutes' } },
          },
        },
      },
    });
  });
});

test('a domain\'s name is taken exactly where SageMaker takes it', () => {
  fc.assert(fc.property(fc.string({ maxLength: 70 }), (domainName) => {
    const make = () => new OwnParts().domain({ domainName });
    if (/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/.test(domainName) && domainName.length <= 63) expect(make).not.toThrow();
    else expect(make).toThrow('domainName must be 1–63');
  }), { numRuns: 15, examples: [['a'.repeat(63)], ['a'.repeat(64)], [''], ['a--b']] });
});
