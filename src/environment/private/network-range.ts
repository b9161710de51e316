import { CfnResource, Duration } from 'aws-cdk-lib';
import { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnMlflowTrackingServer } from 'aws-cdk-lib/aws-sagemaker';
import { Construct, IConstruct } from 'constructs';
import { EnvironmentNames } from '../../names';
import { acknowledge, everywhere } from '../../private/acknowledgements';
import { InlineHandler } from '../../private/inline-handler';

interface NetworkRangeProps {
  readonly cidr: string;
  readonly names: EnvironmentNames;
  readonly logsKey: IKey;
}

/**
 * Refuses a network range that another environment of the account and region has, and another range than before: CloudFormation
 * would make a second VPC, and say why the domain cannot move there when everything in it is made as well.
 */
export class NetworkRange extends Construct {
  private readonly check: CfnResource;

  constructor(scope: Construct, id: string, { cidr, names, logsKey }: NetworkRangeProps) {
    super(scope, id);
    acknowledge(this, [everywhere(/ec2:DescribeVpcs/, /^\/Handler\/Policy\/Resource$/, 'Has no narrower resource; it reads only.')]);
    const handler = new InlineHandler(this, 'Handler', {
      handler: 'network-range',
      description: 'Refuses a network range that another environment has',
      timeout: Duration.minutes(1),
      // No EnvironmentRole, since it cannot be an existing one: products refuse those.
      role: names._roleSettings('network-range'),
      logsKey,
      statements: [new PolicyStatement({ actions: ['ec2:DescribeVpcs'], resources: ['*'] })], // EC2 takes no narrower resource for descriptions
    });
    this.check = handler.customResource(this, 'Resource', 'Custom::NetworkRange', { Range: cidr }).node.defaultChild as CfnResource;
  }

  /** Is asked before a resource is made that costs by the hour; the others of that kind are in the VPC. */
  public precede(resource: IConstruct): void {
    if (resource instanceof CfnVPC || resource instanceof CfnMlflowTrackingServer) resource.addDependency(this.check);
  }
}
