import { createHash } from 'crypto';
import { Lazy, Token } from 'aws-cdk-lib';
import { PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { EnvironmentNames } from '../../names';
import { EndpointService } from '../../network';
import { arnIn } from '../../private/arn';
import { FIND_COPIES, PUSH_IMAGES, REGISTER_COPIES, WRITE_COPIES } from '../../roles/statements/promotion-actions';
import { Conditions, allOf, listingOf } from '../conditions';
import { LIST, LOCATE, READ, WRITE } from '../object-actions';
import { TrustedIdentities } from '../trusted-identities';
import { TrustedResources } from '../trusted-resources';
import { StageConditions } from './stage-conditions';

/** A bucket that an endpoint leads to, and whose it is: its name would be anybody's after it. */
export interface OwnedBucket {
  readonly arn: string;
  readonly account: string;
}

/** Compiles the perimeter's facts to endpoint policies. They are what stops an attacker who brings foreign credentials into a notebook. */
export class EndpointStatements {
  private readonly trusted: Conditions;
  private readonly caller: Conditions;

  constructor(
    private readonly scope: IConstruct,
    private readonly names: EnvironmentNames,
    identities: TrustedIdentities,
    resources: TrustedResources,
    private readonly stages: StageConditions,
  ) {
    this.caller = identities._principalCondition(names.account);
    this.trusted = allOf(this.caller, resources._resourceCondition(names.account));
  }

  /** The policy of the S3 gateway endpoint: exact buckets of their owners, never a name that somebody else's bucket could have. */
  public s3(buckets: () => OwnedBucket[]): PolicyStatement[] {
    return [
      new PolicyStatement({
        sid: this.own('EnvironmentBuckets'),
        principals: [new StarPrincipal()],
        actions: ['s3:*'], // what a role may do is the role's to say; here is said with which buckets
        resources: Lazy.list({ produce: () => buckets().flatMap(({ arn }) => [arn, `${arn}/*`]) }),
        conditions: allOf(this.caller, ownedBy(Lazy.list({ produce: () => [...new Set(buckets().map(({ account }) => account))] }))),
      }),
      this.awsObjects('ImageLayers', ['s3:GetObject'], `prod-${this.names.region}-starport-layer-bucket`),
      ...this.promotion([...WRITE_COPIES, ...FIND_COPIES], this.promotedBuckets),
    ];
  }

  /** A bucket that is not the environment's: only its prefix, and only what was asked for. */
  public dataSource({ arn: bucketArn, account }: OwnedBucket, prefix: string, writable: boolean): PolicyStatement[] {
    const conditions = allOf(this.caller, ownedBy(account));
    return [
      new PolicyStatement({
        principals: [new StarPrincipal()],
        actions: [...READ, ...(writable ? WRITE : [])],
        resources: [`${bucketArn}/${prefix}*`],
        conditions,
      }),
      new PolicyStatement({
        principals: [new StarPrincipal()],
        actions: LIST,
        resources: [bucketArn],
        conditions: allOf(conditions, listingOf(prefix)),
      }),
      new PolicyStatement({ principals: [new StarPrincipal()], actions: LOCATE, resources: [bucketArn], conditions }),
    ];
  }

  /** Objects that AWS itself keeps for everyone, fetched with pre-signed addresses and so by nobody we know. */
  public awsObjects(sid: string, actions: string[], bucketName: string): PolicyStatement {
    return new PolicyStatement({ sid, principals: [new StarPrincipal()], actions, resources: [arnIn(this.names, 's3', `${bucketName}/*`)] });
  }

  /** The policy of an interface endpoint. */
  public of(service: EndpointService): PolicyStatement[] {
    const ours = new PolicyStatement({
      sid: 'EnvironmentAccount',
      principals: [new StarPrincipal()],
      actions: ['*'], // what a role may do is the role's to say; here is said whose credentials reach whose resources
      resources: ['*'],
      conditions: this.trusted,
    });
    return [ours, ...this.besides(service)];
  }

  private besides(service: EndpointService): PolicyStatement[] {
    switch (service) {
      case EndpointService.ECR_API:
        return [this.pulling(), ...this.promotion(PUSH_IMAGES, (stage) => [this.inAnyAccount('ecr', `repository/${this.names.targetRepositoryName(stage)}`)])];
      case EndpointService.ECR_DOCKER:
        return [this.pulling()];
      case EndpointService.SSM:
        return [this.publicParameters()];
      case EndpointService.STS:
        return this.stages.resources.map((theirs, index) => new PolicyStatement({
          sid: this.own(`StageRoles${index}`), principals: [new StarPrincipal()], actions: ['sts:AssumeRole'], resources: ['*'], conditions: allOf(this.caller, theirs),
        }));
      case EndpointService.SAGEMAKER_RUNTIME:
        return this.endpointTests(['sagemaker:InvokeEndpoint']);
      case EndpointService.SAGEMAKER_API:
        return [
          ...this.endpointTests(['sagemaker:DescribeEndpoint']),
          ...this.promotion([...REGISTER_COPIES, 'sagemaker:AddTags'], (stage) => ['model-package-group', 'model-package'].map((type) => this.inAnyAccount('sagemaker', `${type}/${this.names.endpointPrefix(stage)}*`))),
        ];
      default:
        return [];
    }
  }

  /**
   * Parameters that AWS publishes for everyone belong to none of its customers.
   *
   * @see https://github.com/aws-samples/data-perimeter-policy-examples/blob/main/vpc_endpoint_policies/ssm_endpoint_policy.json
   */
  private publicParameters(): PolicyStatement {
    return new PolicyStatement({
      sid: 'PublicParameters',
      principals: [new StarPrincipal()],
      actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
      resources: [arnIn(this.names, 'ssm', 'parameter/aws/*', { account: '' })],
      conditions: this.caller,
    });
  }

  /** AWS keeps SageMaker's images in accounts of its own, another one in each region. Pulling only: nothing can be pushed there. */
  private pulling(): PolicyStatement {
    return new PolicyStatement({
      sid: 'PullImages',
      principals: [new StarPrincipal()],
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
      resources: ['*'],
      conditions: this.caller,
    });
  }

  /**
   * Copies of releases are written as a role of the target's account, to what is there for them. The account is left open in
   * names, and must be the role's own: a bucket that somebody else called so is no way out.
   */
  private promotion(actions: string[], resourcesOf: (stageName: string) => string[]): PolicyStatement[] {
    const { promoting } = this.stages;
    return promoting.principals.map((belongs, index) => new PolicyStatement({
      sid: this.own(`Promotion${index}`),
      principals: [new StarPrincipal()],
      actions,
      resources: promoting.stageNames.flatMap(resourcesOf),
      conditions: allOf(belongs, { StringEquals: { ...belongs.StringEquals, 'aws:ResourceAccount': '${aws:PrincipalAccount}' }, ArnLike: { 'aws:PrincipalArn': promoting.promotionRoles } }),
    }));
  }

  private readonly promotedBuckets = (stageName: string): string[] => {
    const bucket = arnIn(this.names, 's3', this.names.targetModelsBucketName(stageName, '*'));
    return [bucket, `${bucket}/*`];
  };

  /**
   * An id that no other environment or target has: they may share a network, and ids are unique in a policy. What is the same
   * for all of an account has the same id, and so stands there once.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
   */
  private own(sid: string): string {
    const { environmentName } = this.names, { path } = this.scope.node;
    const whose = Token.isUnresolved(environmentName) ? path : `${environmentName} ${path}`;
    return sid + createHash('sha256').update(whose).digest('hex').slice(0, 8);
  }

  private inAnyAccount(service: string, resource: string): string {
    return arnIn(this.names, service, resource, { account: '*' });
  }

  /** A test of a stage's endpoint comes with credentials of the stage's account, for an endpoint there. */
  private endpointTests(actions: string[]): PolicyStatement[] {
    return this.stages.principals.map((belongs, index) => new PolicyStatement({
      sid: this.own(`StageEndpoints${index}`),
      principals: [new StarPrincipal()],
      actions,
      resources: ['*'],
      conditions: allOf(belongs, { StringEquals: { ...belongs.StringEquals, 'aws:ResourceAccount': '${aws:PrincipalAccount}' } }),
    }));
  }
}

function ownedBy(accounts: string | string[]): Conditions {
  return { StringEquals: { 'aws:ResourceAccount': accounts } };
}
