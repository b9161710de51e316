import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IDependable } from 'constructs';

/** Options of the Lambda function that cleans up a domain before its deletion. */
export interface StudioCleanUpOptions {
  /**
   * KMS key that encrypts the log group of the function.
   *
   * The key policy must let CloudWatch Logs use the key.
   *
   * @default - CloudWatch Logs' own encryption
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logsKey?: IKey;

  /**
   * Security groups of a function that runs in the VPC of the domain, which let it reach the VPC endpoints on port 443.
   *
   * @default - outside of any VPC, where it describes and deletes resources and reads no data
   */
  readonly securityGroups?: ISecurityGroup[];

  /**
   * Subnets of a function that runs in the VPC of the domain.
   *
   * @default - the subnets of the domain
   */
  readonly subnets?: ISubnet[];

  /**
   * Resources that calls of a function in the VPC need: the endpoints of SageMaker, EFS, EC2, Systems Manager and S3 with their
   * policies, routes and security group rules.
   *
   * They are deleted after the function has sent its last response. Otherwise the response to CloudFormation is lost, and the
   * deletion of the stack hangs for an hour.
   *
   * @default - nothing, which only a function outside of the VPC may wait for
   */
  readonly dependencies?: IDependable[];
}
