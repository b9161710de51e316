import { AspectPriority, Aspects, CfnResource, IResolvable, IResolveContext, Stack, Token, Tokenization } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { atPlace, placeOf } from './known-place';
import { withTexts } from './substitutions';

/** Properties in which resources have policies. */
const POLICIES = ['policyDocument', 'assumeRolePolicyDocument', 'keyPolicy', 'repositoryPolicyText', 'policy'];

/** A policy as a template has it: ARNs as one text with references in it, and partition and domain name as they are where the region is known. */
export class WrittenPolicy implements IResolvable {
  public readonly creationStack = [];

  constructor(public readonly document: PolicyDocument | IResolvable) {}

  public resolve(context: IResolveContext): unknown {
    context.registerPostProcessor({ postProcess: (policy: unknown) => (context.preparing ? policy : writtenIn(Stack.of(context.scope), policy)) });
    return this.document;
  }

  public toString(): string {
    return Token.asString(this);
  }
}

/** What the CDK has rendered of a policy, as the template of a stack has it. */
export function writtenIn(stack: Stack, policy: unknown): unknown {
  return withTexts(atPlace(policy, placeOf(stack.region)));
}

/**
 * Writes the policies of all resources below a construct so that people read them easily, and in a third fewer letters: they are most of
 * a large template.
 */
export function writePoliciesShort(scope: IConstruct): void {
  Aspects.of(scope).add({
    visit: (node) => {
      if (!CfnResource.isCfnResource(node)) return;
      const resource = node as unknown as Record<string, unknown>;
      for (const property of POLICIES) if (isPolicy(resource[property])) resource[property] = new WrittenPolicy(resource[property]);
    },
  }, { priority: AspectPriority.MUTATING });
}

/** The CDK writes that of a VPC endpoint when the app is synthesized, and none if nothing was added to it. */
function isPolicy(value: unknown): value is PolicyDocument | IResolvable {
  return Tokenization.isResolvable(value) && !(value instanceof WrittenPolicy);
}
