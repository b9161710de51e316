import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentKeys } from '../../../src/encryption';
import { EnvironmentNetwork } from '../../../src/network';
import { DataPerimeter, ExpectedNetworks } from '../../../src/perimeter';
import { EnvironmentRegistry, KeyPurpose } from '../../../src/registry';
import { EnvironmentStorage } from '../../../src/storage';

export interface FoundationProps extends StackProps {
  readonly removalPolicy?: RemovalPolicy;
}

/** Network, keys, perimeter and buckets, without people. */
export class FoundationStack extends Stack {
  constructor(scope: Construct, id: string, props: FoundationProps) {
    super(scope, id, props);
    const { removalPolicy } = props;
    const registry = EnvironmentRegistry.inStackOf(this, 'churn');
    const keys = EnvironmentKeys.managed().bind(this, 'Keys', { registry, removalPolicy });
    const network = new EnvironmentNetwork(this, 'Network', { registry, logsKey: keys.logs });
    const perimeter = new DataPerimeter(this, 'Perimeter', {
      registry,
      expectedNetworks: ExpectedNetworks.endpoints({ s3EndpointIds: network.endpoints.s3EndpointIds }),
      deployingRoles: [`arn:aws:iam::${this.account}:role/cdk-hnb659fds-cfn-exec-role-${this.account}-${this.region}`],
      emptiesBuckets: removalPolicy === RemovalPolicy.DESTROY,
    });
    for (const purpose of Object.values(KeyPurpose)) perimeter.applyToKey(keys.key(purpose), purpose);
    perimeter.applyToEndpoints(network.endpoints);
    new EnvironmentStorage(this, 'Storage', { registry, perimeter, keys, removalPolicy });
  }
}
