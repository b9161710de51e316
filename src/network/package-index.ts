import { Names } from 'aws-cdk-lib';
import { CfnDomain, CfnRepository } from 'aws-cdk-lib/aws-codeartifact';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EndpointService } from './endpoint-service';
import { EnvironmentNetwork } from './environment-network';
import { EnvironmentNames } from '../names';
import { arnIn } from '../private/arn';
import { InputCheck } from '../private/input-check';
import { checkKey } from '../private/key-rules';
import { checkRequired, GRANTEE } from '../private/required-input';

/** Settings of a package index. */
export interface PackageIndexOptions {
  /**
   * Name of the CodeArtifact domain: 2–50 lower-case letters, digits and hyphens, unique in the account and region.
   *
   * @default - `<environmentName>--packages`, or a name from stack and construct id outside of an environment
   */
  readonly domainName?: string;

  /**
   * Name of the CodeArtifact repository: 2–100 letters, digits, hyphens, dots and underscores.
   *
   * @default 'python'
   */
  readonly repositoryName?: string;

  /**
   * KMS key that encrypts the packages, which cannot be changed once the domain exists.
   *
   * @default - the AWS-managed key of CodeArtifact, as the packages in the index are public
   */
  readonly encryptionKey?: IKey;
}

/** Properties of a package index. */
export interface PackageIndexProps extends PackageIndexOptions {
  /** The network that reaches the index, which gets the CodeArtifact endpoints. */
  readonly network: EnvironmentNetwork;

  /**
   * The names of the environment that the index belongs to, from which the domain is named.
   *
   * @default - a generated name
   */
  readonly names?: EnvironmentNames;
}

/**
 * A CodeArtifact repository of public Python packages with VPC endpoints, for `pip install` without internet access.
 *
 * Python packages come through the repository endpoint alone, without S3.
 *
 * @see https://docs.aws.amazon.com/codeartifact/latest/ug/create-s3-gateway-endpoint.html
 */
export class PackageIndex extends Construct {
  /** Name of the CodeArtifact domain. */
  public readonly domainName: string;
  /** Name of the CodeArtifact repository. */
  public readonly repositoryName: string;
  private readonly domain: CfnDomain;
  private readonly repository: CfnRepository;

  constructor(scope: Construct, id: string, props: PackageIndexProps) {
    super(scope, id);
    this.domainName = props.domainName ?? this.defaultDomainName(props.names);
    this.repositoryName = props.repositoryName ?? 'python';
    checkKey(new InputCheck(this), 'encryptionKey', props.encryptionKey)
      .matches('domainName', this.domainName, /^[a-z][a-z0-9-]{0,48}[a-z0-9]$/, 'be 2–50 lower-case letters, digits and hyphens')
      .matches('repositoryName', this.repositoryName, /^[A-Za-z0-9][A-Za-z0-9._-]{1,99}$/, 'be 2–100 letters, digits, hyphens, dots and underscores')
      .throwIfInvalid();
    this.domain = new CfnDomain(this, 'Domain', { domainName: this.domainName, encryptionKey: props.encryptionKey?.keyArn });
    this.repository = new CfnRepository(this, 'Repository', {
      domainName: this.domain.attrName,
      repositoryName: this.repositoryName,
      description: 'Public Python packages, for networks without internet',
      externalConnections: ['public:pypi'],
    });
    props.network.requireEndpoint(EndpointService.CODEARTIFACT_API, 'a package index');
    props.network.requireEndpoint(EndpointService.CODEARTIFACT_REPOSITORIES, 'a package index');
  }

  /** Grants permission to install packages: an authorization token, the repository endpoint, and read access to package versions. */
  public grantRead(grantee: IGrantable): Grant {
    checkRequired(this, { grantee }, { grantee: GRANTEE });
    const packages = arnIn(this, 'codeartifact', `package/${this.domainName}/${this.repositoryName}/*`);
    // A token is of the domain, an endpoint of the repository, the rest of packages: each takes its type alone, and one statement says it.
    const actions = ['GetAuthorizationToken', 'GetRepositoryEndpoint', 'ReadFromRepository', 'DescribePackageVersion', 'ListPackageVersionAssets'];
    return Grant
      .addToPrincipal({ grantee, actions: actions.map((name) => `codeartifact:${name}`), resourceArns: [this.domain.attrArn, this.repository.attrArn, packages] })
      .combine(Grant.addToPrincipal({
        grantee,
        actions: ['sts:GetServiceBearerToken'],
        resourceArns: ['*'], // a token is no resource; it is bound to the service instead
        conditions: { StringEquals: { 'sts:AWSServiceName': 'codeartifact.amazonaws.com' } },
      }));
  }

  /** Domains of one account and region share their names, so that a fixed one would be taken by the first index. */
  private defaultDomainName(names?: EnvironmentNames): string {
    if (names) return `${names.environmentName}--packages`;
    return `packages-${Names.uniqueResourceName(this, { maxLength: 41, separator: '-' })}`.toLowerCase();
  }
}
