import { PerimeterApp } from './perimeter-app';
import { Weighing, Who } from './weighing';
import { ACCOUNTS } from '../access/request/organization';

const weighing = new Weighing(new PerimeterApp());
const { data, target, foreign } = ACCOUNTS;
const BUCKETS = { own: 'arn:aws:s3:::churn-data/x', lookalike: 'arn:aws:s3:::my-churn-data-2/x', drop: 'arn:aws:s3:::attacker-drop/x' };

type Row = [name: string, service: string, who: Who, action: string, arn: string, owner: string, expected: 'allow' | 'deny'];

const ROWS: Row[] = [
  ['our bucket', 's3', 'studio', 's3:PutObject', BUCKETS.own, data.id, 'allow'],
  ['a stranger\'s bucket', 's3', 'studio', 's3:PutObject', BUCKETS.drop, foreign.id, 'deny'],
  ['a bucket whose name contains ours', 's3', 'admin', 's3:PutObject', BUCKETS.lookalike, foreign.id, 'deny'],
  ['credentials that a stranger brought, for the stranger\'s bucket', 's3', 'outsider', 's3:PutObject', BUCKETS.drop, foreign.id, 'deny'],
  ['credentials that a stranger brought, for ours', 's3', 'outsider', 's3:GetObject', BUCKETS.own, data.id, 'deny'],
  ['a role of a stage', 'sts', 'studio', 'sts:AssumeRole', `arn:aws:iam::${target.id}:role/churn--staging--test-us-east-1`, target.id, 'allow'],
  ['a stranger\'s role', 'sts', 'admin', 'sts:AssumeRole', `arn:aws:iam::${foreign.id}:role/drop`, foreign.id, 'deny'],
];

test.each(ROWS)('%s, through the %s endpoint', async (_, service, who, action, arn, owner, expected) => {
  expect(await weighing.through(service, who, action, arn, owner)).toBe(expected);
});
