import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ofItsOwner } from './bucket-owner';
import { DESCRIBE_TABLES, QUERY, SEE_CATALOG, SEE_TABLES } from './query-perms';
import { ENCRYPT } from '../../perimeter/object-actions';
import { arnIn } from '../../private/arn';

/**
 * What it takes to ask queries of one work group over one database, besides the data itself: Athena looks tables up and
 * reads and writes objects as whoever asks.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/fine-grained-access-to-glue-resources.html
 */
export class QueryPermissions {
  constructor(private readonly scope: Construct, private readonly workGroupName: string, private readonly databaseName: string) {}

  public statements(data: IBucket, resultsKey: IKey): PolicyStatement[] {
    const catalog = arnIn(this.scope, 'glue', 'catalog');
    // Glue asks for every resource above the one that is meant.
    const tables = [catalog, arnIn(this.scope, 'glue', `database/${this.databaseName}`), arnIn(this.scope, 'glue', `table/${this.databaseName}/*`)];
    return [
      new PolicyStatement({ actions: QUERY, resources: [arnIn(this.scope, 'athena', `workgroup/${this.workGroupName}`)] }),
      new PolicyStatement({ actions: SEE_CATALOG, resources: [arnIn(this.scope, 'athena', 'datacatalog/AwsDataCatalog')] }),
      new PolicyStatement({ actions: [...SEE_TABLES, ...DESCRIBE_TABLES], resources: tables }),
      // Athena looks at the database `default` first, whatever a query names.
      new PolicyStatement({ actions: ['glue:GetDatabase'], resources: [arnIn(this.scope, 'glue', 'database/default')] }),
      // As Athena asks before it writes a result in parts. The role may list the whole bucket in any case.
      new PolicyStatement({
        actions: ['s3:ListBucketMultipartUploads'],
        resources: [data.bucketArn],
        conditions: { StringEquals: { 'aws:CalledViaFirst': 'athena.amazonaws.com', ...ofItsOwner(data)?.StringEquals } },
      }),
      ...(data.encryptionKey ? [] : [this.useOf(resultsKey)]),
    ];
  }

  /** A given bucket that does not know its key brings none along with its grants. */
  private useOf(key: IKey): PolicyStatement {
    const { region, urlSuffix } = Stack.of(this.scope);
    return new PolicyStatement({ actions: ENCRYPT, resources: [key.keyArn], conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } } });
  }
}
