import { JsonPattern } from 'aws-cdk-lib/aws-logs';
import { EnvironmentNames, EnvironmentRole } from '../../../names';

/** Permission sets of IAM Identity Center by which people are a persona. */
export type PermissionSets = (persona: EnvironmentRole) => readonly string[];

/** Something that must never happen, as the events of CloudTrail tell of it. */
export interface TrailAlarm {
  /** Id of its construct, and name of its metric. */
  readonly id: string;
  /** What people read who are told. */
  readonly description: string;
  /** Which events those are, in at most 1024 characters. */
  readonly pattern: (names: EnvironmentNames, permissionSets: PermissionSets) => JsonPattern;
}
