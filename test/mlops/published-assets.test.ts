import { createHash } from 'crypto';
import { readdirSync, readFileSync } from 'fs';
import { basename, join } from 'path';
import { App, BootstraplessSynthesizer, CliCredentialsStackSynthesizer, DefaultStackSynthesizer, LegacyStackSynthesizer, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Offer } from './fixture';
import { DataScienceEnvironment, ProjectBlueprint, SelfContainedTemplate, SeedCode, TemplateContent } from '../../src';
import { bundleOf } from '../../src/private/bundles';
import { publishedIn } from '../apps/template/published';
import { Json } from '../templates/carried';
import { testApp } from '../test-app';

const PLACE = { account: '111111111111', region: 'eu-west-1' };
const environmentIn = (stack: Stack) => {
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', cloudFormationExecutionRoles: ['arn:aws:iam::111111111111:role/deploys'],
  });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  return stack;
};
const objectsOf = ({ Resources }: Json) => publishedIn(Resources as unknown as Record<string, { Type: string }>) as unknown as Json[];
const templatesIn = (directory: string) => readdirSync(directory).filter((file) => file.endsWith('.template.json')).map((file) => JSON.parse(readFileSync(join(directory, file), 'utf8')) as Json);
const objectsIn = (directory: string) => templatesIn(directory).flatMap(objectsOf);
/** Statements with which a publisher reads, in any template of a directory. */
const readsIn = (directory: string) => templatesIn(directory).flatMap(({ Resources }) => Object.entries(Resources as Record<string, Json>))
  .filter(([id]) => /PublisherHandlerPolicy/.test(id)).flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Json[])
  .filter(({ Action }) => Action === 's3:GetObject').map(({ Resource }) => Resource as Json);
const textOf = (value: Json | string): string => {
  if (typeof value === 'string') return value;
  if ('Fn::Join' in value) return (value['Fn::Join'] as [string, Json[]])[1].map(textOf).join('');
  return 'Fn::Sub' in value ? value['Fn::Sub'] as string : `<${value.Ref}>`;
};
/** What the CDK uploads, by its digest. */
const uploadsIn = (directory: string) => Object.fromEntries(readdirSync(directory).filter((file) => file.endsWith('.assets.json'))
  .flatMap((file) => Object.values((JSON.parse(readFileSync(join(directory, file), 'utf8')) as Json).files as Record<string, Json>))
  .map(({ source, destinations }) => [createHash('sha256').update(readFileSync(join(directory, source.path as string))).digest('hex'), Object.values(destinations as Json)[0] as Json]));

test('what an environment publishes is uploaded with its stack, and read from there by its digest', () => {
  const app = testApp();
  environmentIn(new Stack(app, 'Ml', { env: PLACE }));
  const { directory } = app.synth(), uploads = uploadsIn(directory), objects = objectsIn(directory);
  expect(objects.map(({ Key }) => (Key as string).split('/')[0]).sort()).toEqual(['products', 'seed-code']);
  for (const { Source, Content } of objects) {
    expect(Content).toBeUndefined();
    expect(uploads[Source.Sha256 as string]).toMatchObject({ objectKey: Source.Key, bucketName: Source.Bucket });
  }
  expect(readsIn(directory).map(textOf)).toEqual(['arn:aws:s3:::cdk-hnb659fds-assets-111111111111-eu-west-1/secure-mlops-*']);
});

test('the same content is the same bytes', () => {
  const keys = () => {
    const app = testApp();
    environmentIn(new Stack(app, 'Ml', { env: PLACE }));
    return objectsIn(app.synth().directory).map(({ Source }) => Source.Key as string);
  };
  expect(keys()).toEqual(keys());
});

describe('a stack that is synthesized', () => {
  test.each<[string, () => Stack, string]>([
    ['with a qualifier', () => new Stack(testApp(), 'Ml', { synthesizer: new DefaultStackSynthesizer({ qualifier: 'company', bucketPrefix: 'cdk/' }) }), 'cdk-company-assets-${AWS::AccountId}-${AWS::Region}/cdk/secure-mlops-*'],
    ['with a bucket', () => new Stack(testApp(), 'Ml', { synthesizer: new DefaultStackSynthesizer({ fileAssetsBucketName: 'company-assets' }) }), 'company-assets/secure-mlops-*'],
    ['with the credentials of the CLI', () => new Stack(testApp(), 'Ml', { synthesizer: new CliCredentialsStackSynthesizer() }), 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}/secure-mlops-*'],
    ['in a stage', () => new Stack(new Stage(testApp(), 'Production', { env: PLACE }), 'Ml'), 'cdk-hnb659fds-assets-111111111111-eu-west-1/secure-mlops-*'],
    ['in another stack', () => new NestedStack(new Stack(testApp(), 'Ml', { env: PLACE }), 'Nested'), 'cdk-hnb659fds-assets-111111111111-eu-west-1/secure-mlops-*'],
  ])('%s uploads where that says, and reads what it has uploaded', (_, make, objects) => {
    const stack = environmentIn(make());
    (stack.node.root as App).synth();
    const { outdir } = Stage.of(stack)!, uploads = uploadsIn(outdir);
    for (const { Source } of objectsIn(outdir)) expect(uploads[Source.Sha256 as string]).toMatchObject({ objectKey: Source.Key });
    expect(readsIn(outdir).map((arn) => textOf(arn).replace(/^arn:.*?:s3:/, 'arn:PARTITION:s3:'))).toEqual([`arn:PARTITION:s3:::${objects}`]);
  });

  test('as of old reads what the parameters of its assets name', () => {
    const app = testApp({ context: { '@aws-cdk/core:newStyleStackSynthesis': false } });
    environmentIn(new Stack(app, 'Ml', { env: PLACE, synthesizer: new LegacyStackSynthesizer() }));
    const [{ Parameters }] = templatesIn(app.synth().directory);
    for (const { Source } of objectsIn(app.outdir)) expect(Object.keys(Parameters as Json)).toContain((Source.Bucket as Json).Ref);
    const [reads] = readsIn(app.outdir);
    expect(textOf(reads)).toMatch(/:s3:::\$\{AssetParameterssecuremlops[0-9a-f]{64}S3Bucket[0-9A-F]{8}\}\/\*$/);
  });
});

describe('a template that has no place for assets carries what it publishes', () => {
  test('such as a stack without bootstrapping', () => {
    const app = testApp();
    environmentIn(new Stack(app, 'Ml', { env: PLACE, synthesizer: new BootstraplessSynthesizer() }));
    const { directory } = app.synth();
    expect(objectsIn(directory).filter(({ Source, Content }) => Source !== undefined || Content === undefined)).toEqual([]);
    expect(readsIn(directory)).toEqual([]);
  });

  test('such as a template that leaves the app', () => {
    const { INLINE_SIZE: _, OBJECT_SIZE: maximumSize } = SelfContainedTemplate;
    const stack = new SelfContainedTemplate(new Stack(testApp(), 'Platform'), 'Environment', { maximumSize, allowedContent: Object.values(TemplateContent), fileName: 'e.json' });
    environmentIn(stack);
    const { directory } = (stack.node.root as App).synth();
    const template = JSON.parse(readFileSync(join(directory, stack.filePath!), 'utf8')) as Json;
    expect(objectsOf(template).filter(({ Content }) => Content === undefined)).toEqual([]);
  });
});

test('the publisher is allowed to read nothing as long as it publishes nothing', () => {
  const { app } = new Offer();
  expect(readsIn(app.synth().directory)).toEqual([]);
});

describe('an upload', () => {
  const offer = new Offer();
  offer.foundation._program('release');
  offer.foundation._publisher.publish(offer.stack, 'Files', { folder: 'seed-code', name: 'repository.zip', files: { 'train/config.yaml': 'name: zz-name\n', 'README.md': '# zz-name', 'src/ü.py': 'print("ü")' }, contentType: 'application/zip' });
  offer.foundation._publisher.publish(offer.stack, 'Values', { folder: 'parts', name: 'stage.json', content: `{"account":"${offer.stack.partition}"}`, contentType: 'application/json' });
  const { directory } = offer.app.synth();
  const fileOf = (name: string) => {
    const { Source } = objectsIn(directory).find(({ Key }) => (Key as string).startsWith(name))!;
    return readFileSync(join(directory, `asset.${basename(Source.Key as string)}`));
  };

  test('of a program is the program', () => {
    expect(fileOf('programs/release').toString()).toBe(bundleOf('release'));
  });

  test('of files is an archive, of the same bytes on every machine', () => {
    expect(createHash('sha256').update(fileOf('seed-code/repository')).digest('hex')).toBe('a4fe76b0af51fb4f9b1bcdc8e1534ade809c5c9f8d7f2444b42194e0bc74cb47');
  });

  test('of a text holds places for what only CloudFormation knows, which the publisher fills in', () => {
    const { Replacements } = objectsIn(directory).find(({ Key }) => (Key as string).startsWith('parts/stage'))!;
    const [[placeholder, value]] = Object.entries(Replacements as Json);
    expect(value).toEqual({ Ref: 'AWS::Partition' });
    expect(fileOf('parts/stage').toString()).toBe(`{"account":"${placeholder}"}`);
  });
});

test('seed code of one\'s own is uploaded as an archive', () => {
  const offer = new Offer();
  offer.foundation._seed(SeedCode.fromDirectory(__dirname));
  expect(objectsIn(offer.app.synth().directory)[0].Source.Key).toMatch(/^secure-mlops-[0-9a-f]{64}\.zip$/);
});
