import { Resource, Template, Value } from './template';

/** The longest that AWS gives: a bound, so that a policy which fits here fits in every account and region. */
const LONGEST: Record<string, string> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com.cn',
  'AWS::NoValue': '',
};
const UUID = '01234567-89ab-cdef-0123-456789abcdef';
const ID = '-0123456789abcdef0';
const HOME = `${LONGEST['AWS::Region']}:${LONGEST['AWS::AccountId']}`;
const STACK_ID = `arn:aws-us-gov:cloudformation:${HOME}:stack/${'s'.repeat(128)}/${UUID}`;
const PARAMETER = 20;

const REFS: Record<string, string> = {
  'AWS::EC2::SecurityGroup': `sg${ID}`,
  'AWS::EC2::Subnet': `subnet${ID}`,
  'AWS::EC2::VPC': `vpc${ID}`,
  'AWS::EC2::VPCEndpoint': `vpce${ID}`,
  'AWS::KMS::Key': UUID,
  'AWS::S3::Bucket': 'b'.repeat(63),
  'AWS::IAM::Role': 'r'.repeat(64),
  'AWS::SageMaker::Domain': 'd-0123456789ab',
};
/** The property that holds the name, where a resource has been given one. */
const NAMES: Record<string, string> = { 'AWS::S3::Bucket': 'BucketName', 'AWS::IAM::Role': 'RoleName', 'AWS::KMS::Alias': 'AliasName', 'AWS::SageMaker::UserProfile': 'UserProfileName' };
const ARNS: Record<string, (name: string, path: string) => string> = {
  'AWS::S3::Bucket': (name) => `arn:aws-us-gov:s3:::${name}`,
  'AWS::IAM::Role': (name, path) => `arn:aws-us-gov:iam::123456789012:role${path}${name}`,
  'AWS::KMS::Key': () => `arn:aws-us-gov:kms:${HOME}:key/${UUID}`,
};
const UNKNOWN_ARN = 160;

type Output = NonNullable<Template['Outputs']>[string];

/** A value of a template as text, with the longest values that its intrinsics can take. */
export class WrittenOut {
  /** @param others templates of the same app, whose exports it may import */
  constructor(private readonly template: Template, private readonly others: Template[] = []) {}

  /** A value as JSON, without white space, as AWS counts it. */
  public json(value: Value): string {
    return JSON.stringify(this.value(value)) ?? '';
  }

  public text(value: Value): string {
    const written = this.value(value);
    return typeof written === 'string' ? written : JSON.stringify(written);
  }

  private value(value: Value): Value {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    const keys = Object.keys(value);
    if (keys.length === 1 && /^(Ref|Fn::.+)$/.test(keys[0])) return this.intrinsic(keys[0], value[keys[0]]);
    return Object.fromEntries(keys.map((key) => [key, this.value(value[key])]));
  }

  private intrinsic(name: string, argument: Value): Value {
    switch (name) {
      case 'Ref': return this.ref(String(argument));
      case 'Fn::GetAtt': return Array.isArray(argument) ? this.attribute(String(argument[0]), String(argument[1])) : this.attribute(...split(String(argument)));
      case 'Fn::Join': return ((argument as Value[])[1] as Value[]).map((item) => this.text(item)).join(String((argument as Value[])[0]));
      case 'Fn::Sub': return this.substitute(argument);
      case 'Fn::If': return (argument as Value[]).slice(1).map((branch) => this.value(branch)).sort((a, b) => JSON.stringify(b).length - JSON.stringify(a).length)[0];
      case 'Fn::Select': return this.part(argument as [number, Value]) ?? 'x'.repeat(UNKNOWN_ARN);
      case 'Fn::ImportValue': return this.imported(([, { Export }]) => Export?.Name === argument);
      case 'Fn::GetStackOutput': return this.imported(([output]) => output === (argument as { OutputName: string }).OutputName);
      default: return 'x'.repeat(UNKNOWN_ARN); // Split: an ARN or a part of one
    }
  }

  /** A part of the stack's id; of anything else nobody knows here how its parts share its length. */
  private part([index, list]: [number, Value]): string | undefined {
    const stackId = JSON.stringify(list) === '{"Fn::Split":["/",{"Ref":"AWS::StackId"}]}';
    return stackId ? STACK_ID.split('/')[index] : undefined;
  }

  private ref(name: string): string {
    const resource = this.template.Resources[name];
    if (resource) return this.nameOf(resource);
    return LONGEST[name] ?? 'p'.repeat(PARAMETER);
  }

  private imported(isIt: (output: [string, Output]) => boolean): Value {
    const [found] = this.others.flatMap((other) => Object.entries(other.Outputs ?? {}).filter(isIt)
      .map(([, { Value: output }]) => new WrittenOut(other).value(output)));
    return found ?? 'x'.repeat(UNKNOWN_ARN);
  }

  private nameOf(resource: Resource): string {
    const given = resource.Properties?.[NAMES[resource.Type] ?? ''];
    return given === undefined ? REFS[resource.Type] ?? 'n'.repeat(64) : this.text(given);
  }

  private attribute(id: string, attribute: string): string {
    const resource = this.template.Resources[id];
    if (resource === undefined) return 'x'.repeat(UNKNOWN_ARN);
    if (attribute !== 'Arn') return REFS[resource.Type] ?? 'x'.repeat(UNKNOWN_ARN);
    return ARNS[resource.Type]?.(this.nameOf(resource), this.text(resource.Properties?.Path ?? '/')) ?? 'x'.repeat(UNKNOWN_ARN);
  }

  private substitute(argument: Value): string {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Record<string, Value>];
    return text.replace(/\$\{([^!}]+)\}/g, (_, name: string) => {
      if (name in variables) return this.text(variables[name]);
      return name.includes('.') ? this.attribute(...split(name)) : this.ref(name);
    });
  }
}

function split(name: string): [string, string] {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}
