import { Stack, Tags, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Role as IamRole } from 'aws-cdk-lib/aws-iam';
import { OwnParts } from './fixture';
import { StudioApplication, StudioImage, StudioLifecycleConfiguration, StudioPackageIndex } from '../../src/studio';
import { testApp } from '../test-app';

const scriptOf = (template: Template, application: string): string => {
  const content = atStart(template, application).StudioLifecycleConfigContent['Fn::Base64'];
  if (typeof content === 'string') return content;
  const [mapping, first, second] = content['Fn::FindInMap'];
  return template.toJSON().Mappings[mapping][first][second] as string;
};

function atStart(template: Template, application: string) {
  const [configuration] = Object.values(template.findResources('AWS::SageMaker::StudioLifecycleConfig', { Properties: { StudioLifecycleConfigAppType: application } }));
  return configuration.Properties;
}

test('every application is pointed at the package index before anything else runs', () => {
  const own = new OwnParts({ env: { account: '111111111111', region: 'eu-west-1' } });
  own.domain({ pipIndex: StudioPackageIndex.codeArtifact({ domainName: 'packages', repositoryName: 'python' }) });
  for (const application of ['JupyterLab', 'CodeEditor']) {
    expect(scriptOf(own.template, application)).toContain(
      'aws codeartifact login --tool pip --domain packages --domain-owner 111111111111 --repository python --region eu-west-1 || ');
    own.template.hasResourceProperties('AWS::SageMaker::Domain', {
      DefaultUserSettings: {
        [`${application}AppSettings`]: { BuiltInLifecycleConfigArn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`AtStart${application}`), 'StudioLifecycleConfigArn'] } },
      },
    });
  }
});

test('an index without sign-in is only set', () => {
  const own = new OwnParts();
  own.domain({ pipIndex: StudioPackageIndex.url('https://packages.example.com/simple') });
  expect(scriptOf(own.template, 'JupyterLab')).toBe('#!/bin/bash\npip config --user set global.index-url "https://packages.example.com/simple"\n');
});

test('a template has the script once, of which both applications have a configuration', () => {
  const own = new OwnParts();
  own.domain({ pipIndex: StudioPackageIndex.url('https://packages.example.com/simple') });
  expect(JSON.stringify(own.template.toJSON()).split('packages.example.com')).toHaveLength(2);
  expect(atStart(own.template, 'CodeEditor').StudioLifecycleConfigContent).toEqual(atStart(own.template, 'JupyterLab').StudioLifecycleConfigContent);
});

test('another script is another name, because no configuration changes in place', () => {
  const nameFor = (address: string): string => {
    const own = new OwnParts();
    own.domain({ pipIndex: StudioPackageIndex.url(address) });
    return atStart(own.template, 'JupyterLab').StudioLifecycleConfigName as string;
  };
  expect(nameFor('https://packages.example.com/one')).not.toBe(nameFor('https://packages.example.com/other'));
});

test('a script is offered, and run by default where that is asked for', () => {
  const own = new OwnParts();
  const lifecycleConfigurations = [true, false].map((runByDefault) => (
    new StudioLifecycleConfiguration(own.stack, `Script${runByDefault}`, { application: StudioApplication.JUPYTER_LAB, script: 'true', runByDefault })));
  own.domain({ lifecycleConfigurations });
  const arns = lifecycleConfigurations.map((one) => own.stack.resolve(one.lifecycleConfigurationArn));
  own.template.hasResourceProperties('AWS::SageMaker::Domain', {
    DefaultUserSettings: {
      JupyterLabAppSettings: { LifecycleConfigArns: arns, DefaultResourceSpec: { LifecycleConfigArn: arns[0] } },
      CodeEditorAppSettings: { LifecycleConfigArns: Match.absent() },
    },
  });
});

test.each([
  ['its own', (stack: Stack, team: string) => Tags.of(stack).add('team', team)],
  ['its stack', (stack: Stack, team: string) => stack.tags.setTag('team', team)],
])('other tags of %s are another name, because they do not change in place either', (_, tagged) => {
  const nameFor = (team: string): string => {
    const stack = new Stack(testApp(), 'Stack');
    new StudioLifecycleConfiguration(stack, 'Script', { application: StudioApplication.JUPYTER_LAB, script: 'true' });
    tagged(stack, team);
    return Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::StudioLifecycleConfig'))[0].Properties.StudioLifecycleConfigName;
  };
  expect(nameFor('churn')).toBe(nameFor('churn'));
  expect(nameFor('churn')).not.toBe(nameFor('fraud'));
});

test('another script has another name, because nothing of it changes in place', () => {
  const nameOf = (script: string): string => {
    const stack = new Stack(testApp(), 'Stack');
    new StudioLifecycleConfiguration(stack, 'Script', { application: StudioApplication.JUPYTER_LAB, script });
    return Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::StudioLifecycleConfig'))[0].Properties.StudioLifecycleConfigName;
  };
  expect(nameOf('true')).toBe(nameOf('true'));
  expect(nameOf('true')).not.toBe(nameOf('false'));
  expect(nameOf(Token.asString({ Ref: 'One' }))).not.toBe(nameOf(Token.asString({ Ref: 'Two' })));
});

test('an image of one\'s own comes with a role that reads its repository only', () => {
  const own = new OwnParts();
  const image = new StudioImage(own.stack, 'Image', {
    application: StudioApplication.CODE_EDITOR, repository: new Repository(own.stack, 'Repository'), tagOrDigest: '1.0', environmentVariables: { MODE: 'team' },
  });
  own.domain({ images: [image] });
  own.template.hasResourceProperties('AWS::SageMaker::AppImageConfig', {
    CodeEditorAppImageConfig: { ContainerConfig: { ContainerEnvironmentVariables: [{ Key: 'STUDIO_IMAGE_NAME', Value: image.imageName }, { Key: 'MODE', Value: 'team' }] } }, JupyterLabAppImageConfig: Match.absent(),
  });
  own.template.hasResourceProperties('AWS::SageMaker::Domain', {
    DefaultUserSettings: {
      CodeEditorAppSettings: {
        CustomImages: [{
          ImageName: image.imageName, AppImageConfigName: image.appImageConfigName, ImageVersionNumber: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ImageVersion'), 'Version'] },
        }],
      },
      JupyterLabAppSettings: { CustomImages: Match.absent() },
    },
  });
  own.template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({ Action: Match.arrayWith(['ecr:BatchGetImage']), Resource: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Repository'), 'Arn'] } }),
      ]),
    },
  });
});

test('an image that a project releases versions of is offered in its newest one', () => {
  const own = new OwnParts({ env: { account: '111111111111', region: 'eu-west-1' } });
  const image = new StudioImage(own.stack, 'Image', {
    application: StudioApplication.JUPYTER_LAB, repository: new Repository(own.stack, 'Repository'), tagOrDigest: 'sha256:1234', imageName: 'churn.vision',
  });
  own.domain({ images: [image] });
  expect([image.imageName, image.imageVersionNumber]).toEqual(['churn.vision', undefined]);
  own.template.hasResourceProperties('AWS::SageMaker::Image', { ImageName: 'churn.vision' });
  own.template.hasResourceProperties('AWS::SageMaker::ImageVersion', { ImageName: 'churn.vision' });
  own.template.hasResourceProperties('AWS::SageMaker::Domain', {
    DefaultUserSettings: {
      JupyterLabAppSettings: { CustomImages: [{ ImageName: 'churn.vision', AppImageConfigName: image.appImageConfigName, ImageVersionNumber: Match.absent() }] },
    },
  });
});

test('an image has a name that SageMaker takes', () => {
  const own = new OwnParts();
  expect(() => new StudioImage(own.stack, 'Image', {
    application: StudioApplication.JUPYTER_LAB, repository: new Repository(own.stack, 'Repository'), tagOrDigest: '1.0', imageName: 'churn--vision',
  })).toThrow('[Stack/Image] imageName must be 1–63 letters and digits with single hyphens and periods in between, got "churn--vision"');
});

test('an image needs no settings to say which application it is for', () => {
  const own = new OwnParts();
  new StudioImage(own.stack, 'Image', { application: StudioApplication.JUPYTER_LAB, repository: new Repository(own.stack, 'Repository'), tagOrDigest: 'sha256:1234' });
  own.template.hasResourceProperties('AWS::SageMaker::AppImageConfig', { JupyterLabAppImageConfig: { ContainerConfig: Match.anyValue() } });
});

test('a role that exists already reads the repository of an image, and its owner is told what a new one would have', () => {
  const imageWith = (role?: string) => {
    const own = new OwnParts({ env: { account: '111111111111', region: 'eu-west-1' } });
    const image = new StudioImage(own.stack, 'Image', {
      application: StudioApplication.JUPYTER_LAB,
      repository: Repository.fromRepositoryName(own.stack, 'Images', 'images'),
      tagOrDigest: 'v1',
      existingRole: role === undefined ? undefined : IamRole.fromRoleArn(own.stack, 'Given', role),
    });
    return { own, image };
  };
  const given = imageWith('arn:aws:iam::111111111111:role/reads'), made = imageWith();
  expect(given.image.node.tryFindChild('Role')).toBeUndefined();
  given.own.template.hasResourceProperties('AWS::SageMaker::Image', { ImageRoleArn: 'arn:aws:iam::111111111111:role/reads' });
  made.own.template.hasResourceProperties('AWS::IAM::Role', { AssumeRolePolicyDocument: given.own.stack.resolve(given.image.requiredTrust) as object });
  for (const document of given.image.requiredPolicies) {
    made.own.template.hasResourceProperties('AWS::IAM::ManagedPolicy', { PolicyDocument: given.own.stack.resolve(document) as object });
  }
});
