import { attribute, NamingContext, physicalName } from './physical-names';
import { SynthesizedStack, TemplateResource, TemplateValue } from './synthesized-stack';

/** Finds the value that another stack exports. */
export type ExportLookup = (name: string, account: string, region: string) => TemplateValue | undefined;

type Intrinsic = (argument: TemplateValue) => TemplateValue | undefined;
type Branch = { [key: string]: TemplateValue };

/**
 * Resolves the intrinsics of one stack to well-formed values. What it does not know is an error: a guess would be
 * weighed by the simulator as if it were a fact.
 */
export class StackValues implements NamingContext {
  public readonly stackName: string;
  public readonly account: string;
  public readonly region: string;
  public readonly directory?: string;
  private readonly pseudoParameters: Record<string, TemplateValue | undefined>;
  private readonly intrinsics: Record<string, Intrinsic>;

  constructor(private readonly stack: SynthesizedStack, private readonly exported: ExportLookup) {
    this.stackName = stack.stackName;
    this.account = stack.account;
    this.region = stack.region;
    this.directory = stack.directory;
    this.pseudoParameters = {
      'AWS::AccountId': stack.account,
      'AWS::Region': stack.region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.stackName,
      'AWS::StackId': `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.stackName}/1`,
      'AWS::NotificationARNs': [],
      'AWS::NoValue': undefined,
    };
    this.intrinsics = {
      'Ref': (name) => this.ref(name as string),
      'Fn::GetAtt': (target) => this.getAtt(target),
      'Fn::Join': (argument) => this.join(argument as TemplateValue[]),
      'Fn::Sub': (argument) => this.substitute(argument),
      'Fn::If': (argument) => this.choose(argument as TemplateValue[]),
      'Fn::Select': (argument) => this.select(argument as TemplateValue[]),
      'Fn::Split': (argument) => this.split(argument as TemplateValue[]),
      'Fn::FindInMap': (argument) => this.findInMap(argument as TemplateValue[]),
      'Fn::ImportValue': (name) => this.importValue(this.text(name)),
      'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => `${this.region}${zone}`),
    };
  }

  /** A value of the template with its intrinsics resolved; undefined is CloudFormation's NoValue. */
  public value(value: TemplateValue): TemplateValue | undefined {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map((item) => this.value(item)).filter((item) => item !== undefined);
    const keys = Object.keys(value);
    if (keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'))) {
      const intrinsic = this.intrinsics[keys[0]];
      if (!intrinsic) throw new Error(`${this.stackName}: the intrinsic ${keys[0]} is not known here (stack-values.ts)`);
      return intrinsic(value[keys[0]]);
    }
    const branch: Branch = {};
    for (const key of keys) {
      const resolved = this.value(value[key]);
      if (resolved !== undefined) branch[key] = resolved;
    }
    return branch;
  }

  public property(resource: TemplateResource, name: string): TemplateValue | undefined {
    const value = resource.Properties?.[name];
    return value === undefined ? undefined : this.value(value);
  }

  /** Whether a condition of the template holds. */
  public holds(condition: TemplateValue): boolean {
    if (typeof condition === 'string') {
      const named = this.stack.template.Conditions?.[condition];
      if (named === undefined) throw new Error(`${this.stackName}: there is no condition ${condition}`);
      return this.holds(named);
    }
    const [[operator, argument]] = Object.entries(condition as Branch);
    const operands = argument as TemplateValue[];
    switch (operator) {
      case 'Condition': return this.holds(argument);
      case 'Fn::Equals': return this.text(operands[0]) === this.text(operands[1]);
      case 'Fn::Not': return !this.holds(operands[0]);
      case 'Fn::And': return operands.every((operand) => this.holds(operand));
      case 'Fn::Or': return operands.some((operand) => this.holds(operand));
      default: throw new Error(`${this.stackName}: the condition function ${operator} is not known here (stack-values.ts)`);
    }
  }

  /** The physical name of a resource. */
  public nameOf(logicalId: string): string {
    return physicalName(this, logicalId, this.resource(logicalId));
  }

  /** An attribute of a resource. */
  public attributeOf(logicalId: string, name: string): string {
    return attribute(this, logicalId, this.resource(logicalId), name);
  }

  private resource(logicalId: string): TemplateResource {
    const resource = this.stack.template.Resources?.[logicalId];
    if (!resource) throw new Error(`${this.stackName}: there is no resource ${logicalId}`);
    return resource;
  }

  private text(value: TemplateValue): string {
    const resolved = this.value(value);
    if (resolved === undefined || (typeof resolved === 'object' && resolved !== null)) {
      throw new Error(`${this.stackName}: expected text, got ${JSON.stringify(resolved)}`);
    }
    return String(resolved);
  }

  private ref(name: string): TemplateValue | undefined {
    if (name in this.pseudoParameters) return this.pseudoParameters[name];
    const parameter = this.stack.template.Parameters?.[name];
    if (!parameter) return this.nameOf(name);
    const value = this.stack.parameters?.[name] ?? parameter.Default;
    if (value === undefined) throw new Error(`${this.stackName}: the parameter ${name} has no value`);
    return value;
  }

  private getAtt(target: TemplateValue): string {
    const [logicalId, ...name] = Array.isArray(target) ? target as string[] : (target as string).split('.');
    return this.attributeOf(logicalId, name.join('.'));
  }

  private join([separator, list]: TemplateValue[]): string {
    return (this.value(list) as TemplateValue[]).map((item) => this.text(item)).join(separator as string);
  }

  private substitute(argument: TemplateValue): string {
    const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, Branch];
    return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`; // a policy variable, not ours
      if (name in variables) return this.text(variables[name]);
      return this.text(name.includes('.') ? { 'Fn::GetAtt': name } : { Ref: name });
    });
  }

  private choose([condition, whenTrue, whenFalse]: TemplateValue[]): TemplateValue | undefined {
    return this.value(this.holds(condition) ? whenTrue : whenFalse);
  }

  private select([index, list]: TemplateValue[]): TemplateValue {
    const item = (this.value(list) as TemplateValue[])[Number(this.text(index))];
    if (item === undefined) throw new Error(`${this.stackName}: Fn::Select finds nothing at ${JSON.stringify(index)}`);
    return item;
  }

  private split([separator, text]: TemplateValue[]): TemplateValue {
    return this.text(text).split(separator as string);
  }

  private findInMap([map, first, second]: TemplateValue[]): TemplateValue {
    const found = this.stack.template.Mappings?.[this.text(map)]?.[this.text(first)]?.[this.text(second)];
    if (found === undefined) throw new Error(`${this.stackName}: Fn::FindInMap finds nothing in ${JSON.stringify(map)}`);
    return found;
  }

  private importValue(name: string): TemplateValue {
    const value = this.exported(name, this.account, this.region);
    if (value === undefined) throw new Error(`${this.stackName}: no stack exports ${name}`);
    return value;
  }
}
