import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { deny, roleArns } from './statements';
import { EnvironmentRole } from '../../names';
import { BY_ATHENA } from '../../perimeter/conditions';
import { USES_RECORDS } from '../../roles/statements/features';
import { OrganizationWorkloads } from '../organization-workloads';

/** The roles of environments that prepare data by queries. */
const PREPARING = roleArns(`*--${EnvironmentRole.DATA_PREPARATION}-*`);

/**
 * Denials of records and queries from outside of the VPCs: no resource's own policy sees from where they are asked for. Of queries
 * for the one role for which data buckets let Athena in.
 */
export function originStatements(workloads: OrganizationWorkloads[], exempt: string[]): PolicyStatement[] {
  const vpcIds = workloads.flatMap((one) => one.vpcIds ?? []), buckets = workloads.flatMap((one) => one.dataBucketNames ?? []);
  if (vpcIds.length === 0) return [];
  const outside = { 'aws:SourceVpc': vpcIds }, preparing = { ArnLike: { 'aws:PrincipalArn': PREPARING } };
  return [
    deny('DenyRecordsFromOutside', USES_RECORDS, { StringNotEquals: outside }, exempt),
    deny('DenyQueriesFromOutside', ['athena:*'], { StringNotEquals: outside, ...preparing }),
    deny('DenyCatalogFromOutside', ['glue:*'], { StringNotEquals: { ...outside, ...BY_ATHENA }, ...preparing }),
    ...(buckets.length === 0 ? [] : [
      deny('DenyResultsElsewhere', ['s3:PutObject'], { StringEquals: BY_ATHENA, ...preparing }, [], { except: buckets.map((name) => `arn:*:s3:::${name}/*`) }), // eslint-disable-line no-restricted-syntax -- no partition
    ]),
  ];
}
