import { attributesOf } from './made-up';
import { partitionOf } from '../../handlers/aws/service-endpoints';
import { evaluated, holds, Known } from '../intrinsics';
import { defaultsOf, StackOfApp } from '../planned-stack';

/** A resource as it would be deployed. What nobody knows before is undefined. */
export interface Deployed {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly logicalId: string;
  /** Of the construct that makes it, or the logical id where nothing says which. */
  readonly path: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  /** Whether it is there depends on a condition of the template that only the deployment knows. */
  readonly isConditional: boolean;
  /** Names and ARNs, made up where CloudFormation makes them: the name under '', the others under the name of the attribute. */
  readonly attributes: Partial<Record<string, string>>;
}

/** Where stacks are that name no account or region. */
const SOMEWHERE = { account: '111122223333', region: 'us-east-1' };

/** A value that names what is of a resource may be the name of another one's, or of a nested stack's: after so many passes, all are known that can be. */
const PASSES = 6;

/** What is known of other stacks. */
interface Others {
  /** What stacks export, by name. */
  readonly exported: Record<string, unknown>;
  /** What the parent gives a nested stack, by its name. */
  readonly given: Record<string, Known['parameters']>;
  /** What nested stacks give their parents, by the names of these, as `<logical id>.Outputs.<output>`: a nested one's name ends with its logical id. */
  readonly outputs: Record<string, Record<string, string>>;
}

/** Every resource of an app, with names and ARNs as they would be: those that AWS makes up are well-formed, and the same in every run. */
export function deployedOf(stacks: readonly StackOfApp[], parameters: Readonly<Record<string, string>> = {}): Deployed[] {
  const all = stacks.flatMap(withNested), others: Others = { exported: {}, given: {}, outputs: {} };
  let deployed: Deployed[] = [], text = '';
  for (let pass = 0; pass < PASSES; pass++) {
    deployed = all.flatMap((stack) => ofStack(stack, deployed.filter(({ stack: name }) => name === stack.name), others, parameters));
    const now = JSON.stringify([deployed.map(({ attributes }) => attributes), others]);
    if (now === text) break;
    text = now;
  }
  return deployed;
}

function withNested(stack: StackOfApp): StackOfApp[] {
  return [stack, ...Object.values(stack.nested ?? {}).flatMap(withNested)];
}

function ofStack(stack: StackOfApp, before: readonly Deployed[], others: Others, parameters: Readonly<Record<string, string>>): Deployed[] {
  const { name, account = SOMEWHERE.account, region = SOMEWHERE.region, template, nested = {} } = stack;
  const place = { stack: name, account, region, partition: partitionOf(region).name };
  const known: Known = {
    ...place,
    zones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
    parameters: {
      ...defaultsOf(template),
      ...parameters,
      ...others.given[name],
      'AWS::StackName': name,
      'AWS::StackId': `arn:${place.partition}:cloudformation:${region}:${account}:stack/${name}/1`,
    },
    attributes: {
      ...Object.fromEntries(before.flatMap(({ logicalId, attributes }) =>
        Object.entries(attributes).map(([attribute, value]) => [attribute === '' ? logicalId : `${logicalId}.${attribute}`, value]))),
      ...others.outputs[name],
    },
    exported: others.exported,
    mappings: template.Mappings,
    conditions: template.Conditions,
  };
  const resources = Object.entries(template.Resources ?? {}).flatMap(([logicalId, { Type: type, Properties = {}, Condition, Metadata }]) => {
    const isThere = Condition === undefined ? true : holds(Condition, known);
    if (isThere === false) return [];
    const properties = evaluated(Properties, known) as Record<string, unknown>, attributes = attributesOf(type, logicalId, properties, place);
    if (logicalId in nested) others.given[nested[logicalId].name] = properties.Parameters as Known['parameters'];
    const path = (Metadata?.['aws:cdk:path'] as string | undefined) ?? stack.paths?.get(logicalId) ?? logicalId;
    return [{ ...place, logicalId, path: path.replace(/^\//, '').replace(/\/(Resource|Default)$/, ''), type, properties, isConditional: isThere === undefined, attributes }];
  });
  for (const [output, { Export, Value }] of Object.entries(template.Outputs ?? {})) {
    const value = evaluated(Value, known);
    if (Export) others.exported[String(evaluated(Export.Name, known))] = value;
    const end = name.lastIndexOf('-'), parent = name.slice(0, end);
    if (typeof value === 'string') others.outputs[parent] = { ...others.outputs[parent], [`${name.slice(end + 1)}.Outputs.${output}`]: value };
  }
  return resources;
}
