import { Token } from 'aws-cdk-lib';
import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { hasLocalStorage } from '../../identity/instance-families';
import { InputCheck } from '../../private/input-check';
import { INSTANCE_TYPE, warnOfUnknownTypes } from '../../private/instance-type';
import { describe } from '../../private/invalid-input';
import { checkKey } from '../../private/key-rules';
import { checkRequired, KEY, like, listOf, ROLE, structOf, TEXT } from '../../private/required-input';
import { ModelContainer } from '../model-container';
import { ModelNetwork } from '../model-network';
import { ModelVariant } from '../model-variant';
import { SecureModelEndpointProps } from '../secure-model-endpoint-props';
import { fewestInstancesOf, instanceCountOf, mayBeAlone, variantNameOf } from './endpoint-shapes';

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
/** A content type, as SageMaker takes them for captured data. */
const CONTENT_TYPE = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*\/[a-zA-Z0-9](-*[a-zA-Z0-9.])*$/;
const VARIABLE = /^[a-zA-Z_][a-zA-Z0-9_]{0,1023}$/;
const NAME_RULE = 'be 1–63 letters, digits and hyphens, not beginning or ending with a hyphen';

const VARIANT = structOf<ModelVariant>({ containers: listOf(structOf<ModelContainer>({ image: TEXT })), instanceType: TEXT });
const NETWORK = like<ModelNetwork>('subnetIds', 'a network: ModelNetwork.fromVpc(…) or ModelNetwork.fromAttributes(…)');

/** Refuses what SageMaker would refuse, or would silently do otherwise. */
export function checkModelEndpoint(scope: Construct, props: SecureModelEndpointProps): void {
  checkRequired(scope, props, { variants: listOf(VARIANT), executionRole: ROLE, modelNetwork: NETWORK, volumeKey: KEY });
  const { endpointName, variants, shadowVariant, dataCapture, update } = props;
  const all = [...variants, ...(shadowVariant ? [shadowVariant] : [])];
  const names = all.map(variantNameOf);
  const alone = variants.filter(mayBeAlone).map(variantNameOf).shift();
  const check = checkKey(checkKey(new InputCheck(scope), 'volumeKey', props.volumeKey), 'dataCapture.encryptionKey', dataCapture?.encryptionKey)
    .matches('endpointName', endpointName, NAME, NAME_RULE)
    .notEmpty('variants', variants)
    .atMost('variants', variants, 10)
    .unique('variants', names, 'Each variant needs a variantName of its own')
    .that('variants', variants.map(({ weight = 1 }) => weight), (weights) => weights.some((weight) => weight > 0), 'have a weight above 0 among them')
    .that('shadowVariant', shadowVariant && variants.length, (count) => count === undefined || count === 1, 'be beside a single variant', 'SageMaker copies the requests of one variant')
    .that('update', update && (update.isRolling ? names : []), (several) => several.length <= 1, 'not be rolling where there are several variants',
      'SageMaker rolls endpoints of one variant only; use EndpointUpdate.blueGreen')
    .that('update', update?._inParts, () => alone === undefined, `move everything at once where a variant may have a single instance, as ${alone} may`,
      'SageMaker moves at most half of a variant at a time: use TrafficShifting.allAtOnce, or two instances')
    .that('dataCapture.percentage', dataCapture?.percentage, (percent) => Number.isInteger(percent) && percent >= 0 && percent <= 100, 'be a whole number between 0 and 100')
    .that('dataCapture.prefix', dataCapture?.prefix, (prefix) => prefix.endsWith('/') && !prefix.startsWith('/'), 'end with a slash and not begin with one, such as captures/')
    .atMost('dataCapture.csvContentTypes', dataCapture?.csvContentTypes, 10)
    .atMost('dataCapture.jsonContentTypes', dataCapture?.jsonContentTypes, 10);
  for (const list of ['csvContentTypes', 'jsonContentTypes'] as const) {
    check.that(`dataCapture.${list}`, dataCapture?.[list], (types) => types.every((type) => Token.isUnresolved(type) || CONTENT_TYPE.test(type)), 'be content types such as text/csv');
  }
  for (const variant of all) checkVariant(check, variant);
  checkVolumes(check, all);
  check.throwIfInvalid();
  for (const variant of all) {
    const { instanceType, possibleInstanceTypes } = variant, of = (property: string) => `variants.${variantNameOf(variant)}.${property}`;
    warnOfUnknownTypes(scope, of('instanceType'), [instanceType]);
    warnOfUnknownTypes(scope, of('possibleInstanceTypes'), possibleInstanceTypes);
  }
}

/** One key is for all volumes: where one variant takes none, those of the others would be without it, and nobody would be told. */
function checkVolumes(check: InputCheck, variants: ModelVariant[]): void {
  const known = variants.filter(({ instanceType }) => !Token.isUnresolved(instanceType));
  const local = known.find(({ instanceType }) => hasLocalStorage(instanceType));
  const other = known.find(({ instanceType }) => !hasLocalStorage(instanceType));
  if (local === undefined || other === undefined) return;
  check.report(`variants.${variantNameOf(local)}.instanceType`, local.instanceType, `have no local storage, like ${other.instanceType} of ${variantNameOf(other)}`,
    'SageMaker takes no volume key where any type has local storage, and the other volumes would be without it: use two endpoints, or types of one kind');
}

/** SageMaker names the containers of a pipeline, or takes a name for each. */
function checkContainers(check: InputCheck, of: (property: string) => string, containers: ModelContainer[]): void {
  const hostnames = containers.flatMap(({ containerHostname }) => containerHostname ?? []);
  check
    .that(of('containerHostname'), hostnames, (names) => names.every((name) => Token.isUnresolved(name) || NAME.test(name)), NAME_RULE)
    .unique(of('containerHostname'), hostnames.filter((name) => !Token.isUnresolved(name)))
    .that(of('containerHostname'), hostnames, ({ length }) => length === 0 || length === containers.length, 'be given for every container or for none');
  for (const { image, modelDataUrl, uncompressedModelData, environmentVariables: environment } of containers) {
    const variables = Object.entries(environment ?? {});
    check
      .matches(of('image'), image, /^\S{1,255}$/, 'be the URI of an image, such as 111111111111.dkr.ecr.eu-west-1.amazonaws.com/forecast:1')
      .matches(of('modelDataUrl'), modelDataUrl, /^(https|s3):\/\/[^/]+\/?.*$/, 'be an S3 URI, such as s3://bucket/forecast/model.tar.gz')
      .matches(of('uncompressedModelData'), uncompressedModelData, /^s3:\/\/[^/]+\/.+$/, 'be an S3 URI, such as s3://bucket/forecast/model.tar.gz')
      .notBoth(of('uncompressedModelData'), uncompressedModelData, 'modelDataUrl', modelDataUrl)
      .atMost(of('environmentVariables'), variables, 100)
      .that(of('environmentVariables'), variables.map(([name]) => name), (names) => names.every((name) => VARIABLE.test(name)),
        'have names of letters, digits and underscores that begin with no digit')
      .that(of('environmentVariables'), variables, (pairs) => pairs.every(([, value]) => Token.isUnresolved(value) || value.length <= 1024), 'have values of at most 1024 characters');
    if (uncompressedModelData !== undefined && Token.isUnresolved(uncompressedModelData) && uncompressedModelData.endsWith('}')) {
      check.report(of('uncompressedModelData'), 'a token', 'end in a text that is known at synth', 'SageMaker must be told whether it is a file or a prefix');
    }
  }
}

function checkVariant(check: InputCheck, variant: ModelVariant): void {
  const { containers, instanceType, possibleInstanceTypes, weight, scaling, volumeSize } = variant;
  const instanceCount = instanceCountOf(variant), least = fewestInstancesOf(variant);
  const name = variantNameOf(variant);
  const of = (property: string) => `variants.${name}.${property}`;
  check
    .matches(of('variantName'), variant.variantName, NAME, NAME_RULE)
    .notEmpty(of('containers'), containers)
    .atMost(of('containers'), containers, 15)
    .matches(of('instanceType'), instanceType, INSTANCE_TYPE, 'be an instance type such as ml.m5.large', 'Serverless endpoints have no VPC, no network isolation and no data capture')
    .that(of('possibleInstanceTypes'), possibleInstanceTypes, (types) => types.length > 0 && types.every((type) => INSTANCE_TYPE.test(type)), 'be instance types such as ml.m5.large')
    .integerBetween(of('instanceCount'), instanceCount, 1, 1000)
    .that(of('weight'), weight, (number) => number >= 0, 'not be negative')
    .gibibytesBetween(of('volumeSize'), volumeSize, 1, 512);
  checkContainers(check, of, containers);
  if (Token.isUnresolved(instanceType) && possibleInstanceTypes === undefined) {
    check.report(of('possibleInstanceTypes'), undefined, 'be given where the instance type is not known at synth', 'Types with local storage take no volume key');
  }
  const types = Token.isUnresolved(instanceType) ? possibleInstanceTypes : [instanceType];
  check
    .that(of('volumeSize'), volumeSize && `${volumeSize.toGibibytes()} GiB`, () => !types?.some(hasLocalStorage), 'not be given for an instance type with local storage',
      `${types?.find(hasLocalStorage)} has a disk of its own`)
    .every(of('instanceType'), types, (type) => !type.startsWith('ml.inf1.'), 'not be of the family inf1', 'SageMaker shifts its traffic all at once and without watching it; use inf2')
    .every(of('scaling'), scaling && types, (type) => !type.startsWith('ml.t2.'), 'not be given for burstable instances', 'Their load says nothing about their capacity');
  check
    .integerBetween(of('scaling.minInstanceCount'), scaling?.minInstanceCount, 1, 1000)
    .that(of('scaling.maxInstanceCount'), scaling?.maxInstanceCount, (most) => Token.isUnresolved(least) || (Number.isInteger(most) && most >= least), `be at least the fewest instances, ${least}`)
    .that(of('instanceCount'), scaling && instanceCount, (count) => Token.isUnresolved(least) || Token.isUnresolved(scaling?.maxInstanceCount) || (count >= least && count <= scaling!.maxInstanceCount),
      'be between the fewest and the most instances of scaling', 'Scaling would change it at once')
    .that(of('scaling.invocationsPerInstance'), scaling?.invocationsPerInstance, (rate) => rate > 0, 'be more than 0');
}

/** What an escape hatch may have made of it. */
export function checkInstances(configuration: CfnEndpointConfig): string[] {
  const variants = configuration.productionVariants;
  if (!Array.isArray(variants)) return [];
  return variants.filter((variant) => 'serverlessConfig' in variant && variant.serverlessConfig !== undefined).map((variant) => describe({
    property: 'serverlessConfig',
    value: 'variantName' in variant ? variant.variantName : undefined,
    rule: 'not be given',
    remedy: 'SageMaker offers serverless endpoints no VPC, no network isolation and no data capture',
  }));
}
