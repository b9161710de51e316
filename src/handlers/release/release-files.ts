import { existsSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { endpointTemplateOf } from './endpoint-template';
import type { Release } from './release';
import type { Sample } from './sample';
import { Settings } from './settings';
import { jsonObjectIn } from '../files/json-object';
import { checkStageFiles } from '../files/stage-files';

/** Where the repository says how a stage's endpoint is to be. */
const CONFIGURATION = 'config';
const LONGEST_NAME = 63;

/** What a stage has fixed. */
interface Stage {
  readonly endpointPrefix: string;
  readonly instanceTypes: string[];
}

interface Parameter {
  readonly ParameterKey: string;
  readonly ParameterValue: string;
}

/**
 * Writes the release, the sample to test endpoints with, and for each stage the parameters of its endpoint's template, and into
 * this the container's environment variables. Answers the files.
 */
export function writeRelease(release: Release, sample: Sample | undefined, settings: Settings): string[] {
  const { outputDirectory, stages } = settings;
  if (stages.length > 0) checkStageFiles(CONFIGURATION, stages);
  // All of them are made before the first is written: half a release is none.
  const contents = new Map<string, string>([['release.json', jsonText(release)]]);
  for (const stage of stages) {
    contents.set(`parameters-${stage}.json`, jsonText(parametersOf(stage, release, settings)));
    const template = endpointTemplateOf(join(outputDirectory, `endpoint-${stage}.json`), release);
    if (template !== undefined) contents.set(`endpoint-${stage}.json`, template);
  }
  if (sample !== undefined) contents.set(sample.name, sample.content);
  mkdirSync(outputDirectory, { recursive: true });
  return [...contents].map(([name, content]) => {
    const file = join(outputDirectory, name);
    writeFileSync(file, content);
    return file;
  });
}

function jsonText(content: unknown): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/** As CloudFormation takes them. */
function parametersOf(name: string, { image, modelDataUrl }: Release, { outputDirectory, projectName }: Settings): Parameter[] {
  const { endpointPrefix, instanceTypes } = jsonObjectIn<Stage>(join(outputDirectory, `stage-${name}.json`));
  const endpointName = `${endpointPrefix}${projectName}`;
  if (endpointName.length > LONGEST_NAME) throw new Error(`the endpoint ${endpointName} would have ${endpointName.length} characters, and SageMaker allows ${LONGEST_NAME}`);
  const values = { EndpointName: endpointName, Image: image, ModelDataUrl: modelDataUrl, InstanceType: instanceTypeOf(name, instanceTypes) };
  return Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
}

/** The repository's choice, within what the stage allows: as data, nothing of the repository is run. */
function instanceTypeOf(stage: string, allowed: string[]): string {
  const file = join(CONFIGURATION, `${stage}.json`);
  if (!existsSync(file)) return allowed[0];
  const given = jsonObjectIn<Record<string, unknown>>(file);
  const unknown = Object.keys(given).filter((name) => name !== 'instanceType');
  if (unknown.length > 0) throw new Error(`${file} has ${unknown.join(', ')}, and only instanceType is chosen there`);
  const { instanceType = allowed[0] } = given;
  if (!allowed.includes(instanceType as string)) throw new Error(`${file}: instanceType is ${JSON.stringify(instanceType)} but must be one of ${allowed.join(', ')}`);
  return instanceType as string;
}
