import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired } from '../private/required-input';

/** A repository of AWS CodeArtifact. */
export interface CodeArtifactIndex {
  /** Name of the CodeArtifact domain. */
  readonly domainName: string;

  /** Name of the CodeArtifact repository. */
  readonly repositoryName: string;

  /**
   * Id of the account that owns the CodeArtifact domain, 12 digits.
   *
   * @default - the account of the stack
   */
  readonly domainOwner?: string;

  /**
   * Region of the CodeArtifact domain.
   *
   * @default - the region of the stack
   */
  readonly region?: string;
}

/** Quoted by the script, so it must not hold what a shell would read. */
const PLAIN = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/**
 * Package index from which `pip install` in Studio works without internet access.
 *
 * Every application is configured for it when it starts.
 */
export class StudioPackageIndex {
  /**
   * A CodeArtifact repository.
   *
   * The execution roles need `codeartifact:GetAuthorizationToken` for the domain, `codeartifact:GetRepositoryEndpoint` and
   * `codeartifact:ReadFromRepository` for the repository, and `sts:GetServiceBearerToken`.
   *
   * @see https://docs.aws.amazon.com/codeartifact/latest/ug/python-configure-pip.html
   */
  public static codeArtifact(index: CodeArtifactIndex): StudioPackageIndex {
    checkRequired('StudioPackageIndex.codeArtifact', index, { domainName: ANYTHING, repositoryName: ANYTHING });
    new InputCheck('StudioPackageIndex')
      .matches('domainName', index.domainName, PLAIN, 'be the name of a CodeArtifact domain, such as company')
      .matches('repositoryName', index.repositoryName, PLAIN, 'be the name of a CodeArtifact repository, such as pypi')
      .accountId('domainOwner', index.domainOwner)
      .matches('region', index.region, PLAIN, 'be the code of a region, such as eu-west-1')
      .throwIfInvalid();
    return new StudioPackageIndex(({ account, region }) => signIn(
      `aws codeartifact login --tool pip --domain ${index.domainName} --domain-owner ${index.domainOwner ?? account}`
      + ` --repository ${index.repositoryName} --region ${index.region ?? region}`,
    ));
  }

  /**
   * A package index without sign-in that the VPC reaches, such as a mirror of PyPI.
   *
   * @param address URL of the index in the sense of PEP 503, such as `https://packages.example.com/simple`
   */
  public static url(address: string): StudioPackageIndex {
    checkRequired('StudioPackageIndex.url', { address }, { address: ANYTHING });
    new InputCheck('StudioPackageIndex')
      .matches('address', address, /^https:\/\/[A-Za-z0-9._~:/@%+-]+$/, 'be an https address, such as https://packages.example.com/simple')
      .throwIfInvalid();
    return new StudioPackageIndex(() => `#!/bin/bash\npip config --user set global.index-url "${address}"\n`);
  }

  private constructor(private readonly write: (stack: Stack) => string) {}

  /** Returns the script that configures pip for the index. */
  public scriptFor(scope: Construct): string {
    return this.write(Stack.of(scope));
  }
}

/**
 * The token lasts twelve hours and a busy application lives longer, so the script keeps signing in. An index that is
 * down must not keep anybody from opening a notebook.
 */
function signIn(command: string): string {
  return [
    '#!/bin/bash',
    `${command} || echo "pip could not sign in to the package index" >&2`,
    `nohup bash -c 'while sleep 36000; do ${command}; done' >/dev/null 2>&1 &`,
    'exit 0',
    '',
  ].join('\n');
}
