import { Aws, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, IPrincipal } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** Account and region of resources: of a stack, or of an environment by its names. */
export interface ArnPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Wherever a template that leaves the app is deployed. */
export const WHERE_DEPLOYED: ArnPlace = { partition: Aws.PARTITION, region: Aws.REGION, account: Aws.ACCOUNT_ID };

/** What ARNs of some resources leave out, by service and resource. */
const WITHOUT_REGION = /^(iam|organizations|s3|route53|cloudwatch:dashboard)\b/;
const WITHOUT_ACCOUNT = /^(s3|route53)\b/;

/**
 * ARN of resources in the account and region of a construct's stack, or of an environment: `arnIn(this, 'sagemaker', 'endpoint/*')`.
 *
 * @param elsewhere account or region, where it is another, any or none
 */
export function arnIn(where: IConstruct | ArnPlace, service: string, resource: string, elsewhere: Partial<ArnPlace> = {}): string {
  const { partition, region, account } = 'node' in where ? Stack.of(where) : where;
  const kind = `${service}:${resource}`;
  const regionOf = elsewhere.region ?? (WITHOUT_REGION.test(kind) ? '' : region), accountOf = elsewhere.account ?? (WITHOUT_ACCOUNT.test(kind) ? '' : account);
  // eslint-disable-next-line no-restricted-syntax -- the one place
  return `arn:${partition}:${service}:${regionOf}:${accountOf}:${resource}`;
}

/**
 * The account of a stack, as policies of resources name it that say so again and again: its id is what the ARN of its root user is.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-accounts
 */
export function ownAccount(scope: IConstruct): IPrincipal {
  return new ArnPrincipal(Stack.of(scope).account);
}
