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
      /** Of an asset manifest. */
      readonly file?: string;
      readonly cloudFormationExecutionRoleArn?: string;
      readonly requiresBootstrapStackVersion?: number;
      readonly bootstrapStackVersionSsmParameter?: string;
    };
  }>;
}

/** Files of an assembly that are published, by their hashes. */
type Assets = Record<string, { readonly source?: { readonly path?: string } } | undefined>;

/** How the CDK says which construct makes what has a logical id. */
const LOGICAL_ID = 'aws:cdk:logicalId';

/**
 * The stacks of a directory that `cdk synth` wrote, those of its stages included, or of one template.
 *
 * @throws WrongUse if there is nothing of the kind
 */
export function stacksOf(path: string): StackOfApp[] {
  if (!existsSync(path)) throw new WrongUse(`There is no ${path}. Run "npx cdk synth" first, and name the directory that it writes (cdk.out) or a template.`);
  if (!statSync(path).isDirectory()) return [{ name: basename(path).replace(/(\.template)?\.json$/, ''), template: templateIn(path) }];
  const manifest = join(path, 'manifest.json');
  if (!existsSync(manifest)) throw new WrongUse(`${path} has no manifest.json, so no cloud assembly is in it. Name the directory that "npx cdk synth" writes, cdk.out.`);
  const artifacts = read<Manifest>(manifest)?.artifacts ?? {};
  return Object.entries(artifacts).flatMap(([name, { type, environment = '', properties = {}, metadata, additionalMetadataFile }]) => {
    if (type === 'cdk:cloud-assembly') return stacksOf(join(path, properties.directoryName ?? ''));
    if (type !== 'aws:cloudformation:stack') return [];
    const [account, region] = environment.replace('aws://', '').split('/');
    const all = { ...metadata, ...additionalMetadataFile === undefined ? {} : read<Metadata>(join(path, additionalMetadataFile)) };
    const stack: StackOfApp = {
      name: properties.stackName ?? name,
      account: account?.startsWith('unknown') ? undefined : account,
      region: region?.startsWith('unknown') ? undefined : region,
      executionRole: properties.cloudFormationExecutionRoleArn,
      bootstrapVersion: properties.requiresBootstrapStackVersion,
      bootstrapParameter: properties.bootstrapStackVersionSsmParameter,
      requiredRoles: requiredIn(all),
      template: templateIn(join(path, properties.templateFile ?? '')),
      paths: pathsIn(all),
    };
    return [{ ...stack, nested: nestedIn(stack, path, assetsIn(path, artifacts)) }];
  });
}

function assetsIn(path: string, artifacts: NonNullable<Manifest['artifacts']>): Assets {
  const files = Object.values(artifacts).flatMap(({ type, properties }) => (type === 'cdk:asset-manifest' ? properties?.file ?? [] : []));
  const found = files.map((file) => join(path, file)).filter((file) => existsSync(file));
  return Object.assign({}, ...found.map((file) => read<{ files?: Assets }>(file).files)) as Assets;
}

/** Templates of nested stacks are assets, which the parent names by their hashes. */
function nestedIn(stack: StackOfApp, path: string, assets: Assets): Record<string, StackOfApp> {
  return Object.fromEntries(Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, { Type: type, Properties }]) => {
    if (type !== 'AWS::CloudFormation::Stack') return [];
    const url = JSON.stringify(Properties?.TemplateURL ?? ''), hash = Object.keys(assets).find((one) => url.includes(one));
    const file = hash === undefined ? undefined : assets[hash]?.source?.path;
    if (file === undefined || !existsSync(join(path, file))) return [];
    const { account, region, paths } = stack, nested = { name: `${stack.name}-${logicalId}`, account, region, paths, template: templateIn(join(path, file)) };
    return [[logicalId, { ...nested, nested: nestedIn(nested, path, assets) }]];
  }));
}

function pathsIn(metadata: Metadata): Map<string, string> {
  const entries = Object.entries(metadata).flatMap(([path, all]) => all.map((one) => ({ ...one, path })));
  return new Map(entries.filter(({ type }) => type === LOGICAL_ID).map(({ data, path }) => [String(data), path]));
}

function requiredIn(metadata: Metadata): RequiredOfRole[] {
  return Object.values(metadata).flat().filter(({ type }) => type === REQUIRED).map(({ data }) => data as RequiredOfRole);
}

function templateIn(file: string): Template {
  const template = read<Template | null>(file), isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject(template) && isObject(template?.Resources ?? {})) return template!;
  throw new WrongUse(`${file} is no template of CloudFormation: it has no Resources. Name a cloud assembly or a template that the AWS CDK wrote.`);
}

function read<T>(file: string): T {
  if (!existsSync(file)) throw new WrongUse(`${file} is missing, and the manifest beside it names it. Run "npx cdk synth" again: the directory is not whole.`);
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new WrongUse(`${file} is not JSON: ${(error as Error).message}. Name a cloud assembly or a template that the AWS CDK wrote.`);
  }
}
