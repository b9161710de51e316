import { Stack } from 'aws-cdk-lib';
import { Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EndpointUpdate, ModelNetwork, RequestRouting, SecureModelEndpoint, TrafficShifting } from '../../../src';

const REGISTRY = '111111111111.dkr.ecr.eu-west-1.amazonaws.com';

/** Endpoints in somebody's own VPC, with their own key and role, and no environment around them: a usual one, and one with everything. */
export function endpointAlone(stack: Stack): void {
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false, subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }] });
  const group = new SecurityGroup(stack, 'Models', { vpc, allowAllOutbound: false });
  group.addEgressRule(Peer.ipv4(vpc.vpcCidrBlock), Port.tcp(443));
  const volumeKey = new Key(stack, 'Key', { enableKeyRotation: true });
  const executionRole = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
  new ManagedPolicy(stack, 'Policy', { roles: [executionRole], statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::models/churn.tar.gz'] })] });
  const network = ModelNetwork.fromVpc({ vpc, securityGroups: [group] });
  const churn = { image: `${REGISTRY}/churn:1`, modelDataUrl: 's3://models/churn.tar.gz' };

  new SecureModelEndpoint(stack, 'Usual', { variants: [{ containers: [churn], instanceType: 'ml.m5.large' }], executionRole, modelNetwork: network, volumeKey });
  new SecureModelEndpoint(stack, 'Everything', {
    endpointName: 'everything',
    variants: [{
      variantName: 'champion',
      containers: [
        { image: `${REGISTRY}/prepare:1`, containerHostname: 'prepare', environmentVariables: { LEVEL: 'info' } },
        { image: `${REGISTRY}/llm:1`, containerHostname: 'llm', uncompressedModelData: 's3://models/llm/' },
      ],
      instanceType: 'ml.g5.xlarge',
      instanceCount: 3,
      scaling: { minInstanceCount: 2, maxInstanceCount: 9, invocationsPerInstance: 60 },
      requestRouting: RequestRouting.LEAST_OUTSTANDING_REQUESTS,
    }],
    shadowVariant: { variantName: 'challenger', containers: [churn], instanceType: 'ml.g5.2xlarge', instanceCount: 2, weight: 0.1 },
    executionRole,
    modelNetwork: network,
    volumeKey,
    dataCapture: { bucketName: 'captured', encryptionKey: volumeKey, prefix: 'everything/', percentage: 10 },
    update: EndpointUpdate.blueGreen({ trafficShifting: TrafficShifting.linear({ percentage: 50 }) }),
    alarms: { notificationTopic: new Topic(stack, 'Topic', { masterKey: volumeKey, enforceSSL: true }) },
  });
}
