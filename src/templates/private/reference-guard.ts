import { CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import { BrokenRule, ValidationError } from '../../private/invalid-input';

/**
 * Refuses references from a template to what other stacks make, before the CDK turns them into exports and imports or
 * stops at them with advice that does not help here.
 *
 * It is an element of the template that renders nothing, because the CDK asks every element for its content when all
 * aspects have run and no reference is resolved yet. An aspect would have to be the last one, and an app that adds
 * aspects by aspects then fails. From then on the template is complete, and its text is written once for all who carry it.
 */
export class ReferenceGuard extends CfnElement {
  private isComplete = false;
  private isRendering = false;
  private text?: string;

  /** The text of the template, which is rendered once when it is complete. */
  public textOf(render: () => object): string {
    if (this.text !== undefined) return this.text;
    this.isRendering = true;
    try {
      const text = JSON.stringify(render());
      if (this.isComplete) this.text = text;
      return text;
    } finally {
      this.isRendering = false;
    }
  }

  public _toCloudFormation(): object {
    if (!this.isRendering || !this.isComplete) this.check();
    if (!this.isRendering) {
      this.isComplete = true;
      this.text = undefined; // an app may be synthesized again, with more in it
    }
    return {};
  }

  private check(): void {
    const home = Stack.of(this);
    const elements = home.node.findAll()
      .filter((node): node is CfnElement => CfnElement.isCfnElement(node) && node !== this && Stack.of(node) === home);
    const broken = new Map<string, CfnElement[]>();
    for (const element of elements) {
      for (const outer of outerReferencesOf(element, home)) broken.set(outer, [...broken.get(outer) ?? [], element]);
    }
    if (broken.size > 0) throw new ValidationError(home, [...broken].map(([outer, by]) => brokenRule(by, outer)));
  }
}

/** Once for what is referred to, however many do: they have it from one property. */
function brokenRule([element, ...others]: CfnElement[], outer: string): BrokenRule {
  return {
    property: `reference of ${element.node.path}${others.length > 0 ? ` and ${others.length} others` : ''}`,
    value: outer,
    rule: 'stay within the template that leaves the app',
    remedy: 'Read the value from an SSM parameter (addStoredParameter), or give what is referred to a fixed name and write that',
  };
}

function outerReferencesOf(element: CfnElement, home: Stack): string[] {
  const references = new OuterReferences(element, home);
  try {
    references.visit(element._toCloudFormation());
  } catch {
    // What cannot be rendered at all is told when the template is rendered.
  }
  return [...references.found];
}

/** Collects references to other stacks. It looks into tokens and writes nothing of what it sees, as rendering takes much longer. */
class OuterReferences extends DefaultTokenResolver {
  public readonly found = new Set<string>();
  private readonly context: IResolveContext;

  constructor(scope: CfnElement, private readonly home: Stack) {
    super(new StringConcat());
    this.context = {
      scope,
      preparing: true,
      documentPath: [],
      registerPostProcessor: () => {},
      resolve: (value) => Tokenization.resolve(value, { scope, resolver: this, preparing: true }) as unknown,
    };
  }

  public visit(value: unknown): void {
    if (typeof value === 'string') {
      if (Token.isUnresolved(value)) for (const token of Tokenization.reverseString(value).tokens) this.look(token);
    } else if (Tokenization.isResolvable(value)) {
      this.look(value);
    } else if (Token.isUnresolved(value)) {
      this.context.resolve(value); // lists and numbers
    } else if (typeof value === 'object' && value !== null) {
      for (const part of Object.values(value)) this.visit(part);
      for (const key of Object.keys(value)) this.visit(key);
    }
  }

  private look(token: IResolvable): void {
    if (!Reference.isReference(token)) this.visit(token.resolve(this.context));
    else if (Stack.of(token.target) !== this.home) this.context.resolve(token);
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token)) return context.resolve(token.resolve(context)); // how properties are written in the end adds no references
    if (Stack.of(token.target) === this.home) return super.resolveToken(token, context, postProcessor);
    let resolved: unknown;
    try {
      resolved = super.resolveToken(token, context, postProcessor);
    } catch {
      // A resource of a known account without a fixed name: the CDK has no name that it could write.
    }
    // A resource with a fixed name renders as that name when it is used from another account: text, which can be carried.
    if (typeof resolved !== 'string') this.found.add(`${token.target.node.path}[${token.displayName}]`);
    return resolved;
  }
}
