import { Surroundings } from './known';
import { Resource } from './resource';
import { Reading, Template } from './template';
import { isRecord, placeholder, Reference, Value } from './value';

/** Where a stack is deployed, and as what. */
interface Stack {
  readonly stackName: string;
  readonly place: string;
  readonly account?: string;
}

interface Member extends Stack {
  readonly template: () => Template | undefined;
}

/** More than any app has of stacks that ask one another: what is deeper is a circle. */
const DEEPEST = 50;
/** What is the same wherever it stands in one place. */
const SAME = ['AWS::AccountId', 'AWS::Region', 'AWS::Partition', 'AWS::URLSuffix'].map(placeholder);

/** Templates that are deployed together, and what each of them gets from the others. */
export class Together {
  private readonly members: Member[] = [];
  private readonly outputs = new Map<string, Member>();
  private depth = 0;

  /** How a template of a stack is read. */
  public reading(name: string, stack: Stack): Reading {
    return this.member(name, stack, () => undefined);
  }

  /** How a template of a nested stack is read: its parent gives it its parameters. */
  public nested(name: string, stack: Stack, parent: Template, resource: Resource): Reading {
    const given = (asking: Template, parameter: string) => {
      const same = asking.areDefaultsOpen ? parent.openly ?? parent : parent;
      const made = same.of(resource.type).find(({ logicalId }) => logicalId === resource.logicalId);
      return from(made?.at(`Parameters.${parameter}`).value, parent);
    };
    const reading = this.member(name, { ...stack, stackName: `${stack.stackName}/${resource.logicalId}` }, given);
    this.outputs.set(`${parent.name} ${resource.logicalId}`, this.members[this.members.length - 1]);
    return reading;
  }

  private member(name: string, stack: Stack, given: (asking: Template, parameter: string) => Value): Reading {
    let template: Template | undefined;
    this.members.push({ ...stack, template: () => template });
    const here = () => this.members.filter(({ place }) => place === stack.place);
    const others = () => here().flatMap((one) => one.template() ?? []).filter((one) => one.name !== name);
    return {
      name,
      isStack: true,
      account: stack.account,
      surroundings: (asking): Surroundings & { readonly neighbours: () => readonly Template[] } => {
        if (template === undefined) template = asking;
        const all = <T>(of: (member: Member, template: Template) => T[]) => here().flatMap((member) => {
          const one = member.template();
          return one === undefined ? [] : of(member, asking.areDefaultsOpen ? one.openly ?? one : one);
        });
        return {
          exported: (sought) => this.one(() => all((member, one) => exportsOf(one, member.stackName, sought))),
          stored: (sought) => this.one(() => all((_, one) => storesOf(one, sought))),
          output: (resource, output) => this.one(() => {
            const inner = this.outputs.get(`${name} ${resource}`)?.template();
            return inner === undefined ? [] : [outputOf(asking.areDefaultsOpen ? inner.openly ?? inner : inner, output)];
          }),
          given: (parameter) => this.one(() => [given(asking, parameter)]),
          neighbours: others,
        };
      },
    };
  }

  /** The only value that there is: several are none, as nobody knows which of them it is. */
  private one(find: () => Value[]): Value {
    if (this.depth > DEEPEST) return undefined;
    this.depth++;
    try {
      const values = find().filter((value) => value !== undefined);
      return values.length === 1 ? values[0] : undefined;
    } finally {
      this.depth--;
    }
  }
}

function exportsOf(template: Template, stackName: string, sought: string): Value[] {
  const text = (value: Value) => (typeof value === 'string' ? value.replaceAll(placeholder('AWS::StackName'), stackName) : undefined);
  return Object.values(template.section('Outputs')).filter(isRecord).filter(({ Export: exported }) => (
    isRecord(exported) && isSame(text(template.valueOf(exported.Name)), sought)
  )).map(({ Value: value }) => from(template.valueOf(value), template));
}

function storesOf(template: Template, sought: string): Value[] {
  return template.of('AWS::SSM::Parameter').filter(({ condition }) => condition === undefined).filter((one) => isSame(one.at('Name').value, sought))
    .map((one) => from(one.at('Value').value, template));
}

function outputOf(template: Template, name: string): Value {
  const outputs = template.section('Outputs');
  const output = Object.hasOwn(outputs, name) ? outputs[name] : undefined;
  return isRecord(output) ? from(template.valueOf(output.Value), template) : undefined;
}

/** Whether two names are the same wherever they stand in one place. */
function isSame(one: Value, other: string): boolean {
  return one === other && !SAME.reduce((text, name) => text.replaceAll(name, ''), other).includes('⟨');
}

/** A value as others see it, with the template that its references are of. */
function from(value: Value, template: Template): Value {
  if (value instanceof Reference) return value.home === undefined ? new Reference(value.logicalId, value.attribute, template.name) : value;
  return Array.isArray(value) ? value.map((one) => from(one, template)) : value;
}
