import { App, Aspects, CfnOutput, IAspect, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { AwsSolutionsChecks } from 'cdk-nag';
import { IConstruct } from 'constructs';
import { carried, carriedTemplate, carriedText, Json } from './carried';
import { SelfContainedTemplate, TemplateContent } from '../../src/templates';

describe('leaving the app', () => {
  test('the parent carries the template as JSON without white space', () => {
    const made = carried({ description: 'Topics' });
    new Topic(made.template, 'Topic', { displayName: 'Told by' });
    expect(carriedText(made)).toBe('{"Description":"Topics","Resources":{"TopicBFC7AF6E":{"Type":"AWS::SNS::Topic","Properties":{"DisplayName":"Told by"}}}}');
  });

  test('the cloud assembly has no stack of it and no asset', () => {
    const made = carried();
    new Topic(made.template, 'Topic');
    const assembly = made.app.synth();
    expect(assembly.stacksRecursively.map(({ id }) => id)).toEqual(['Parent']);
    expect(assembly.manifest.artifacts).not.toHaveProperty(made.template.artifactId);
  });

  test('it has neither bootstrap rule nor parameter, neither metadata of the CDK nor paths of the app', () => {
    const made = carried({}, new App({ analyticsReporting: true, context: { 'aws:cdk:enable-path-metadata': true } }));
    new Topic(made.template, 'Topic');
    expect(carriedTemplate(made)).toEqual({ Resources: { TopicBFC7AF6E: { Type: 'AWS::SNS::Topic' } } });
  });

  test('account, region and partition are those of the place of deployment, whatever stage or stack it is in', () => {
    const stage = new Stage(new App(), 'Production', { env: { account: '111111111111', region: 'cn-north-1' } });
    const parent = new Stack(stage, 'Parent');
    const template = new SelfContainedTemplate(parent, 'Template');
    new CfnOutput(template, 'Where', { value: `${template.partition}/${template.region}/${template.account}` });
    new CfnOutput(parent, 'Text', { value: template.templateBody });
    const { Outputs } = JSON.parse((Template.fromStack(parent).toJSON() as Json).Outputs.Text.Value as string) as Json;
    expect(Outputs.Where.Value).toEqual({ 'Fn::Join': ['', [{ Ref: 'AWS::Partition' }, '/', { Ref: 'AWS::Region' }, '/', { Ref: 'AWS::AccountId' }]] });
  });

  test('what is added after the parent has taken the text is in it', () => {
    const made = carried();
    Aspects.of(made.app).add({ visit: (node: IConstruct) => { if (node === made.template) new Topic(made.template, 'Late'); } });
    expect(Object.keys(carriedTemplate(made).Resources as Json)).toEqual(['Late1B3D0D3C'].map(() => expect.stringMatching(/^Late/)));
  });

  test('written short, policies have no description and their role has', () => {
    const made = carried({ minify: true, allowedContent: [TemplateContent.IAM_RESOURCES] });
    const role = new Role(made.template, 'Role', { assumedBy: new ServicePrincipal('sns.amazonaws.com'), description: 'Sends' });
    new ManagedPolicy(made.template, 'Policy', { description: 'Sends', roles: [role], statements: [new PolicyStatement({ actions: ['sns:Publish'], resources: ['*'] })] });
    const described = Object.values(carriedTemplate(made).Resources as Record<string, Json>).filter(({ Properties }) => 'Description' in Properties);
    expect(described.map(({ Type }) => Type as unknown)).toEqual(['AWS::IAM::Role']);
  });

  test('a stack elsewhere in the app may carry it', () => {
    const app = new App();
    const early = new Stack(app, 'Early');
    const template = new SelfContainedTemplate(app, 'Template');
    new CfnOutput(early, 'Text', { value: template.templateBody });
    new Topic(template, 'Topic');
    expect(Template.fromStack(early).toJSON()).toHaveProperty('Outputs.Text.Value', expect.stringContaining('AWS::SNS::Topic'));
  });

  test('a template may carry another one', () => {
    const made = carried();
    const inner = new SelfContainedTemplate(made.template, 'Inner');
    new Topic(inner, 'Topic');
    new CfnOutput(made.template, 'Inner1', { value: inner.templateBody });
    expect(JSON.parse(carriedTemplate(made).Outputs.Inner1.Value as string)).toEqual({ Resources: { TopicBFC7AF6E: { Type: 'AWS::SNS::Topic' } } });
  });

  test('the same app makes the same text', () => {
    const make = () => {
      const made = carried({ allowedContent: [TemplateContent.IAM_RESOURCES] });
      new Role(made.template, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
      made.template.addStoredParameter('Vpc', { parameterName: '/vpc', group: 'Network', label: 'VPC' });
      return carriedText(made);
    };
    expect(make()).toBe(make());
  });
});

describe('what reaches it', () => {
  test('tags', () => {
    const made = carried();
    new Bucket(made.template, 'Bucket');
    Tags.of(made.app).add('team', 'churn');
    const [bucket] = Object.values(carriedTemplate(made).Resources as Json) as Json[];
    expect(bucket.Properties.Tags).toEqual([{ Key: 'team', Value: 'churn' }]);
  });

  describe.each([['with', true], ['without', false]])('tags, %s explicit tags of stacks', (_, explicit) => {
    const made = carried({}, new App({ context: { '@aws-cdk/core:explicitStackTags': explicit } }));
    made.template.leaveTagsTo(made.carrier);
    const [bucket, parameter] = [new CfnBucket(made.template, 'Bucket'), new CfnParameter(made.template, 'Parameter', { type: 'String', value: 'a' })];
    new CfnBucket(made.template, 'Plain');
    Tags.of(made.app).add('team', 'churn');
    Tags.of(bucket).add('team', 'another');
    Tags.of(parameter).add('own', 'one');
    Tags.of(made.template).add('deployed', 'elsewhere');
    const { Resources } = carriedTemplate(made);

    test('are left to what carries the template', () => {
      expect(made.carrier.tags.tagValues()).toEqual({ team: 'churn' });
      expect(Resources.Plain.Properties.Tags).toEqual([{ Key: 'deployed', Value: 'elsewhere' }]);
    });

    test('are kept where they are of a resource, or of the template alone', () => {
      expect(Resources.Bucket.Properties.Tags).toEqual([{ Key: 'deployed', Value: 'elsewhere' }, { Key: 'team', Value: 'another' }]);
      expect(Resources.Parameter.Properties.Tags).toEqual({ deployed: 'elsewhere', own: 'one' });
    });
  });

  test('aspects', () => {
    const made = carried();
    new CfnBucket(made.template, 'Bucket');
    const versioning: IAspect = { visit: (node) => { if (node instanceof CfnBucket) node.versioningConfiguration = { status: 'Enabled' }; } };
    Aspects.of(made.app).add(versioning);
    expect(carriedTemplate(made)).toHaveProperty('Resources.Bucket.Properties.VersioningConfiguration', { Status: 'Enabled' });
  });

  test('validations of what is in it', () => {
    const made = carried();
    new Topic(made.template, 'Topic').node.addValidation({ validate: () => ['is wrong'] });
    expect(() => made.app.synth()).toThrow('[Parent/Template/Topic] is wrong');
  });

  test('rules of cdk-nag', () => {
    const made = carried();
    new CfnBucket(made.template, 'Bucket');
    const constructs = new AwsSolutionsChecks().validateScope(made.app).violations
      .flatMap(({ violatingResources }) => violatingResources.map(({ constructPath }) => constructPath));
    expect(constructs).toContain('Parent/Template/Bucket');
  });
});
