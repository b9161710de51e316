import { RemovalPolicy, Stack, StackProps, aws_ec2 as ec2, aws_iam as iam, aws_kms as kms } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HomeFileSystem, SecureStudioDomain } from '../../../src/studio';

export interface StudioAloneProps extends StackProps {
  readonly homeFileSystem?: HomeFileSystem;
  /** What becomes of people's work. */
  readonly removalPolicy?: RemovalPolicy;
  readonly domainName?: string;
  readonly users: string[];
}

/** `SecureStudioDomain` in somebody's own VPC, with their own key and role, and no environment around it. */
export class StudioAloneStack extends Stack {
  constructor(scope: Construct, id: string, props: StudioAloneProps) {
    super(scope, id, props);
    const vpc = new ec2.Vpc(this, 'Vpc', {
      natGateways: 0,
      maxAzs: 2,
      subnetConfiguration: [{ name: 'workload', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      restrictDefaultSecurityGroup: false,
    });
    vpc.addInterfaceEndpoint('SageMaker', { service: ec2.InterfaceVpcEndpointAwsService.SAGEMAKER_API });
    // What is kept is worth nothing without its key.
    const keeps = props.homeFileSystem?.isCreated && !props.homeFileSystem.isDestroyed;
    const encryptionKey = new kms.Key(this, 'Key', { enableKeyRotation: true, removalPolicy: keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY });
    const sagemaker = new iam.ServicePrincipal('sagemaker.amazonaws.com');
    const executionRole = new iam.Role(this, 'Execution', { assumedBy: sagemaker });
    executionRole.assumeRolePolicy!.addStatements(new iam.PolicyStatement({ principals: [sagemaker], actions: ['sts:SetSourceIdentity'] }));

    const { homeFileSystem, removalPolicy, domainName } = props;
    const studio = new SecureStudioDomain(this, 'Studio', { vpc, encryptionKey, executionRole, homeFileSystem, removalPolicy, domainName });
    for (const user of props.users) studio.addUser(user);
  }
}
