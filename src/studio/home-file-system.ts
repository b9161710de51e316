/**
 * Amazon EFS file system with the home directories of users, which SageMaker can create for a Studio domain.
 *
 * Spaces do not need it, as each has its own volume. It can be added to a domain later, and never be taken away again.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html
 */
export class HomeFileSystem {
  /** No file system, so that files are kept on the volumes of spaces only. */
  public static none(): HomeFileSystem {
    return new HomeFileSystem(false, false);
  }

  /** A file system that stays when the domain is deleted, without its mount targets and the security groups of SageMaker. */
  public static retain(): HomeFileSystem {
    return new HomeFileSystem(true, false);
  }

  /** A file system that is deleted after the domain, with all files in it, which requires `RemovalPolicy.DESTROY`. */
  public static destroy(): HomeFileSystem {
    return new HomeFileSystem(true, true);
  }

  private constructor(
    /** True if the domain has a file system. */
    public readonly isCreated: boolean,
    /** True if the file system is deleted after the domain. */
    public readonly isDestroyed: boolean,
  ) {}
}
