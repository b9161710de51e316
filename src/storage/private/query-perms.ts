/** Athena and Glue actions by what they are for. */

/** Asking, and reading the answer. */
export const QUERY = [
  'GetWorkGroup', 'StartQueryExecution', 'StopQueryExecution', 'GetQueryExecution', 'BatchGetQueryExecution', 'ListQueryExecutions',
  'GetQueryResults', 'GetQueryResultsStream', 'GetQueryRuntimeStatistics',
].map(athena);

/** Seeing what can be asked for; Athena looks it up in Glue as whoever asks. */
export const SEE_CATALOG = ['GetDatabase', 'GetTableMetadata', 'ListTableMetadata'].map(athena);

/** Reading descriptions of tables. */
export const SEE_TABLES = [
  'GetDatabase', 'GetDatabases', 'GetTable', 'GetTables', 'GetTableVersion', 'GetTableVersions', 'GetPartition', 'GetPartitions', 'BatchGetPartition',
  'GetPartitionIndexes', 'GetColumnStatisticsForTable', 'GetColumnStatisticsForPartition',
].map(glue);

/** Describing tables and their partitions, and forgetting them. */
export const DESCRIBE_TABLES = [
  'CreateTable', 'UpdateTable', 'DeleteTable', 'BatchDeleteTable', 'CreatePartition', 'BatchCreatePartition', 'UpdatePartition', 'BatchUpdatePartition',
  'DeletePartition', 'BatchDeletePartition',
].map(glue);

function athena(name: string): string {
  return `athena:${name}`;
}

function glue(name: string): string {
  return `glue:${name}`;
}
