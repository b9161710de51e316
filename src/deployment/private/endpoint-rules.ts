import { Token } from 'aws-cdk-lib';
import { CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { InputCheck } from '../../private/input-check';
import { INSTANCE_TYPE } from '../../private/instance-families';
import { describe } from '../../private/invalid-input';
import { ModelVariant } from '../model-variant';
import { SecureModelEndpointProps } from '../secure-model-endpoint-props';
import { variantNameOf } from './endpoint-shapes';
import { hasLocalStorage } from './volume-key';

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;
const NAME_RULE = 'be 1–63 letters, digits and hyphens, not beginning or ending with a hyphen';

/** Refuses what SageMaker would refuse, or would silently do otherwise. */
export function checkEndpoint(scope: Construct, props: SecureModelEndpointProps): void {
  const { endpointName, variants, shadowVariant, dataCapture, update } = props;
  const all = [...variants, ...(shadowVariant ? [shadowVariant] : [])];
  const names = all.map(variantNameOf);
  const check = new InputCheck(scope)
    .matches('endpointName', endpointName, NAME, NAME_RULE)
    .notEmpty('variants', variants)
    .atMost('variants', variants, 10)
    .unique('variants', names, 'Each variant needs a variantName of its own')
    .that('variants', variants.map(({ weight = 1 }) => weight), (weights) => weights.some((weight) => weight > 0), 'have a weight above 0 among them')
    .that('shadowVariant', shadowVariant && variants.length, (count) => count === undefined || count === 1, 'be beside a single variant', 'SageMaker copies the requests of one variant')
    .that('update', update && (update.isRolling ? names : []), (several) => several.length <= 1, 'not be rolling where there are several variants',
      'SageMaker rolls endpoints of one variant only; use EndpointUpdate.blueGreen')
    .that('dataCapture.percentage', dataCapture?.percentage, (percent) => Number.isInteger(percent) && percent >= 0 && percent <= 100, 'be a whole number between 0 and 100')
    .that('dataCapture.prefix', dataCapture?.prefix, (prefix) => prefix.endsWith('/') && !prefix.startsWith('/'), 'end with a slash, and not begin with one')
    .atMost('dataCapture.csvContentTypes', dataCapture?.csvContentTypes, 10)
    .atMost('dataCapture.jsonContentTypes', dataCapture?.jsonContentTypes, 10);
  for (const variant of all) checkVariant(check, variant);
  check.done();
}

function checkVariant(check: InputCheck, variant: ModelVariant): void {
  const { containers, instanceType, possibleInstanceTypes, instanceCount = 2, weight, scaling, volumeSize } = variant;
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
    .integerBetween(of('volumeSize'), volumeSize, 1, 512);
  for (const { image, modelDataUrl, environment } of containers) {
    check
      .matches(of('image'), image, /^\S{1,255}$/, 'be the URI of an image')
      .matches(of('modelDataUrl'), modelDataUrl, /^(https|s3):\/\/[^/]+\/?.*$/, 'be an S3 URI')
      .that(of('environment'), environment && Object.keys(environment), (keys) => keys.length <= 100, 'have at most 100 variables');
  }
  if (Token.isUnresolved(instanceType)) {
    if (possibleInstanceTypes === undefined) {
      check.report(of('possibleInstanceTypes'), undefined, 'be given where the instance type is not known at synth', 'Types with local storage take no volume key');
    }
  } else {
    check
      .that(of('volumeSize'), volumeSize, () => !hasLocalStorage(instanceType), 'not be given for an instance type with local storage', `${instanceType} has a disk of its own`)
      .that(of('instanceType'), instanceType, (type) => !type.startsWith('ml.inf1.'), 'not be of the family inf1',
        'SageMaker shifts its traffic all at once and without watching it; use inf2')
      .that(of('scaling'), scaling && instanceType, (type) => type === undefined || !type.startsWith('ml.t2.'), 'not be given for burstable instances', 'Their load says nothing about their capacity');
  }
  const least = scaling?.minimumInstances ?? instanceCount;
  check
    .integerBetween(of('scaling.minimumInstances'), scaling?.minimumInstances, 1, 1000)
    .that(of('scaling.maximumInstances'), scaling?.maximumInstances, (most) => Token.isUnresolved(least) || (Number.isInteger(most) && most >= least), `be at least the fewest instances, ${least}`)
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
