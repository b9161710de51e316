import { attributesOf } from './made-up';
import { partitionOf } from '../../handlers/aws/service-endpoints';
import { evaluated, Known } from '../intrinsics';
import { defaultsOf, StackOfApp } from '../planned-stack';

/** A resource as it would be deployed. What nobody knows before is undefined. */
export interface Deployed {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
  /** Whether it is there depends on a condition of the template. */
  readonly isConditional: boolean;
  /** Names and ARNs, made up where CloudFormation makes them: the name under '', the others under the name of the attribute. */
  readonly attributes: Partial<Record<string, string>>;
}

/** Where stacks are that name no account or region. */
const SOMEWHERE = { account: '111122223333', region: 'us-east-1' };

/** A value that names what is of a resource may be the name of another one's: after so many passes, all are known that can be. */
const PASSES = 4;

/** Every resource of an app, with names and ARNs as they would be: those that AWS makes up are well-formed, and the same in every run. */
export function deployedOf(stacks: readonly StackOfApp[]): Deployed[] {
  const exported: Record<string, unknown> = {};
  let deployed: Deployed[] = [];
  for (let pass = 0; pass < PASSES; pass++) {
    deployed = stacks.flatMap((stack) => ofStack(stack, deployed.filter(({ stack: name }) => name === stack.name), exported));
  }
  return deployed;
}

function ofStack(stack: StackOfApp, before: readonly Deployed[], exported: Record<string, unknown>): Deployed[] {
  const { name, account = SOMEWHERE.account, region = SOMEWHERE.region, template } = stack;
  const place = { stack: name, account, region, partition: partitionOf(region).name };
  const known: Known = {
    ...place,
    zones: ['a', 'b', 'c'].map((zone) => `${region}${zone}`),
    parameters: {
      ...defaultsOf(template),
      'AWS::StackName': name,
      'AWS::StackId': `arn:${place.partition}:cloudformation:${region}:${account}:stack/${name}/1`,
    },
    attributes: Object.fromEntries(before.flatMap(({ logicalId, attributes }) =>
      Object.entries(attributes).map(([attribute, value]) => [attribute === '' ? logicalId : `${logicalId}.${attribute}`, value]))),
    exported,
  };
  const resources = Object.entries(template.Resources ?? {}).map(([logicalId, { Type: type, Properties = {}, Condition }]) => {
    const properties = evaluated(Properties, known) as Record<string, unknown>, attributes = attributesOf(type, logicalId, properties, place);
    return { ...place, logicalId, type, properties, isConditional: Condition !== undefined, attributes };
  });
  for (const { Export, Value } of Object.values(template.Outputs ?? {})) {
    if (Export) exported[String(evaluated(Export.Name, known))] = evaluated(Value, known);
  }
  return resources;
}
