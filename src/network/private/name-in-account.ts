import { Aws, Fn, Names } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * A name for what must have one, unique in its account and region: CloudFormation gives Network Firewall's resources
 * none. The id of the stack is part of it, because one template may be launched many times.
 */
export function nameInAccount(scope: Construct, what: string): string {
  const stackId = Fn.select(2, Fn.split('/', Aws.STACK_ID));
  return Fn.join('-', [Names.uniqueResourceName(scope, { maxLength: 70, separator: '-' }), what, stackId]);
}
