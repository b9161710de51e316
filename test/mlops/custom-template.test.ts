import { CustomResource, Fn } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { contentOf, Offer } from './fixture';
import { ProjectBlueprint, ProjectTemplate, ProjectTemplateOptions, SeedCode, SelfContainedTemplate, SelfContainedTemplateProps, SourceRepository, TemplateContent } from '../../src';
import { Json } from '../templates/carried';

/** A template of somebody's own, offered. */
function own(fill: (template: ProjectTemplate, offer: Offer) => unknown = (template) => new CfnTopic(template, 'Topic')) {
  const offer = new Offer();
  const template = new ProjectTemplate(offer.stack, 'Own', { names: offer.foundation.names, description: 'Topics' });
  fill(template, offer);
  return { offer, made: offer.add({ blueprint: ProjectBlueprint.custom(template) }) };
}

describe('a template of somebody\'s own', () => {
  test('is delivered as it is', () => {
    const { offer, made } = own((template) => new CfnTopic(template, 'Topic', { topicName: template.nameOf('news') }));
    expect(contentOf(offer, made).Resources.Topic.Properties.TopicName).toEqual({ 'Fn::Join': ['', ['churn--', { Ref: 'SageMakerProjectName' }, '-', { Ref: 'SageMakerProjectId' }, '-news']] });
    expect(offer.published()['products/offered.json'].Content).toContain('AWS::SNS::Topic');
  });

  test('brings no seed code', () => {
    expect(Object.keys(own().offer.published())).toEqual(['products/offered.json']);
  });

  test('is described by its own words, unless told otherwise', () => {
    const productOf = (offer: Offer) => (Object.values(offer.template().findResources('AWS::ServiceCatalog::CloudFormationProduct'))[0] as Json).Properties as Json;
    expect(productOf(own().offer).Description).toBe('Topics');
    const offer = new Offer();
    offer.add({ blueprint: ProjectBlueprint.custom(new ProjectTemplate(offer.stack, 'Own', { names: offer.foundation.names })), description: 'News' });
    expect(productOf(offer).Description).toBe('News');
  });

  test('may be any self-contained one with SageMaker\'s two parameters', () => {
    const offer = new Offer();
    const template = new SelfContainedTemplate(offer.stack, 'Own');
    for (const name of [ProjectTemplate.PROJECT_NAME, ProjectTemplate.PROJECT_ID]) template.addParameter(name);
    offer.add({ blueprint: ProjectBlueprint.custom(template) });
    expect(() => offer.app.synth()).not.toThrow();
  });
});

describe('bad input', () => {
  const wrong = (fill: Parameters<typeof own>[0]) => () => own(fill).offer.app.synth();

  test('a template that Studio could not launch', () => {
    const offer = new Offer();
    const template = new SelfContainedTemplate(offer.stack, 'Own');
    template.addParameter(ProjectTemplate.PROJECT_NAME);
    offer.add({ blueprint: ProjectBlueprint.custom(template) });
    expect(() => offer.app.synth()).toThrow('[Stack/Own] parameters must include SageMakerProjectId, got "$References, SageMakerProjectName". '
      + 'Studio gives a project\'s name and id to every template: make it a ProjectTemplate, or add both parameters');
  });

  test.each<[string, Parameters<typeof own>[0], string]>([
    ['a role', (template) => new CfnRole(template, 'Role', { assumeRolePolicyDocument: {} }),
      '[Stack/Own] allowedContent must include TemplateContent.IAM_RESOURCES for such a resource, got "AWS::IAM::Role at Stack/Own/Role"'],
    ['a custom resource', (template) => new CustomResource(template, 'Custom', { serviceToken: 'arn:aws:lambda:eu-west-1:111111111111:function:f' }),
      '[Stack/Own] allowedContent must include TemplateContent.CUSTOM_RESOURCES for such a resource, got "AWS::CloudFormation::CustomResource at Stack/Own/Custom/Default"'],
    ['what another stack makes', (template, { stack }) => new CfnTopic(template, 'Topic', { topicName: new Bucket(stack, 'Bucket').bucketName }),
      '[Stack/Own] reference of Stack/Own/Topic must stay within the template that leaves the app, got "Stack/Bucket/Resource[Ref]"'],
    ['an import', (template) => new CfnTopic(template, 'Topic', { topicName: Fn.importValue('Name') }),
      '[Stack/Own] names in the template must be names of its own parameters, resources, conditions and mappings, got "Fn::ImportValue \\"Name\\""'],
    ['more than can be sent inline', (template) => { template.templateOptions.metadata = { Filling: 'x'.repeat(60_000) }; },
      '[Stack/Own] size of the template in bytes must be at most 51200, got 6'],
  ])('%s', (_, fill, message) => {
    expect(wrong(fill)).toThrow(message);
  });

  test.each<[string, SelfContainedTemplateProps, string]>([
    ['roles', { allowedContent: [TemplateContent.IAM_RESOURCES] }, 'allowedContent must be empty for a project template, got ["IAM_RESOURCES"]. Projects bring no roles'],
    ['custom resources', { allowedContent: [TemplateContent.CUSTOM_RESOURCES] }, 'allowedContent must be empty for a project template, got ["CUSTOM_RESOURCES"]'],
    ['more than can be sent inline', { maximumSize: SelfContainedTemplate.OBJECT_SIZE },
      'maximumSize must be at most the 51200 bytes that CloudFormation takes inline, for a project template, got 1048576'],
  ])('a template that permits itself %s', (_, props, message) => {
    const offer = new Offer();
    const template = new SelfContainedTemplate(offer.stack, 'Own', props);
    expect(() => offer.add({ blueprint: ProjectBlueprint.custom(template) })).toThrow(`[Stack/Own] ${message}`);
  });

  test.each<[string, Partial<ProjectTemplateOptions>]>([
    ['source', { source: SourceRepository.codeCommit() }],
    ['seedCode', { seedCode: SeedCode.train() }],
  ])('a %s, which nothing would use', (property, options) => {
    const offer = new Offer();
    const template = new ProjectTemplate(offer.stack, 'Own', { names: offer.foundation.names });
    expect(() => offer.add({ blueprint: ProjectBlueprint.custom(template), ...options })).toThrow(`[Stack/Offered] ${property} must not be given for a template of your own`);
  });

  test('an asset', () => {
    expect(wrong((template) => new Asset(template, 'Asset', { path: __filename }))).toThrow('[Stack/Own/Asset] file asset must not be part of a template that leaves the app');
  });
});
