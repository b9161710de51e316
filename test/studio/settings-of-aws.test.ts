import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { OwnParts } from './fixture';
import { StudioAuthMode } from '../../src/identity';
import { HomeFileSystem, StudioApplication, StudioImage, StudioLifecycleConfiguration, StudioPackageIndex } from '../../src/studio';
import { HIDEABLE_INSTANCE_TYPES } from '../../src/studio/private/instance-types';
import { HIDEABLE_TOOLS } from '../../src/studio/private/tools';
import { Registry } from '../oracles/registry/registry';

interface Shape { readonly $ref?: string; readonly enum?: string[]; readonly properties?: Record<string, Shape>; readonly items?: Shape }
interface Schema extends Shape { readonly definitions: Record<string, Shape> }

/** Properties that the registry's schema does not have: CloudFormation refuses them as extraneous. */
function extraneous(schema: Schema, shape: Shape, value: unknown, path = ''): string[] {
  const { $ref, properties, items } = shape;
  if ($ref) return extraneous(schema, schema.definitions[$ref.split('/').pop()!], value, path);
  if (Array.isArray(value)) return items ? value.flatMap((one) => extraneous(schema, items, one, path)) : [];
  if (properties === undefined || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (/^(Fn::|Ref$)/.test(name)) return [];
    return name in properties ? extraneous(schema, properties[name], inner, `${path}/${name}`) : [`${path}/${name}`];
  });
}

/** A domain and a user with every setting that there is. */
function everything(): OwnParts {
  const own = new OwnParts();
  const images = Object.values(StudioApplication).map((application) =>
    new StudioImage(own.stack, application, { application, repository: Repository.fromRepositoryName(own.stack, `${application}Images`, 'images'), tagOrDigest: 'v1' }));
  const script = new StudioLifecycleConfiguration(own.stack, 'Script', { application: StudioApplication.CODE_EDITOR, script: 'true', runByDefault: true });
  own.domain({
    images,
    lifecycleConfigurations: [script],
    instanceTypes: ['ml.m5.*'],
    hiddenTools: ['JumpStart'],
    sharedSpaceRole: own.role,
    homeFileSystem: HomeFileSystem.retain(),
    authMode: StudioAuthMode.IDENTITY_CENTER,
    pipIndex: StudioPackageIndex.url('https://packages.example.com/simple'),
  }).addUser('alice', { executionRole: own.executionRole('Alices'), tags: { team: 'churn' } });
  return own;
}

test.each(['AWS::SageMaker::Domain', 'AWS::SageMaker::UserProfile', 'AWS::SageMaker::AppImageConfig'])('every property of %s is one that CloudFormation takes', async (type) => {
  const schema = (await Registry.of()).schema(type) as unknown as Schema;
  const made = Object.values(everything().template.findResources(type));
  expect(made.length).toBeGreaterThan(0);
  expect(made.flatMap(({ Properties }) => extraneous(schema, schema, Properties))).toEqual([]);
});

test('what can be hidden is what CloudFormation lets hide', async () => {
  const { definitions } = (await Registry.of()).schema('AWS::SageMaker::Domain') as unknown as Schema;
  expect([...HIDEABLE_TOOLS].sort()).toEqual([...definitions.MlTools.enum!].sort());
  expect([...HIDEABLE_INSTANCE_TYPES].sort()).toEqual(definitions.AppInstanceType.enum!.filter((type) => type !== 'system').sort());
});

test('a tool that does not exist is not hidden', () => {
  expect(() => new OwnParts().domain({ hiddenTools: ['Jumpstart', 'Models'] })).toThrow('[Stack/Studio] hiddenTools must be of DataWrangler, FeatureStore, ');
  expect(() => new OwnParts().domain({ hiddenTools: ['Jumpstart', 'Models'] })).toThrow('got ["Jumpstart"]');
});

test('a script that Windows has checked out runs as any other', () => {
  const own = new OwnParts();
  new StudioLifecycleConfiguration(own.stack, 'Script', { application: StudioApplication.JUPYTER_LAB, script: '#!/bin/bash\r\necho hello\r\n' });
  const contents = Object.values(own.template.findResources('AWS::SageMaker::StudioLifecycleConfig'))
    .map(({ Properties }) => Properties.StudioLifecycleConfigContent['Fn::Base64'] as string);
  expect(contents).toEqual(['#!/bin/bash\necho hello\n']);
});

test('the domain waits for an image and for the configuration that it names', () => {
  const own = everything();
  const [{ DependsOn }] = Object.values(own.template.findResources('AWS::SageMaker::Domain'));
  const configurations = Object.keys(own.template.findResources('AWS::SageMaker::AppImageConfig'));
  expect(configurations).toHaveLength(2);
  expect(DependsOn).toEqual(expect.arrayContaining(configurations));
});

describe('a role of the app', () => {
  const assumedBy = (own: OwnParts, service: string) => new Role(own.stack, 'Bare', { assumedBy: new ServicePrincipal(service) });
  const USES: [string, (own: OwnParts, role: Role) => void][] = [
    ['executionRole', (own, role) => void own.domain({ executionRole: role })],
    ['sharedSpaceRole', (own, role) => void own.domain({ sharedSpaceRole: role })],
    ['executionRole', (own, role) => void own.domain().addUser('alice', { executionRole: role })],
  ];

  test.each(USES)('that trusts SageMaker lets Studio name its people, as %s', (_, use) => {
    const own = new OwnParts();
    use(own, assumedBy(own, 'sagemaker.amazonaws.com'));
    own.template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 'sts:AssumeRole' }),
          Match.objectLike({ Action: 'sts:SetSourceIdentity', Principal: { Service: 'sagemaker.amazonaws.com' }, Condition: Match.objectLike({ StringEquals: Match.anyValue() }) }),
        ],
      },
    });
  });

  test('that says so itself is left as it is', () => {
    const own = new OwnParts();
    own.domain();
    own.template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Action: 'sts:AssumeRole' }), { Action: 'sts:SetSourceIdentity', Effect: 'Allow', Principal: Match.anyValue() }] },
    });
  });

  test.each(USES)('that does not trust SageMaker is refused as %s', (property, use) => {
    const own = new OwnParts();
    use(own, assumedBy(own, 'ec2.amazonaws.com'));
    expect(() => own.app.synth()).toThrow(`${property} must trust sagemaker.amazonaws.com for sts:AssumeRole and sts:SetSourceIdentity: Studio sends the name of the profile along, got Stack/Bare. Add a statement with both actions to its assumeRolePolicy`);
  });

  test('is none that was made elsewhere: nothing is known of it', () => {
    const own = new OwnParts();
    own.domain({ executionRole: Role.fromRoleArn(own.stack, 'Elsewhere', 'arn:aws:iam::111111111111:role/elsewhere') });
    expect(() => own.app.synth()).not.toThrow();
  });
});

test('instance types are told by families as well, and spaces start on the smallest of the first', () => {
  const start = (instanceTypes: string[]): unknown => {
    const own = new OwnParts();
    own.domain({ instanceTypes });
    return Object.values(own.template.findResources('AWS::SageMaker::Domain'))[0].Properties.DefaultUserSettings.JupyterLabAppSettings.DefaultResourceSpec;
  };
  expect(start(['ml.m5.*', 'ml.p4d.24xlarge'])).toEqual({ InstanceType: 'ml.m5.large' });
  expect(start(['ml.m5.*', 'ml.t3.*'])).toBeUndefined();
  expect(() => start(['ml.x9.*'])).toThrow('instanceTypes must have a type that a space can start on, got ["ml.x9.*"]. Name one, such as ml.t3.medium');
});

test('instance types that match nothing are warned of', () => {
  const own = new OwnParts();
  own.domain({ instanceTypes: ['ml.m5.*', 'ml.x9.*'] });
  Annotations.fromStack(own.stack).hasWarning('/Stack/Studio', Match.stringLikeRegexp('instanceTypes must match instance types of SageMaker that are known, got \\["ml.x9.\\*"\\]'));
});

test('what is missing is named', () => {
  const none = undefined as never;
  expect(() => new OwnParts().domain({ vpc: none })).toThrow('[Stack/Studio] vpc must be given, got nothing');
  expect(() => new OwnParts().domain({ encryptionKey: none, executionRole: none })).toThrow('encryptionKey must be given');
});
