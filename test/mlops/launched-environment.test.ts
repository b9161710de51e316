import { createHash } from 'crypto';
import { Tags } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { parse } from 'yaml';
import { Given, Offer, unpacked } from './fixture';
import { DeploymentStage, ModelApproval, ProjectBlueprint, ProjectTemplate, TemplateDelivery } from '../../src';
import { NAME_PLACEHOLDER, OWNER_PLACEHOLDER } from '../../src/mlops/private/publisher';
import { objectsOf } from '../apps/template/published';
import { Json } from '../templates/carried';

const STAGES = [DeploymentStage.sameAccount('live', { approval: ModelApproval.manual() })];
/** What is given when the environment is launched. */
const GIVEN: Record<string, string> = { EnvironmentName: 'a2345678901234567890', Owner: 'team@example.com' };

/** Both blueprints by both deliveries, and a template of somebody's own, in a stack that knows neither account nor region. */
function offered(given: Given): Offer {
  const offer = new Offer({ ...given, deploymentStages: STAGES, env: undefined });
  const train = ProjectBlueprint.buildTrain(), deploy = ProjectBlueprint.deploy();
  offer.add({ blueprint: train }, 'Train');
  offer.add({ blueprint: train, delivery: TemplateDelivery.s3() }, 'TrainS3');
  offer.add({ blueprint: deploy }, 'Deploy');
  offer.add({ blueprint: deploy, delivery: TemplateDelivery.s3() }, 'DeployS3');
  const own = new ProjectTemplate(offer.stack, 'Own', { names: offer.foundation.names });
  new CfnTopic(own, 'Topic');
  offer.add({ blueprint: ProjectBlueprint.custom(own) }, 'Owned');
  Tags.of(offer.stack).add('environment', offer.foundation.names.environmentName);
  return offer;
}

/** The texts that were published, by their names, as the publisher writes them; digests in keys, which are of the unfilled text, left out. */
function texts(offer: Offer): Record<string, string> {
  const resources = offer.template().toJSON().Resources as Record<string, { Type: string }>;
  const objects = Object.entries(resources).flatMap(([id, resource]) => objectsOf(id, resource)) as [string, Json][];
  const digestOf = (other: (object: Json, id: string) => boolean) =>
    createHash('sha256').update(written(objects.find(([id, object]) => other(object, id))![0])).digest('hex');
  const written = (objectId: string): string => {
    const { Content, Replacements = {} } = unpacked(objects.find(([id]) => id === objectId)![1], offer.app.outdir);
    const text = typeof Content === 'string' ? Content : JSON.stringify(Content);
    const value = ({ Ref, 'Fn::GetAtt': [other, attribute] = [] as string[], ...more }: Json) => (Object.keys(more).length > 0 || /^AWS::/.test(String(Ref)) ? JSON.stringify({ Ref, ...more }).replace(/"/g, '') : Ref ? GIVEN[Ref as string] : digestOf(({ Digest }, id) => (attribute === 'Sha256' ? id === other : Digest === attribute)));
    const told = objects.map(([, { Digest }]) => Digest as string | undefined).filter((one) => one !== undefined && text.includes(one)) as string[];
    const filled = Object.entries(Replacements as Record<string, Json>)
      .reduce((so, [placeholder, given]) => so.split(placeholder).join(value(given)), text);
    return told.reduce((so, placeholder) => so.split(placeholder).join(digestOf(({ Digest }) => Digest === placeholder)), filled);
  };
  return Object.fromEntries(objects
    .map(([id, { Key }]) => [(Key as string).replace(/-[0-9a-f]{12}\./, '.'), id])
    .filter(([name]) => /^(products|projects|parts)\//.test(name))
    .map(([name, id]) => [name, written(id).replace(/-[0-9a-f]{12}\./g, '.')]));
}

const launched = texts(offered({ launched: true }));
const known = texts(offered({ environmentName: GIVEN.EnvironmentName, owner: GIVEN.Owner }));

test('an environment that is launched publishes, name for name, what one of a known name publishes', () => {
  expect(Object.keys(launched).sort()).toEqual(Object.keys(known).sort());
  expect(Object.keys(launched)).toHaveLength(7);
});

test.each(['products/deploy.json', 'projects/deploys3.yaml'])('what builds of %s fetch is compared with what was written, not with what is still to be filled in', (name) => {
  for (const part of ['endpoint-live.json', 'stage-live.json']) {
    const digest = createHash('sha256').update(launched[`parts/${part}`]).digest('hex');
    expect(launched[name]).toContain(`${digest}  release/${part}`);
  }
});

test.each(Object.keys(known))('what it publishes as %s is the same', (name) => {
  const read = (text: string): unknown => (name.endsWith('.yaml') ? parse(text) : text);
  expect(read(launched[name])).toEqual(read(known[name]));
});

test.each([NAME_PLACEHOLDER, OWNER_PLACEHOLDER])('%s stands in quotes in YAML, where a name may be \'true\' and is text all the same', (placeholder) => {
  const yaml = offered({ launched: true }).published()['projects/trains3.yaml'].Content as string;
  expect(yaml).toContain(placeholder);
  expect(yaml.split(placeholder).slice(0, -1).filter((before) => !/"[^"\n]*$/.test(before))).toEqual([]);
});

describe.each(Object.keys(known).filter((name) => name.endsWith('.json') && !name.includes('/stage-')))('%s', (name) => {
  const template = JSON.parse(launched[name]) as Json;

  test('has parameters of literals, as CloudFormation demands', () => {
    const intrinsics = Object.entries(template.Parameters as Record<string, Json>).flatMap(([parameter, properties]) =>
      Object.entries(properties).filter(([key, value]) => typeof value === 'object' && key !== 'AllowedValues').map(([key]) => `${parameter}.${key}`));
    expect(intrinsics).toEqual([]);
  });

  test('refers to nothing of the stack that it was published from', () => {
    expect(JSON.stringify(template)).not.toMatch(/"Ref":"(EnvironmentName|Owner)"|zzz-/);
  });

  test('is tagged with what was given', () => {
    const tagged = Object.values(template.Resources as Record<string, Json>).flatMap(({ Properties: { Tags: tags = [] } }) => tags as Json[] | Json)
      .flatMap((tags: Json) => (Array.isArray(tags) ? tags as Json[] : [tags]));
    expect(tagged).toContainEqual({ Key: 'environment', Value: GIVEN.EnvironmentName });
    expect(tagged).toContainEqual({ Key: 'owner', Value: GIVEN.Owner });
  });
});

test('the artifact of an endpoint may be in the releases bucket of whichever account and region this is, and in no other', () => {
  const { Parameters } = JSON.parse(launched['parts/endpoint-live.json']) as Json;
  const pattern = new RegExp(`^(${Parameters.ModelDataUrl.AllowedPattern})$`);
  expect(pattern.test('s3://a2345678901234567890--releases-111111111111-eu-west-1/p-1/1/model.tar.gz')).toBe(true);
  expect(pattern.test('s3://a2345678901234567890--data-111111111111-eu-west-1/model.tar.gz')).toBe(false);
  expect(pattern.test('s3://other--releases-111111111111-eu-west-1/model.tar.gz')).toBe(false);
});
