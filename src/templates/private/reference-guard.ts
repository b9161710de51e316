import { CfnElement, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, Stack, StringConcat, Tokenization } from 'aws-cdk-lib';
import { BrokenRule, ValidationError } from '../../private/invalid-input';

/**
 * Refuses references from a template to what other stacks make, before the CDK turns them into exports and imports or
 * stops at them with advice that does not help here.
 *
 * It is an element of the template that renders nothing, because the CDK asks every element for its content when all
 * aspects have run and no reference is resolved yet. An aspect would have to be the last one, and an app that adds
 * aspects by aspects then fails.
 */
export class ReferenceGuard extends CfnElement {
  public _toCloudFormation(): object {
    const home = Stack.of(this);
    const elements = home.node.findAll()
      .filter((node): node is CfnElement => CfnElement.isCfnElement(node) && node !== this && Stack.of(node) === home);
    const broken = new Map<string, CfnElement[]>();
    for (const element of elements) {
      for (const outer of outerReferencesOf(element, home)) broken.set(outer, [...broken.get(outer) ?? [], element]);
    }
    if (broken.size > 0) throw new ValidationError(home, [...broken].map(([outer, by]) => brokenRule(by, outer)));
    return {};
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
  const resolver = new OuterReferences(home);
  try {
    Tokenization.resolve(element._toCloudFormation(), { scope: element, resolver, preparing: true });
  } catch {
    // What cannot be rendered at all is told when the template is rendered.
  }
  return [...resolver.found];
}

/** Collects references to other stacks while it resolves. */
class OuterReferences extends DefaultTokenResolver {
  public readonly found = new Set<string>();

  constructor(private readonly home: Stack) {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): unknown {
    if (!Reference.isReference(token) || Stack.of(token.target) === this.home) return super.resolveToken(token, context, postProcessor);
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
