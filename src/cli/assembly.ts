import { existsSync, readFileSync, statSync } from 'fs';
import { basename, join } from 'path';
import { RequiredOfRole, StackOfApp, Template } from './planned-stack';
import { WrongUse } from './wrong-use';

/** What constructs say beside the template, by their paths. */
type Metadata = Record<string, { readonly type: string; readonly data?: unknown }[]>;

/** Where the library says what roles need that exist already. */
const REQUIRED = 'cdk-secure-mlops:required-role';

interface Manifest {
  readonly artifacts?: Record<string, {
    readonly type: string;
    readonly environment?: string;
    readonly metadata?: Metadata;
    /** A file with the metadata, in the place of these. */
    readonly additionalMetadataFile?: string;
    readonly properties?: {
      readonly templateFile?: string;
      readonly stackName?: string;
      readonly directoryName?: string;
      readonly cloudFormationExecutionRoleArn?: string;
      readonly requiresBootstrapStackVersion?: number;
      readonly bootstrapStackVersionSsmParameter?: string;
    };
  }>;
}

/**
 * The stacks of a directory that `cdk synth` wrote, those of its stages included, or of one template.
 *
 * @throws WrongUse if there is nothing of the kind
 */
export function stacksOf(path: string): StackOfApp[] {
  if (!existsSync(path)) throw new WrongUse(`There is no ${path}. Run "npx cdk synth" first, and name the directory that it writes (cdk.out) or a template.`);
  if (!statSync(path).isDirectory()) return [{ name: basename(path).replace(/(\.template)?\.json$/, ''), template: read<Template>(path) }];
  const manifest = join(path, 'manifest.json');
  if (!existsSync(manifest)) throw new WrongUse(`${path} has no manifest.json, so no cloud assembly is in it. Name the directory that "npx cdk synth" writes, cdk.out.`);
  return Object.entries(read<Manifest>(manifest).artifacts ?? {}).flatMap(([name, { type, environment = '', properties = {}, metadata, additionalMetadataFile }]) => {
    if (type === 'cdk:cloud-assembly') return stacksOf(join(path, properties.directoryName ?? ''));
    if (type !== 'aws:cloudformation:stack') return [];
    const [account, region] = environment.replace('aws://', '').split('/');
    return [{
      name: properties.stackName ?? name,
      account: account?.startsWith('unknown') ? undefined : account,
      region: region?.startsWith('unknown') ? undefined : region,
      executionRole: properties.cloudFormationExecutionRoleArn,
      bootstrapVersion: properties.requiresBootstrapStackVersion,
      bootstrapParameter: properties.bootstrapStackVersionSsmParameter,
      requiredRoles: requiredIn({ ...metadata, ...additionalMetadataFile === undefined ? {} : read<Metadata>(join(path, additionalMetadataFile)) }),
      template: read<Template>(join(path, properties.templateFile ?? '')),
    }];
  });
}

function requiredIn(metadata: Metadata): RequiredOfRole[] {
  return Object.values(metadata).flat().filter(({ type }) => type === REQUIRED).map(({ data }) => data as RequiredOfRole);
}

function read<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new WrongUse(`${file} is not JSON: ${(error as Error).message}. Name a cloud assembly or a template that the AWS CDK wrote.`);
  }
}
