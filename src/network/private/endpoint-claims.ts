import { Stack, Token } from 'aws-cdk-lib';
import { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct, IConstruct } from 'constructs';
import { throwValidationError } from '../../private/invalid-input';
import { isPendingLookUp } from '../pending-look-up';
import { routeTableIdOf } from '../subnet-rules';

/** Who has what in a VPC, by app. */
const claims = new WeakMap<IConstruct, Map<string, Construct>>();

/**
 * Keeps two constructs of an app from making the same endpoint in one VPC: private names and route tables take one, and
 * AWS refuses the second in the middle of a deployment.
 */
export class EndpointClaims {
  private readonly claimed: Map<string, Construct>;

  constructor(private readonly scope: Construct, private readonly vpc: IVpc) {
    this.claimed = claims.get(scope.node.root) ?? new Map<string, Construct>();
    claims.set(scope.node.root, this.claimed);
  }

  /** An interface endpoint with private names. */
  public service(endpointName: string, serviceName: string): void {
    this.claim(endpointName, [`${this.idOf(this.vpc, this.vpc.vpcId)} ${serviceName}`],
      'Name it in endpoints.existingServices, or give both environments the same EnvironmentNetwork');
  }

  /** A gateway endpoint to S3 for the route tables of subnets. */
  public s3(subnets: ISubnet[]): void {
    this.claim('S3', subnets.map((subnet) => `s3 ${this.idOf(subnet, routeTableIdOf(subnet) ?? subnet.node.path)}`),
      'Give it as endpoints.s3Endpoint, or give both environments the same EnvironmentNetwork');
  }

  private claim(endpointName: string, keys: string[], remedy: string): void {
    if (isPendingLookUp(this.vpc)) return; // ids of what stands in for it are the same for every VPC
    const [owner] = keys.flatMap((key) => this.claimed.get(key) ?? []);
    if (owner !== undefined && owner !== this.scope) {
      throwValidationError(this.scope, { property: 'endpoints', value: endpointName, rule: `not make an endpoint that ${owner.node.path} has made in this VPC already`, remedy });
    }
    for (const key of keys) this.claimed.set(key, this.scope);
  }

  /** Ids that are known are the same in every stack; others are known by their stack. */
  private idOf(of: IConstruct, id: string): string {
    return Token.isUnresolved(id) ? `${Stack.of(of).templateFile} ${JSON.stringify(Stack.of(of).resolve(id))}` : id;
  }
}
