import { readFileSync } from 'fs';
import { join } from 'path';
import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { TagOptions } from 'aws-cdk-lib/aws-servicecatalog';
import { ChurnTemplate, product } from './product-app';
import {
  DataScienceEnvironment, DataScienceEnvironmentProps, EnvironmentLaunchRole, EnvironmentNetwork, EnvironmentProduct, EnvironmentRole,
  EnvironmentTemplate, InternetAccess, SecureStudioDomain, StudioAuthMode,
} from '../../../src';

interface Parameter { readonly AllowedPattern: string; readonly ConstraintDescription: string; readonly Default?: string }
const usual = product();
const { app, template, made } = usual;
const assembly = app.synth();
const text = readFileSync(join(assembly.directory, template.templateFile), 'utf8');
interface Launched {
  Parameters: Record<string, Parameter>;
  Metadata: Record<string, unknown>;
  Resources: Record<string, { Type: string; Condition?: string; DependsOn?: string[]; Properties?: Record<string, unknown> }>;
}
const launched = JSON.parse(text) as Launched;
const catalog = usual.catalog();
const LAUNCH_ROLE = 'Catalog-Environments-C06721AB-eu-west-1';
const resources = (type: string) => Object.values(launched.Resources).filter(({ Type }) => Type === type);

describe('the form', () => {
  test('has five fields in labelled groups', () => {
    expect(Object.keys(launched.Parameters)).toEqual(['EnvironmentName', 'Owner', 'NetworkRange', 'TargetAccount', 'FirstMember']);
    expect(launched.Metadata['AWS::CloudFormation::Interface']).toMatchObject({
      ParameterGroups: [
        { Label: { default: 'Environment' }, Parameters: ['EnvironmentName', 'Owner'] },
        { Label: { default: 'Network' }, Parameters: ['NetworkRange'] },
        { Label: { default: 'Deployment' }, Parameters: ['TargetAccount'] },
        { Label: { default: 'People' }, Parameters: ['FirstMember'] },
      ],
      ParameterLabels: { NetworkRange: { default: 'Network range' } },
    });
  });

  test.each([
    ['EnvironmentName', ['churn', 'a', 'churn-2', 'x'.repeat(20)], ['', 'Churn', 'churn--2', '-churn', '2churn', 'x'.repeat(21), 'churn_2'],
      'Name must be 1–20 lower-case letters and digits in groups joined by single hyphens, and begin with a letter'],
    ['NetworkRange', ['10.0.0.0/16', '10.20.4.0/22', '192.168.128.0/17'], ['10.0.0.0', '10.0.0.0/24', '10.0.0.0/8', '10.0.3.0/22', '10.0.0.7/16', '10.256.0.0/16', ''],
      'Network range must be an IPv4 range of /16 to /22 that begins where a range of its size begins, such as 10.0.0.0/16'],
    ['TargetAccount', ['222222222222'], ['22222222222', 'churn', ''], 'Target account must be the 12 digits of an account id'],
    ['FirstMember', ['', 'alice', 'alice-b'], ['Alice', '-alice', 'a b', 'x'.repeat(64)],
      'First member must be be empty, or be 1–63 lower-case letters, digits and hyphens, with a letter or digit at both ends'.replace('must be be', 'must be')],
  ])('%s refuses what is none, with a sentence', (name, good, bad, sentence) => {
    const { AllowedPattern, ConstraintDescription } = launched.Parameters[name];
    expect(ConstraintDescription).toBe(sentence);
    expect(good.filter((value) => !new RegExp(AllowedPattern).test(value))).toEqual([]);
    expect(bad.filter((value) => new RegExp(AllowedPattern).test(value))).toEqual([]);
  });

  test('refuses an owner that is no value of a tag', () => {
    const { AllowedPattern, ConstraintDescription } = launched.Parameters.Owner;
    expect(ConstraintDescription).toBe('Owner must be 1–256 letters, digits, spaces and _.:/=+-@, as IAM and SageMaker take tags');
    const pattern = new RegExp(AllowedPattern, 'u');
    expect(['team@example.com', 'Équipe 7', 'cc-1234'].filter((owner) => !pattern.test(owner))).toEqual([]);
    expect(['', 'a<b>', 'x'.repeat(257)].filter((owner) => pattern.test(owner))).toEqual([]);
  });

  test('refuses the account of the environment as its target', () => {
    Template.fromJSON(launched).templateMatches({
      Rules: { TargetIsAnotherAccount: { Assertions: [{ AssertDescription: 'Target account must be another account than that of the environment' }] } },
    });
  });

  test('asks for a larger range where the network needs one', () => {
    class Large extends EnvironmentTemplate { readonly source = this.askForNetwork({ zoneCount: 4, subnetMask: 20 }); }
    const { constraintDescription } = new Large(new Stack(), 'Large').node.findChild('NetworkRange') as CfnParameter;
    expect(constraintDescription).toContain('an IPv4 range of /16 to /18 that begins');
  });

  test('does not ask for a range that was decided', () => {
    expect(() => new EnvironmentTemplate(new Stack(), 'T').askForNetwork({ cidr: '10.0.0.0/16' }))
      .toThrow('[Default/T] options.cidr must be left out, got "10.0.0.0/16". The form asks for it; or give EnvironmentNetwork.managed(…) with it');
  });
});

describe('the network range', () => {
  const [[checkId, check]] = Object.entries(launched.Resources).filter(([, { Type }]) => Type === 'Custom::NetworkRange');

  test('is compared with those of other environments before the VPC is made', () => {
    expect(check.Properties).toMatchObject({ Range: { Ref: 'NetworkRange' }, ServiceTimeout: '60' });
    expect(resources('AWS::EC2::VPC').map(({ DependsOn }) => DependsOn)).toEqual([[checkId]]);
  });

  test('is compared before a tracking server is made, which costs by the hour and is in no VPC', () => {
    const { app: tracked, template: { templateFile } } = product((stack) => ({ versions: [{ name: '1', template: new ChurnTemplate(stack, 'V1', { mlflow: {} }) }] }));
    const { Resources } = JSON.parse(readFileSync(join(tracked.synth().directory, templateFile), 'utf8')) as Launched;
    const [server] = Object.values(Resources).filter(({ Type }) => Type === 'AWS::SageMaker::MlflowTrackingServer');
    expect(server.DependsOn).toContain(checkId);
  });

  test('is compared by a function that describes VPCs and nothing else', () => {
    const policy = Object.entries(launched.Resources).filter(([id, { Type }]) => /^EnvironmentNetworkRangeHandler/.test(id) && Type === 'AWS::IAM::ManagedPolicy');
    expect(policy.map(([, { Properties }]) => (Properties!.PolicyDocument as { Statement: object[] }).Statement)).toEqual([[
      expect.objectContaining({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow' }),
      { Action: 'ec2:DescribeVpcs', Effect: 'Allow', Resource: '*' },
    ]]);
  });

  test('is compared by a role that is named, bounded and in the path like the others', () => {
    const { app: bounded, template: { templateFile } } = product((stack) => {
      const permissionsBoundary = ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111111111111:policy/boundary');
      return { versions: [{ name: '1', template: new ChurnTemplate(stack, 'V1', { roleOptions: { permissionsBoundary, path: '/teams/' } }) }] };
    });
    const { Resources } = JSON.parse(readFileSync(join(bounded.synth().directory, templateFile), 'utf8')) as Launched;
    expect(Object.entries(Resources).filter(([id]) => /^EnvironmentNetworkRangeHandlerRole/.test(id)).map(([, { Properties }]) => Properties)).toMatchObject([{
      RoleName: { 'Fn::Join': ['', [{ Ref: 'EnvironmentName' }, '--network-range-', { Ref: 'AWS::Region' }]] }, Path: '/teams/', PermissionsBoundary: 'arn:aws:iam::111111111111:policy/boundary',
    }]);
  });

  test('that was decided is compared with nothing', () => {
    class Decided extends EnvironmentTemplate {
      constructor(scope: Stack, id: string) {
        super(scope, id);
        new DataScienceEnvironment(this, 'Environment', { environmentName: this.environmentName, network: EnvironmentNetwork.managed({ cidr: '10.0.0.0/16' }) });
      }
    }
    const decided = product((stack) => ({ versions: [{ name: '1', template: new Decided(stack, 'V1') }] }));
    expect(readFileSync(join(decided.app.synth().directory, decided.template.templateFile), 'utf8')).not.toContain('Custom::NetworkRange');
  });
});

describe('the first member', () => {
  test('has a profile where the form names one', () => {
    expect(resources('AWS::SageMaker::UserProfile')).toMatchObject([{ Condition: 'HasFirstMember', Properties: { UserProfileName: { 'Fn::If': ['HasFirstMember', { Ref: 'FirstMember' }, { Ref: 'AWS::NoValue' }] } } }]);
  });

  test('is waited for by nothing that is there without one', () => {
    const maybe = Object.entries(launched.Resources).filter(([, { Condition }]) => Condition === 'HasFirstMember').map(([id]) => id);
    const always = Object.values(launched.Resources).filter(({ Condition }) => Condition === undefined);
    expect(maybe.length).toBeGreaterThan(1);
    expect(always.flatMap(({ DependsOn = [] }) => DependsOn).filter((id) => maybe.includes(id))).toEqual([]);
  });

  test('is nobody to the clean-up where the field is empty', () => {
    for (const type of ['Custom::StudioDomainContents', 'Custom::StudioUserContents']) {
      expect(resources(type)[0].Properties!.UserProfileNames).toEqual([{ 'Fn::If': ['HasFirstMember', { Ref: 'FirstMember' }, { Ref: 'AWS::NoValue' }] }]);
    }
  });
});

describe('the template', () => {
  test('is written without white space', () => {
    expect(text).toBe(JSON.stringify(launched));
  });

  test('names what must have a name differently at each launch', () => {
    const names = [...resources('AWS::SageMaker::Domain'), ...resources('AWS::SageMaker::StudioLifecycleConfig')]
      .map(({ Properties }) => JSON.stringify(Properties!.DomainName ?? Properties!.StudioLifecycleConfigName));
    expect(names).toHaveLength(3);
    expect(names.filter((name) => !name.includes('AWS::StackId'))).toEqual([]);
  });

  test('tells the resource that refuses another name which name it has', () => {
    expect(resources('Custom::StudioDomainRemains').map(({ Properties }) => Properties!.EnvironmentName)).toEqual([{ Ref: 'EnvironmentName' }]);
  });

  test('leaves the owner, who changes, off lifecycle configurations, which would be replaced under the same name', () => {
    for (const { Properties } of resources('AWS::SageMaker::StudioLifecycleConfig')) expect(JSON.stringify(Properties!.Tags ?? [])).not.toContain('"owner"');
    expect(JSON.stringify(resources('AWS::SageMaker::Domain')[0].Properties!.Tags)).toContain('"owner"');
  });

  test('takes what it publishes from the bucket of the stack around', () => {
    const withProjects = product((stack) => ({ versions: [{ name: '1', template: new ChurnTemplate(stack, 'V1', { projects: true }) }] }));
    const { directory } = withProjects.app.synth();
    const published = Object.values((JSON.parse(readFileSync(join(directory, withProjects.template.templateFile), 'utf8')) as Launched).Resources)
      .filter(({ Type }) => Type === 'Custom::PublishedObject').map(({ Properties }) => Properties!.Source as { Bucket: string });
    const { BucketName } = Object.values(withProjects.catalog().findResources('AWS::S3::Bucket'))[0].Properties as { BucketName: string };
    expect(published.map(({ Bucket }) => Bucket)).toEqual([BucketName, BucketName]);
  });

  test('lets the launch role change policies of buckets, and no bootstrapped role', () => {
    const policies = template.node.findAll().filter((node): node is CfnBucketPolicy => node instanceof CfnBucketPolicy)
      .map(({ policyDocument }) => JSON.stringify(template.resolve(policyDocument)));
    expect(policies.join()).toContain(`:role/${LAUNCH_ROLE}`);
    expect(policies.join()).not.toContain('cfn-exec-role');
  });

  test('without a product has nobody who deploys it', () => {
    const stack = new Stack();
    expect(() => Template.fromStack(new ChurnTemplate(stack, 'V1'))).toThrow('[Default/V1] template must be a version of an EnvironmentProduct, got "Default/V1". Its launch role alone may change keys and buckets later');
  });
});

describe('the product', () => {
  test('is launched with a role that each account has under the same name', () => {
    catalog.hasResourceProperties('AWS::ServiceCatalog::LaunchRoleConstraint', { LocalRoleName: LAUNCH_ROLE });
    expect(made.launchRoleName).toBe(LAUNCH_ROLE);
  });

  test('has a launch role that only Service Catalog assumes, for this account', () => {
    catalog.hasResourceProperties('AWS::IAM::Role', {
      RoleName: LAUNCH_ROLE,
      AssumeRolePolicyDocument: {
        Statement: [{
          Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'servicecatalog.amazonaws.com' }, Condition: { StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } },
        }],
      },
    });
  });

  test('has its tag options, and is shared with accounts', () => {
    const tagged = product((stack) => ({
      sharedAccounts: ['222222222222'], tagOptions: new TagOptions(stack, 'Tags', { allowedValuesForTags: { department: ['risk'] } }),
    }));
    tagged.catalog().resourceCountIs('AWS::ServiceCatalog::TagOptionAssociation', 2);
    tagged.catalog().hasResourceProperties('AWS::ServiceCatalog::PortfolioShare', { AccountId: '222222222222', ShareTagOptions: true });
  });

  test('is launched by those to whom it is granted, and no other product with it', () => {
    const { stack, made: granted, catalog: template_ } = product();
    granted.grantLaunch(new Role(stack, 'Administrators', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') }));
    template_().hasResourceProperties('AWS::ServiceCatalog::PortfolioPrincipalAssociation', { PrincipalType: 'IAM' });
    template_().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: Match.arrayWith(['servicecatalog:ProvisionProduct']), Resource: stack.resolve(granted.product.productArn) as object }),
        ]),
      },
    });
    template_().hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['servicecatalog:DescribeProvisionedProduct', 'servicecatalog:TerminateProvisionedProduct', 'servicecatalog:UpdateProvisionedProduct'],
            Condition: { StringEquals: { 'servicecatalog:roleLevel': 'self' } },
          }),
        ]),
      },
    });
  });

  test('is shown to people who sign in by IAM Identity Center, whose permission set must allow what a role is granted', () => {
    const { stack, made: shown, catalog: template_ } = product();
    const statements = shown.giveAccessToPermissionSet('Administrators');
    shown.giveAccessToPermissionSet('Administrators'); // once
    template_().resourceCountIs('AWS::ServiceCatalog::PortfolioPrincipalAssociation', 1);
    template_().hasResourceProperties('AWS::ServiceCatalog::PortfolioPrincipalAssociation', {
      PrincipalARN: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam:::role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Administrators_*']] },
      PrincipalType: 'IAM_PATTERN',
    });
    expect(statements.flatMap(({ actions, conditions }) => actions.map((action) => [action, conditions]))).toEqual(expect.arrayContaining([
      ['servicecatalog:ProvisionProduct', {}], ['servicecatalog:TerminateProvisionedProduct', { StringEquals: { 'servicecatalog:roleLevel': 'self' } }],
    ]));
    expect(stack.resolve(statements.at(-1)!.resources)).toEqual([stack.resolve(shown.product.productArn)]);
  });

  test.each(['', 'a b', 'x'.repeat(33)])('is shown to no permission set called %j', (name) => {
    expect(() => product().made.giveAccessToPermissionSet(name)).toThrow(`permissionSetName must be 1–32 letters, digits and +=,.@_-, got ${JSON.stringify(name)}`);
  });

  test('makes roles with the permissions boundary that was asked for, and no others', () => {
    const stack = new Stack();
    new EnvironmentLaunchRole(stack, 'Launch', { roleName: 'launch', environmentBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary') });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: ['iam:CreateRole', 'iam:PutRolePermissionsBoundary'], Condition: { StringEquals: { 'iam:PermissionsBoundary': Match.anyValue() } } }),
        ]),
      },
    });
  });
});

describe('the target account', () => {
  const asking = (accounts?: string[]) => {
    const template_ = new EnvironmentTemplate(new Stack(), 'V1');
    template_.askForTargetAccount(accounts);
    const parameter = template_.node.findChild('TargetAccount') as CfnParameter & { readonly _toCloudFormation: () => object };
    return template_.resolve(parameter._toCloudFormation()) as object;
  };

  test('is one of those that are given, so that nobody deploys models to an account of somebody else', () => {
    expect(asking(['222222222222', '333333333333'])).toMatchObject({
      Parameters: { TargetAccount: { AllowedValues: ['222222222222', '333333333333'], ConstraintDescription: 'Target account must be 222222222222 or 333333333333' } },
    });
  });

  test('is any account where none are given', () => {
    expect(asking()).toMatchObject({ Parameters: { TargetAccount: { AllowedPattern: '^[0-9]{12}$', ConstraintDescription: 'Target account must be the 12 digits of an account id' } } });
  });

  test.each<[string, string[], string]>([
    ['no account', [], 'accounts must have at least one element, got []'],
    ['what is no account', ['2222'], 'accounts must be account ids of 12 digits, got ["2222"]'],
    ['an account twice', ['222222222222', '222222222222'], 'accounts must have no element twice, got ["222222222222","222222222222"]'],
  ])('is refused as %s', (_, accounts, message) => {
    expect(() => asking(accounts)).toThrow(`V1] ${message}`);
  });
});

describe('versions', () => {
  const two = (name: string, other: string, constructId?: string) => product((stack) => ({
    versions: [{ name, template: new ChurnTemplate(stack, 'V1') }, { name: other, template: new ChurnTemplate(stack, 'V2', { constructId, mlflow: {} }) }],
  }));

  test('of one class are the same template, so that an update changes what another class or other options change', () => {
    const everything = { projects: true, mlflow: {}, featureStore: true, dataPreparation: {}, packageIndex: {}, sharedSpaces: true };
    const versions = (stack: Stack) => ['1', '2'].map((name) => ({ name, template: new ChurnTemplate(stack, `V${name}`, everything) }));
    let both: EnvironmentTemplate[] = [];
    const { app: twice } = product((stack) => {
      const made_ = versions(stack);
      both = made_.map(({ template: one }) => one);
      return { versions: made_ };
    });
    const { directory } = twice.synth();
    const [one, other] = both.map(({ templateFile }) => JSON.parse(readFileSync(join(directory, templateFile), 'utf8')) as Launched);
    expect(other).toEqual(one);
  });

  test('that keep what people made are taken', () => {
    expect(() => two('1', '2').app.synth()).not.toThrow();
  });

  test('that would replace it are refused', () => {
    expect(() => two('1', '2', 'Churn').app.synth())
      .toThrow(/versions \(2\) must have what 1 has, under the same logical ids: an update would replace it, got \["AWS::KMS::Key EnvironmentKeysVolumes/);
  });

  test.each<[string, () => Partial<DataScienceEnvironmentProps>, string]>([
    ['the network', () => ({ network: EnvironmentNetwork.managed({ cidr: '10.1.0.0/16' }) }), 'AWS::EC2::VPC EnvironmentNetworkVpc[0-9A-F]+ CidrBlock'],
    ['names of roles', () => ({ roleOptions: { path: '/teams/' } }), 'AWS::IAM::Role \\w+ Path'],
    ['the domain', () => ({ studio: { domainName: 'another' } }), 'AWS::SageMaker::Domain \\w+ DomainName'],
  ])('that would replace %s under the same ids are refused', (_, changes, what) => {
    class Changing extends EnvironmentTemplate {
      constructor(scope: Stack, id: string, isChanged: boolean) {
        super(scope, id);
        new DataScienceEnvironment(this, 'Environment', {
          environmentName: this.environmentName, network: EnvironmentNetwork.managed({ cidr: '10.0.0.0/16' }), studio: { domainName: 'one' }, ...isChanged && changes(),
        });
      }
    }
    const versions = (stack: Stack) => ({ versions: [{ name: '1', template: new Changing(stack, 'V1', false) }, { name: '2', template: new Changing(stack, 'V2', true) }] });
    expect(() => product(versions).app.synth()).toThrow(new RegExp(`versions \\(2\\) must leave as it is in 1 what cannot change: an update would replace it, got \\["${what}".*\\. `
      + 'Keep these options, or offer the template as another product, for new environments'));
  });

  test('in a domain that exists already are refused: each environment would claim it', () => {
    class InOneDomain extends EnvironmentTemplate {
      constructor(scope: Stack, id: string) {
        super(scope, id);
        const group = (name: string) => SecurityGroup.fromSecurityGroupId(this, name, 'sg-0123456789abcdef0', { mutable: false });
        const vpc = Vpc.fromVpcAttributes(this, 'Vpc', {
          vpcId: 'vpc-1', vpcCidrBlock: '10.0.0.0/16', availabilityZones: ['eu-west-1a'], isolatedSubnetIds: ['subnet-1'], isolatedSubnetRouteTableIds: ['rtb-1'],
        });
        new DataScienceEnvironment(this, 'Environment', {
          environmentName: this.environmentName,
          network: EnvironmentNetwork.fromVpc(this, 'Network', { vpc, studioSecurityGroup: group('People') }),
          studio: { existingDomain: SecureStudioDomain.fromDomainAttributes(this, 'Existing', { domainId: 'd-abcdefgh1234', vpc, sharedSecurityGroups: [group('OfDomain')] }) },
        });
      }
    }
    expect(() => product((stack) => ({ versions: [{ name: '1', template: new InOneDomain(stack, 'V1') }] })).app.synth())
      .toThrow('versions (1) must have no studio.existingDomain, got "d-abcdefgh1234". Each environment that is launched would claim the same domain: deploy the environment with an app');
  });

  test('with what the launch role cannot make are refused, with what it is', () => {
    class Inspected extends EnvironmentTemplate {
      constructor(scope: Stack, id: string) {
        super(scope, id);
        new DataScienceEnvironment(this, 'Environment', {
          environmentName: this.environmentName, owner: this.owner, network: this.askForNetwork({ internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'] }) }),
        });
      }
    }
    expect(() => product((stack) => ({ versions: [{ name: '1', template: new Inspected(stack, 'V1') }] })).app.synth())
      .toThrow(/versions \(1\) must have only what the launch role can make, got \["AWS::NetworkFirewall::.*deploy the environment with an app/);
  });

  test('whose users sign in by IAM Identity Center ask for a launch role that may look people up', () => {
    const versions = (stack: Stack) => [{ name: '1', template: new ChurnTemplate(stack, 'V1', { studio: { authMode: StudioAuthMode.IDENTITY_CENTER } }) }];
    expect(() => product((stack) => ({ versions: versions(stack) })).app.synth())
      .toThrow('versions (1) must have users who sign in by IAM, got "authMode SSO". Say enableIdentityCenter, and for EnvironmentLaunchRole in other accounts too: the launch role then looks people up');
    const enabled = product((stack) => ({ versions: versions(stack), enableIdentityCenter: true }));
    enabled.app.synth();
    expect(JSON.stringify(enabled.catalog().findResources('AWS::IAM::ManagedPolicy'))).toContain('sso:CreateApplicationAssignment');
    expect(JSON.stringify(product().catalog().findResources('AWS::IAM::ManagedPolicy'))).not.toContain('"sso:');
  });

  test('let a group sign in that the form asks for', () => {
    class OfGroup extends EnvironmentTemplate {
      constructor(scope: Stack, id: string) {
        super(scope, id);
        const environment = new DataScienceEnvironment(this, 'Environment', {
          environmentName: this.environmentName, owner: this.owner, studio: { authMode: StudioAuthMode.IDENTITY_CENTER },
        });
        environment.studio.assignGroup(new CfnParameter(this, 'Group').valueAsString);
      }
    }
    const ofGroup = product((stack) => ({ versions: [{ name: '1', template: new OfGroup(stack, 'V1') }], enableIdentityCenter: true }));
    const { Resources } = JSON.parse(readFileSync(join(ofGroup.app.synth().directory, ofGroup.template.templateFile), 'utf8')) as { Resources: Record<string, { Type: string }> };
    expect(Object.values(Resources).find(({ Type }) => Type === 'AWS::SSO::ApplicationAssignment')).toMatchObject({ Properties: { PrincipalId: { Ref: 'Group' }, PrincipalType: 'GROUP' } });
  });

  test('with existing roles are refused, which the launch role may not pass', () => {
    const versions = (stack: Stack) => {
      const existingRole = Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::111111111111:role/theirs');
      return { versions: [{ name: '1', template: new ChurnTemplate(stack, 'V1', { roleOptions: { exceptions: [{ role: EnvironmentRole.JOB_EXECUTION, existingRole }] } }) }] };
    };
    expect(() => product(versions).app.synth())
      .toThrow('versions (1) must have no existingRole, got ["job-execution"]. The launch role passes only roles that a launch makes: deploy the environment with an app');
  });

  test('of one name, or none, are refused', () => {
    expect(() => two('1', '1')).toThrow('[Catalog/Environments] versions must have no element twice, got ["1","1"]');
    expect(() => two('version one', '2')).toThrow('versions must have names of 1–100 letters, digits, dots, hyphens and underscores, got ["version one"]');
    expect(() => product(() => ({ versions: [] }))).toThrow('versions must have at least one element, got []');
  });

  test('of another product are refused', () => {
    expect(() => product((stack) => {
      const versions = [{ name: '1', template: new ChurnTemplate(stack, 'V1') }];
      new EnvironmentProduct(stack, 'Others', { productName: 'Others', owner: 'Platform team', versions });
      return { versions };
    })).toThrow('[Catalog/V1] template must be a version of one product, Catalog/Others, got "Catalog/V1". Make another template of the same class');
  });

  test('that are no templates of environments are refused', () => {
    expect(() => product((stack) => ({ versions: [{ name: '1', template: stack as unknown as EnvironmentTemplate }] })))
      .toThrow('versions.0.template must be an object of a class that extends EnvironmentTemplate');
  });
});
