import * as fc from 'fast-check';

/** The parts of a schema of the registry from which values are drawn. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | string[];
  readonly enum?: unknown[];
  readonly items?: Schema;
  readonly properties?: Record<string, Schema>;
  readonly definitions?: Record<string, Schema>;
}

export interface Drawn {
  readonly type: string;
  readonly properties: Record<string, unknown>;
  /** Of a bucket, beside it. */
  readonly policy: unknown;
}

/** Values that only a deployment knows. */
export const ARBITRARY_UNKNOWN: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(
  { Ref: 'Given' }, { 'Fn::ImportValue': 'name' }, '{{resolve:ssm:/name}}', { 'Fn::GetAZs': '' }, { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] },
);
/** What nobody should write, and somebody does. */
const WRONG = fc.constantFrom<unknown>(
  null, [], {}, 7, 'text', { Ref: 5 }, { 'Fn::Join': 5 }, { 'Fn::Sub': [] }, { 'Fn::If': ['Nowhere'] }, { 'Fn::Select': ['x', {}] }, { 'Fn::Split': ['', 5] },
  { 'Fn::GetAtt': [] }, { 'Fn::FindInMap': [[], {}, 1] }, { Ref: 'Elsewhere' }, [[[]]], { constructor: 1 },
);
const KEYS = ['aws:SourceVpce', 'aws:SecureTransport', 'aws:SourceAccount', 'sagemaker:VpcSubnets', 'kms:CallerAccount', 's3:prefix'];
const ACTIONS = ['*', 's3:*', 'sagemaker:Create*', 'sagemaker:CreateTrainingJob', 'iam:PassRole', 'sts:AssumeRole', 'kms:Decrypt'];
const oneOrMore = <T>(one: fc.Arbitrary<T>) => fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 2 }));
const STATEMENT = fc.record({
  Effect: fc.constantFrom('Allow', 'Deny'),
  Action: oneOrMore(fc.constantFrom(...ACTIONS)),
  Resource: oneOrMore(fc.constantFrom('*', 'arn:aws:s3:::data/*', 'arn:aws:iam::111111111111:role/*')),
  Principal: fc.oneof(fc.constant('*'), fc.record({ AWS: fc.constantFrom('*', 'arn:aws:iam::111111111111:root') }), fc.record({ Service: oneOrMore(fc.constantFrom('sagemaker.amazonaws.com', 'lambda.amazonaws.com')) })),
  Condition: fc.record({ Bool: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom('true', 'false'), { maxKeys: 2 }) }),
}, { requiredKeys: ['Effect', 'Action', 'Principal'] });
const POLICY = fc.record({ Statement: oneOrMore(STATEMENT) });

/** Resources of a type: properties that its schema has, some of them left out. */
export function resourceOf(type: string, schema: Schema, { mayBeWrong = false } = {}): fc.Arbitrary<Drawn> {
  return fc.record({ type: fc.constant(type), properties: valueOf(schema, schema, '', mayBeWrong, 6) as fc.Arbitrary<Record<string, unknown>>, policy: POLICY });
}

function valueOf(root: Schema, at: Schema, name: string, mayBeWrong: boolean, depth: number): fc.Arbitrary<unknown> {
  const value = rightOf(root, at, name, mayBeWrong, depth);
  return mayBeWrong && name !== '' ? fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: ARBITRARY_UNKNOWN }, { weight: 1, arbitrary: WRONG }) : value;
}

function rightOf(root: Schema, at: Schema, name: string, mayBeWrong: boolean, depth: number): fc.Arbitrary<unknown> {
  if (/(PolicyDocument|KeyPolicy)$/.test(name)) return POLICY;
  if (name === 'EventPattern') {
    return fc.record({
      'source': fc.constantFrom(['aws.sagemaker'], ['aws.s3']),
      'detail-type': fc.constant(['SageMaker Model Package State Change']),
      'detail': fc.record({ ModelApprovalStatus: fc.constantFrom(['Approved'], ['Approved', 'Rejected']) }, { requiredKeys: [] }),
    });
  }
  const node = at.$ref === undefined ? at : root.definitions?.[at.$ref.split('/').pop()!] ?? {};
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  const [type] = [node.type].flat();
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number') return fc.integer({ min: 0, max: 5 });
  if (type === 'array') return depth === 0 ? fc.constant([]) : fc.array(valueOf(root, node.items ?? {}, `${name}[]`, mayBeWrong, depth - 1), { maxLength: 2 });
  if (node.properties === undefined || depth === 0) return fc.constantFrom('', 'text', 'aws:kms', 'AES256', 'Vpc', '111111111111.dkr.ecr.eu-west-1.amazonaws.com/a:1', 'docker.io/a');
  const properties = Object.entries(node.properties).map(([one, inner]) => [one, valueOf(root, inner, one, mayBeWrong, depth - 1)] as const);
  return fc.record(Object.fromEntries(properties), { requiredKeys: [] });
}

/** The same with one of its values, wherever, in the place of which stands another. */
export function replaced({ type, properties, policy }: Drawn, value: unknown, place: number): Drawn {
  const places: (() => void)[] = [];
  const copy = structuredClone({ properties, policy });
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push(() => { (node as Record<string, unknown>)[key] = value; });
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(copy.properties);
  visit(copy.policy);
  if (places.length > 0) places[place % places.length]();
  return { type, ...copy };
}
