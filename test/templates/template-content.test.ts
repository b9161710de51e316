import { CfnOutput, CustomResource, NestedStack, Size } from 'aws-cdk-lib';
import { DockerImageAsset } from 'aws-cdk-lib/aws-ecr-assets';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { carried, carriedTemplate, carriedText } from './carried';
import { SelfContainedTemplate, SelfContainedTemplateProps, TemplateContent } from '../../src/templates';

describe('assets', () => {
  test.each<[string, string, (template: SelfContainedTemplate) => unknown]>([
    ['a file', 'Parent/Template/File] file asset', (template) => new Asset(template, 'File', { path: __filename })],
    ['code of a function', 'Parent/Template/Function/Code] file asset', (template) => new LambdaFunction(template, 'Function', {
      runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromAsset(__dirname),
    })],
    ['an image', 'Parent/Template/Image] image asset', (template) => new DockerImageAsset(template, 'Image', { directory: __dirname, file: 'self-contained-template.test.ts' })],
  ])('%s is refused where it is made', (_, message, make) => {
    const { template } = carried({ allowedContent: Object.values(TemplateContent) });
    expect(() => make(template)).toThrow(`[${message} must not be part of a template that leaves the app`);
  });

  test('nothing is bundled before the refusal', () => {
    const { template } = carried();
    const tryBundle = jest.fn(() => true);
    expect(() => new Asset(template, 'File', { path: __dirname, bundling: { image: Runtime.NODEJS_22_X.bundlingImage, local: { tryBundle } } })).toThrow('file asset must not be part');
    expect(tryBundle).not.toHaveBeenCalled();
  });

  test('a nested stack is refused: its template would be an asset', () => {
    const made = carried();
    new Topic(new NestedStack(made.template, 'Nested'), 'Topic');
    expect(() => made.app.synth()).toThrow(/Parent\/Template\/.*file asset must not be part of a template that leaves the app/);
  });
});

describe('content', () => {
  test.each<[TemplateContent, string, (template: SelfContainedTemplate) => unknown]>([
    [TemplateContent.IAM_RESOURCES, 'AWS::IAM::Role at Parent/Template/Role/Resource',
      (template) => new Role(template, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') })],
    [TemplateContent.LAMBDA_FUNCTIONS, 'AWS::Lambda::Function at Parent/Template/Function',
      (template) => new CfnFunction(template, 'Function', { code: { zipFile: 'exports.handler = () => {};' }, role: 'arn:aws:iam::111111111111:role/a' })],
    [TemplateContent.CUSTOM_RESOURCES, 'Custom::Thing at Parent/Template/Thing/Default',
      (template) => new CustomResource(template, 'Thing', { serviceToken: 'arn:aws:sns:eu-west-1:111111111111:a', resourceType: 'Custom::Thing' })],
  ])('%s are refused by default and permitted by option', (content, got, make) => {
    const refusing = carried({ allowedContent: Object.values(TemplateContent).filter((other) => other !== content) });
    make(refusing.template);
    expect(() => refusing.app.synth()).toThrow(`[Parent/Template] allowedContent must include TemplateContent.${content} for such a resource, got "${got}"`);
    const permitting = carried({ allowedContent: [content] });
    make(permitting.template);
    expect(Object.keys(carriedTemplate(permitting).Resources as object)).toHaveLength(1);
  });
});

describe('size', () => {
  const filled = (characters: number, props: SelfContainedTemplateProps = {}) => {
    const made = carried(props);
    new CfnOutput(made.template, 'Text', { value: 'ö'.repeat(characters / 2) });
    return made;
  };
  const EMPTY = '{"Outputs":{"Text":{"Value":""}}}'.length;

  test('51,200 bytes fit inline and one more does not', () => {
    expect(Buffer.byteLength(carriedText(filled(51_200 - EMPTY - 1)))).toBeLessThanOrEqual(51_200);
    expect(() => filled(51_202 - EMPTY + 1).app.synth()).toThrow('[Parent/Template] size of the template in bytes must be at most 51200, got 5120');
  });

  test('what is delivered by S3 may be larger', () => {
    expect(() => filled(100_000, { maximumSize: SelfContainedTemplate.OBJECT_SIZE }).app.synth()).not.toThrow();
    expect(() => carried({ maximumSize: Size.mebibytes(2) })).toThrow('[Parent/Template] maximumSize must be at most 1 MiB');
  });

  test('more than 500 resources are refused', () => {
    const made = carried({ maximumSize: SelfContainedTemplate.OBJECT_SIZE });
    for (let index = 0; index < 501; index++) new CfnBucket(made.template, `Bucket${index}`);
    expect(() => made.app.synth()).toThrow('number of resources must be at most 500, got 501');
  });
});
