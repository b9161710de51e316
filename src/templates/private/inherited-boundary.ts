import { Aws, DefaultStackSynthesizer, PermissionsBoundary, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Where the CDK keeps the boundary of a stage or an app, with its placeholders. */
const BOUNDARY = '@aws-cdk/core:permissionsBoundary';
const QUALIFIER = '@aws-cdk/core:bootstrapQualifier';
const PLACES: [string, string][] = [['${AWS::AccountId}', Aws.ACCOUNT_ID], ['${AWS::Region}', Aws.REGION], ['${AWS::Partition}', Aws.PARTITION]];

/**
 * The permissions boundary that a template gets from what it stands in, resolved where the template is deployed: the CDK fills
 * placeholders for account and region in for stacks that name them only, and takes a qualifier from the stack's own synthesizer.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/customize-permissions-boundaries.html
 */
export function inheritedBoundary(scope: Construct): PermissionsBoundary | undefined {
  const { arn, name } = (scope.node.tryGetContext(BOUNDARY) ?? {}) as { arn?: string; name?: string };
  const given = arn ?? (name && `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/${name}`);
  if (given === undefined) return undefined;
  const here = [...PLACES, ['${Qualifier}', qualifierAround(scope)]];
  return PermissionsBoundary.fromArn(here.reduce((text, [placeholder, value]) => text.split(placeholder).join(value), given));
}

function qualifierAround(scope: Construct): string {
  const stack = [...scope.node.scopes].reverse().find((node) => Stack.isStack(node));
  const inContext = scope.node.tryGetContext(QUALIFIER) as string | undefined;
  return stack?.synthesizer.bootstrapQualifier ?? inContext ?? DefaultStackSynthesizer.DEFAULT_QUALIFIER;
}
