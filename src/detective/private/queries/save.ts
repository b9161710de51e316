import { CfnQueryDefinition, ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { SampleQuery } from './all';
import { pascalCase } from '../../../private/pascal-case';

/** Saves queries in the folder of an environment. */
export function saveQueries(scope: Construct, folder: string, queries: SampleQuery[], logGroup: ILogGroup): void {
  for (const { name, lines } of queries) {
    new CfnQueryDefinition(scope, `Query${pascalCase(...name.split(/\W+/))}`, {
      name: `${folder}/${name}`, logGroupNames: [logGroup.logGroupName], queryString: lines.join('\n| '),
    });
  }
}
