import { Stack, StackProps } from 'aws-cdk-lib';
import { Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, OidcProviderNative } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, BucketPolicy, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CLIENT_ID, CompanyStack, ISSUER } from './company-stack';
import { DataScienceEnvironment, EnvironmentKeys, EnvironmentNetwork, Persona, PersonaClaim, PersonaTrust } from '../../../src';

/** Properties of the stack. */
export interface BringYourOwnStackProps extends StackProps {
  /** What there is already. The stack knows only its names and ARNs, as if it were of another app. */
  readonly company: CompanyStack;
}

/** An environment in a network, with a key, on data and for people that a company has already. */
export class BringYourOwnStack extends Stack {
  public readonly churn: DataScienceEnvironment;

  constructor(scope: Construct, id: string, props: BringYourOwnStackProps) {
    super(scope, id, { description: 'A secure data-science environment in what a company has already', ...props });
    const { company } = props;
    const key = Key.fromKeyArn(this, 'Key', company.key.keyArn);
    const data = Bucket.fromBucketAttributes(this, 'Data', { bucketArn: company.data.bucketArn, encryptionKey: key });

    this.churn = new DataScienceEnvironment(this, 'Churn', {
      environmentName: 'churn',
      network: this.networkOf(company),
      keys: EnvironmentKeys.fromKeys({ data: key }),
      storage: { existingBuckets: { dataBucket: data } },
      roleOptions: { path: '/data-science/', permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(this, 'Boundary', company.boundary.managedPolicyArn) },
      personas: {
        trust: PersonaTrust.openIdConnect(OidcProviderNative.fromOidcProviderArn(this, 'People', company.people.oidcProviderArn), {
          issuer: ISSUER, personaClaim: PersonaClaim.sessionTag({ clientIds: [CLIENT_ID] }),
        }),
      },
    });
    this.churn.addUser('alice', { persona: Persona.DATA_SCIENTIST });
    this.closeForOthers(data);
  }

  private networkOf({ vpc: { vpcId, availabilityZones, isolatedSubnets } }: CompanyStack): EnvironmentNetwork {
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', { vpcId, availabilityZones });
    const subnets = isolatedSubnets.map(({ subnetId, availabilityZone, routeTable: { routeTableId } }, index) => (
      Subnet.fromSubnetAttributes(this, `Subnet${index}`, { subnetId, availabilityZone, routeTableId })
    ));
    return EnvironmentNetwork.fromVpc(this, 'Network', { vpc, subnets });
  }

  /** The policy of a given bucket is its owner's to write; this owner does so here, where the network is known. */
  private closeForOthers(data: IBucket): void {
    const policy = new BucketPolicy(this, 'DataPolicy', { bucket: data });
    policy.document.addStatements(...this.churn.storage.requiredStatements(data));
  }
}
