import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ExecutionContext, FeatureStoreParts } from '../card';
import { tagAtCreation } from './studio-work';
import { ENCRYPT_ONLINE_STORES, USE_ONLINE_STORES } from '../key-use';

/** What notebooks and jobs may do with the environment's feature groups. How a group must be made, the guardrails say. */

/** Making, changing and removing feature groups. What is in an offline store stays. */
const KEEP_GROUPS = ['CreateFeatureGroup', 'UpdateFeatureGroup', 'DeleteFeatureGroup', 'UpdateFeatureMetadata'].map(sagemaker);

/** Writing records, to the stores that the group has. */
const WRITE_RECORDS = ['PutRecord', 'BatchWriteRecord'].map(sagemaker);

/** Reading records of online stores. */
const READ_RECORDS = ['GetRecord', 'BatchGetRecord'].map(sagemaker);

/** Listing what identifies the records of a group. */
const LIST_RECORDS = ['ListRecords'].map(sagemaker);

const REMOVE_RECORDS = ['DeleteRecord'].map(sagemaker);

/** Every way to a record, which SageMaker's own side takes from everywhere. */
export const USES_RECORDS = [...WRITE_RECORDS, ...READ_RECORDS, ...LIST_RECORDS, ...REMOVE_RECORDS];

/** Everything with the environment's feature groups, and their records from its network. */
export function keepFeatures(context: ExecutionContext, store: FeatureStoreParts): PolicyStatement[] {
  const groups = context.arns.ours('feature-group');
  return [
    new PolicyStatement({ actions: KEEP_GROUPS, resources: groups }),
    tagAtCreation(groups),
    ...useRecords(context, store, USES_RECORDS, ENCRYPT_ONLINE_STORES),
    // AWS knows no resource of it: names of aliases, which are no secret.
    new PolicyStatement({ actions: ['kms:ListAliases'], resources: ['*'] }),
  ];
}

/** Records of the environment's feature groups, which jobs add and look up. */
export function addRecords(context: ExecutionContext, store: FeatureStoreParts): PolicyStatement[] {
  return useRecords(context, store, [...WRITE_RECORDS, ...READ_RECORDS], USE_ONLINE_STORES);
}

function useRecords({ scope, arns }: ExecutionContext, { keyArn, vpcId }: FeatureStoreParts, records: string[], onKey: string[]): PolicyStatement[] {
  const { region, urlSuffix } = Stack.of(scope);
  return [
    new PolicyStatement({ actions: records, resources: arns.ours('feature-group') }),
    // SageMaker's own side takes requests from everywhere, and has no policy of the store's.
    new PolicyStatement({
      sid: 'DenyRecordsFromOutside',
      effect: Effect.DENY,
      actions: records,
      resources: ['*'],
      conditions: { StringNotEquals: { 'aws:SourceVpc': vpcId } },
    }),
    new PolicyStatement({ actions: onKey, resources: [keyArn], conditions: { StringEquals: { 'kms:ViaService': `sagemaker.${region}.${urlSuffix}` } } }),
  ];
}

function sagemaker(name: string): string {
  return `sagemaker:${name}`;
}
