import { Effect, PolicyStatement, PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { BY_ATHENA } from '../conditions';

/**
 * What a role is denied for which Athena opens the data bucket. Athena reads as whoever asked, from its own network, where
 * neither the bucket's policy nor the endpoint's sees whence the question came: so the question itself is bound to the VPC.
 * Of the VPC rather than of endpoints, so that replacing one cuts nobody off.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/security-iam-athena-calledvia.html
 */
export function queryStatements(vpcId: string, dataBucket: IBucket): PolicyStatement[] {
  const outside = { 'aws:SourceVpc': vpcId };
  return [
    deny('DenyQueriesFromOutside', { actions: ['athena:*'], resources: ['*'], conditions: { StringNotEquals: outside } }),
    // While a query runs, Athena looks tables up for the role.
    deny('DenyCatalogFromOutside', { actions: ['glue:*'], resources: ['*'], conditions: { StringNotEquals: { ...outside, ...BY_ATHENA } } }),
    deny('DenyResultsElsewhere', { actions: ['s3:PutObject'], notResources: [dataBucket.arnForObjects('*')], conditions: { StringEquals: BY_ATHENA } }),
  ];
}

function deny(sid: string, rest: PolicyStatementProps): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, ...rest });
}
