import { existsSync, readFileSync } from 'fs';
import type { Release } from './release';
import { jsonObjectIn } from '../files/json-object';

interface Template {
  readonly Resources?: Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>;
}

/** CloudFormation takes a larger template of a stack set from S3 only. */
const LARGEST = 51_200;

/** CloudFormation reads such a text from somewhere else, as whoever deploys. */
const DYNAMIC_REFERENCE = /\{\{\s*resolve:/;

/**
 * The template of a stage's endpoint with the container's environment variables, as they were approved: CloudFormation knows no
 * parameter that is a map. Nothing where there are none, and the template stays as it was published.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-model-containerdefinition.html
 */
export function endpointTemplateOf(file: string, { modelPackageArn, environment }: Release): string | undefined {
  if (Object.keys(environment).length === 0 || !existsSync(file)) return undefined;
  const published = readFileSync(file, 'utf8');
  for (const [name, value] of Object.entries(environment)) {
    if (DYNAMIC_REFERENCE.test(name) || DYNAMIC_REFERENCE.test(value)) {
      throw new Error(`the environment variable ${name} of ${modelPackageArn} is a reference that CloudFormation would look up, ${value}: register the version with the value itself`);
    }
  }
  const template = jsonObjectIn<Template>(file);
  containerIn(file, template).Environment = environment;
  const text = JSON.stringify(template);
  if (Buffer.byteLength(text) > LARGEST) {
    const room = LARGEST - Buffer.byteLength(published);
    throw new Error(`the environment variables of ${modelPackageArn} have ${Buffer.byteLength(JSON.stringify(environment))} bytes, and the template of the endpoint has room for ${room}: put what is large into the artifact`);
  }
  return text;
}

function containerIn(file: string, { Resources = {} }: Template): Record<string, unknown> {
  const models = Object.values(Resources).filter(({ Type }) => Type === 'AWS::SageMaker::Model');
  const { PrimaryContainer, Containers } = models[0]?.Properties ?? {};
  const containers = (Containers ?? (PrimaryContainer === undefined ? [] : [PrimaryContainer])) as Record<string, unknown>[];
  if (models.length !== 1 || containers.length !== 1) throw new Error(`${file} is not the template of one model with one container`);
  return containers[0];
}
