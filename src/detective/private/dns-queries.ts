import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, IFilterPattern, LogGroup, ResourcePolicy, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnResolverQueryLoggingConfig, CfnResolverQueryLoggingConfigAssociation } from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';
import { keepWithoutFlag } from '../../private/removal';
import { uniqueName } from '../../private/unique-name';

/** What workloads ask for: AWS's own names, with which endpoints answer, and names of the VPC. */
const EXPECTED = ['*.amazonaws.com.', '*.aws.', '*.amazonaws.com.cn.', '*.internal.', '*.in-addr.arpa.'];

/** Queries within five minutes that are no slip any more, but names in which something is carried out. */
export const MANY_NAMES = 20;

/**
 * Names that a VPC asks its resolver for, also one without a way to the internet: the resolver itself asks others, and carries what is
 * hidden in a name.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs.html
 */
export class DnsQueries extends Construct {
  /** Queries of names that are none of AWS's. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-format.html */
  public readonly unexpected: IFilterPattern;
  public readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, vpc: IVpc, encryptionKey: IKey, removalPolicy: RemovalPolicy) {
    super(scope, id);
    const logGroup = this.logGroup = new LogGroup(this, 'LogGroup', { encryptionKey, retention: RetentionDays.ONE_YEAR, removalPolicy });
    keepWithoutFlag(logGroup);
    // Else AWS adds to a policy of its own when logging begins, one for all of an account, which no stack takes away again.
    const delivery = new ResourcePolicy(this, 'Delivery', {
      resourcePolicyName: uniqueName(this, 255),
      policyStatements: [new PolicyStatement({
        principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID }, ArnLike: { 'aws:SourceArn': arnIn(this, 'logs', '*') } },
      })],
    });
    const config = new CfnResolverQueryLoggingConfig(this, 'Resource', { destinationArn: logGroup.logGroupArn });
    config.node.addDependency(delivery);
    new CfnResolverQueryLoggingConfigAssociation(this, 'Association', { resolverQueryLogConfigId: config.attrId, resourceId: vpc.vpcId });
    this.unexpected = FilterPattern.all(...EXPECTED.map((name) => FilterPattern.stringValue('$.query_name', '!=', name)));
  }
}
