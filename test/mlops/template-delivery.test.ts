import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Offer } from './fixture';
import { ProjectBlueprint, ProjectTemplateOptions, SeedCode, TemplateDelivery } from '../../src';
import { Json } from '../templates/carried';

const blueprint = ProjectBlueprint.buildTrain();

function offered(options: Partial<ProjectTemplateOptions> = {}) {
  const offer = new Offer();
  return { offer, made: offer.add({ blueprint, ...options }) };
}
const productOf = ({ offer }: { offer: Offer }): Json =>
  (Object.values(offer.template().findResources('AWS::ServiceCatalog::CloudFormationProduct'))[0] as Json).Properties as Json;
const versionOf = (options: Partial<ProjectTemplateOptions> = {}) => productOf(offered(options)).ProvisioningArtifactParameters[0].Name as string;

/** The address of the template under its digest, after where the publisher says the bucket is, in whichever partition: once it is there. */
const ADDRESS = { 'Fn::Join': ['', [{ 'Fn::GetAtt': [expect.stringMatching(/PublisherObjects/), 'Address'] }, expect.stringMatching(/^\/products\/offered-[0-9a-f]{12}\.json$/)]] };
/** The same where no product is waited for: its bucket, and the key that the publisher answers. */
const BESIDE = { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': [expect.stringMatching(/Templates/), 'RegionalDomainName'] }, '/', { 'Fn::GetAtt': [expect.stringMatching(/^OfferedTemplate/), 'Key'] }]] };

describe('Service Catalog', () => {
  const delivered = offered({ displayName: 'Train a model', description: 'Trains.' });
  let template: Template;
  beforeAll(() => { template = delivered.offer.template(); });

  test('offers a product that Studio shows', () => {
    expect(productOf(delivered)).toMatchObject({ Name: 'Train a model', Description: 'Trains.', Owner: 'Platform team', Tags: [{ Key: 'sagemaker:studio-visibility', Value: 'true' }] });
    expect(delivered.offer.stack.resolve(delivered.made.productArn)).toEqual(expect.objectContaining({ 'Fn::Join': expect.anything() }));
    expect(delivered.made.templateUrl).toBeUndefined();
  });

  test('names it after the construct, and says what the blueprint says, unless told otherwise', () => {
    expect(productOf(offered())).toMatchObject({ Name: 'Offered', Description: 'Trains, evaluates and registers a model whenever its code changes' });
  });

  test('loads its template from where it was published: no asset', () => {
    expect(productOf(delivered).ProvisioningArtifactParameters[0].Info).toEqual({ LoadTemplateFromURL: ADDRESS });
    expect(delivered.offer.published()['products/offered.json']).toMatchObject({ ContentType: 'application/json', Content: expect.stringContaining('AWS::CodePipeline::Pipeline') });
  });

  test('launches it with the launch role', () => {
    template.hasResourceProperties('AWS::ServiceCatalog::LaunchRoleConstraint', { RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^RolesLaunchRole'), 'Arn'] } });
  });

  test('shows it to those who may launch, and to nobody else', () => {
    template.resourceCountIs('AWS::ServiceCatalog::PortfolioPrincipalAssociation', 1);
    template.hasResourceProperties('AWS::ServiceCatalog::PortfolioPrincipalAssociation', { PrincipalARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Launcher'), 'Arn'] } });
  });

  test('waits until SageMaker lets Studio see products', () => {
    const [portfolio] = Object.values(template.findResources('AWS::ServiceCatalog::Portfolio')) as Json[];
    expect(portfolio.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^ProjectsPublisherPortfolios/)]));
  });

  test('has one portfolio for all templates of an environment', () => {
    const { offer } = offered();
    offer.add({ blueprint }, 'Second');
    offer.template().resourceCountIs('AWS::ServiceCatalog::Portfolio', 1);
    offer.template().resourceCountIs('AWS::ServiceCatalog::PortfolioProductAssociation', 2);
  });
});

describe('a version', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'delivery-')); });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('is the same for the same content', () => {
    expect(versionOf()).toBe(versionOf());
    expect(versionOf()).toMatch(/^[0-9a-f]{12}$/);
  });

  test('stays where only the words about the product change', () => {
    expect(versionOf({ displayName: 'Other' })).toBe(versionOf());
  });

  test('is another where the blueprint is', () => {
    expect(versionOf({ blueprint: ProjectBlueprint.buildTrain({ schedule: Schedule.cron({ hour: '1' }) }) })).not.toBe(versionOf());
  });

  test('is another where the seed code is: projects begin with it', () => {
    writeFileSync(join(folder, 'README.md'), 'another');
    expect(versionOf({ seedCode: SeedCode.fromDirectory(folder) })).not.toBe(versionOf());
  });

  test('is another object, so that what was launched from the old one stays', () => {
    const keyOf = (options: Partial<ProjectTemplateOptions>) => offered(options).offer.published()['products/offered.json'].Key as string;
    expect(keyOf({})).toBe(`products/offered-${versionOf()}.json`);
    expect(keyOf({ description: 'Another' })).not.toBe(keyOf({}));
  });
});

describe('S3', () => {
  const { offer, made } = offered({ delivery: TemplateDelivery.s3() });

  test('publishes YAML where Studio looks, marked for it', () => {
    expect(offer.published()['projects/offered.yaml']).toMatchObject({
      Key: expect.stringMatching(/^projects\/offered-[0-9a-f]{12}\.yaml$/),
      ContentType: 'application/yaml',
      Tags: { 'sagemaker:studio-visibility': 'true' },
      Content: expect.stringMatching(/^Description: "?Trains/),
    });
  });

  test('makes neither product nor portfolio, and leaves SageMaker\'s switch for Service Catalog alone', () => {
    const types = Object.values(offer.template().toJSON().Resources as Json).map(({ Type }: Json) => Type as string);
    expect(types.filter((type) => /ServiceCatalog|Portfolio/.test(type))).toEqual([]);
    expect(made.productArn).toBeUndefined();
  });

  test('answers the address of the template', () => {
    expect(offer.stack.resolve(made.templateUrl)).toEqual(BESIDE);
  });
});

test.each(['', 'x'.repeat(101)])('a name that Service Catalog would not take is refused: \'%s\'', (displayName) => {
  expect(() => offered({ displayName })).toThrow(`[Stack/Offered] displayName must have 1–100 characters, got "${displayName}"`);
});

test('a description that CloudFormation would not take is refused', () => {
  expect(() => offered({ description: 'ä'.repeat(600) })).toThrow('[Stack/Offered] description must have at most 1024 bytes');
});
