import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRepository, Repository } from 'aws-cdk-lib/aws-codecommit';
import { Artifact, IAction } from 'aws-cdk-lib/aws-codepipeline';
import { CodeCommitSourceAction, CodeCommitTrigger, CodeStarConnectionsSourceAction, S3SourceAction, S3Trigger } from 'aws-cdk-lib/aws-codepipeline-actions';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { NamedBucket } from './private/named-bucket';
import { ProjectTemplate } from './project-template';
import { EnvironmentParameter } from '../names';
import { EndpointService } from '../network';
import { arnIn, WHERE_DEPLOYED } from '../private/arn';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired } from '../private/required-input';

/** The branch that is delivered. */
const BRANCH = 'main';

/** AWS CodeConnections goes by two names; policies hold under the one that is asked for. */
const CONNECTIONS = ['codeconnections', 'codestar-connections'];

/** A source as a part of a template. @internal */
export interface BoundSource {
  /** The first action of a delivery pipeline. */
  readonly action: (output: Artifact) => IAction;
  /** The events that mean that something new is there; nothing where AWS starts the pipeline itself. */
  readonly changes?: EventPattern;
}

/** Options of a connection to a repository outside of AWS. */
export interface CodeConnectionOptions {
  /** ARN of the connection (AWS CodeConnections), which a person has completed. */
  readonly connectionArn: string;

  /**
   * The repository as `owner/name`.
   *
   * @default - users name the repository when they launch a project
   */
  readonly fullRepositoryId?: string;

  /**
   * The branch that starts the pipeline.
   *
   * @default 'main'
   */
  readonly branch?: string;
}

/** Repository of the source code of projects. */
export class SourceRepository {
  /**
   * A CodeCommit repository for each project, with the seed code, encrypted with the environment's artifacts key.
   *
   * It works without internet access.
   */
  public static codeCommit(): SourceRepository {
    return new SourceRepository(new CodeCommitSource());
  }

  /**
   * A repository at GitHub, GitLab or Bitbucket, which exists before the project and which users fill.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/action-reference-CodestarConnectionSource.html
   */
  public static codeConnection(options: CodeConnectionOptions): SourceRepository {
    return new SourceRepository(new CodeConnectionSource(options));
  }

  /**
   * Source code in a bucket, as the object `<environment>--<project>-<project id>/source.zip`.
   *
   * @param bucketName Name of the bucket, which must be versioned and send its events to Amazon EventBridge.
   */
  public static s3(bucketName: string): SourceRepository {
    return new SourceRepository(new S3Source(bucketName));
  }

  /** True if the template creates the repository and fills it with the seed code. */
  public readonly isSeeded: boolean;
  /** The repository as templates and roles know it. @internal */
  public readonly _source: Source;

  private constructor(source: Source) {
    this._source = source;
    this.isSeeded = source.isSeeded;
  }
}

/** A kind of repository. */
abstract class Source {
  public abstract readonly isSeeded: boolean;

  /** By which people in Studio clone and push, where the network leads nowhere else. */
  public get endpoints(): EndpointService[] {
    return [];
  }

  /** What delivery pipelines of an environment need to fetch the code. */
  public abstract permissions(environmentName: string): PolicyStatement[];

  /** What the launch role needs to make a pipeline with this source. */
  public launchPermissions(): PolicyStatement[] {
    return [];
  }

  /** Puts the source into a template; seed code is named by its key in the templates bucket. */
  public abstract bind(template: ProjectTemplate, seedKey?: string): BoundSource;
}

class CodeCommitSource extends Source {
  public readonly isSeeded = true;

  public get endpoints(): EndpointService[] {
    return [EndpointService.CODECOMMIT, EndpointService.CODECOMMIT_GIT];
  }

  public permissions(): PolicyStatement[] {
    return []; // repositories of projects are the role's own
  }

  public bind(template: ProjectTemplate, seedKey?: string): BoundSource {
    const resource = new CfnRepository(template, 'Repository', {
      repositoryName: template.nameOf(),
      kmsKeyId: template.fromEnvironment(EnvironmentParameter.ARTIFACTS_KEY_ARN),
      repositoryDescription: `Code of the project ${template.projectName}`,
      code: seedKey === undefined ? undefined : {
        branchName: BRANCH, s3: { bucket: template.fromEnvironment(EnvironmentParameter.TEMPLATES_BUCKET), key: seedKey },
      },
    });
    resource.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE); // people's work outlives their project
    const repository = Repository.fromRepositoryName(template, 'Code', resource.attrName);
    return {
      action: (output) => new CodeCommitSourceAction({ actionName: 'Code', repository, branch: BRANCH, output, trigger: CodeCommitTrigger.NONE }),
      changes: {
        source: ['aws.codecommit'],
        detailType: ['CodeCommit Repository State Change'],
        resources: [resource.attrArn],
        detail: { event: ['referenceCreated', 'referenceUpdated'], referenceType: ['branch'], referenceName: [BRANCH] },
      },
    };
  }
}

class CodeConnectionSource extends Source {
  public readonly isSeeded = false;

  constructor(private readonly options: CodeConnectionOptions) {
    super();
    checkRequired('SourceRepository.codeConnection', options, { connectionArn: ANYTHING });
    new InputCheck('SourceRepository.codeConnection')
      .matches('connectionArn', options.connectionArn, /^arn:[^:]+:code(star-)?connections:[^:]+:\d{12}:connection\/.+$/, 'be the ARN of a connection', 'The settings of CodePipeline in the console show it')
      .matches('fullRepositoryId', options.fullRepositoryId, /^[^/\s]+\/[^\s]+$/, 'be owner and name with a slash in between, such as my-team/forecast')
      .matches('branch', options.branch, /^\S+$/, 'be a name without spaces, such as main')
      .throwIfInvalid();
  }

  public permissions(): PolicyStatement[] {
    return [new PolicyStatement({ actions: CONNECTIONS.map((service) => `${service}:UseConnection`), resources: this.resources })];
  }

  public launchPermissions(): PolicyStatement[] {
    return CONNECTIONS.map((service) => new PolicyStatement({
      actions: [`${service}:PassConnection`],
      resources: this.resources,
      conditions: { StringEquals: { [`${service}:PassedToService`]: 'codepipeline.amazonaws.com' } },
    }));
  }

  public get endpoints(): EndpointService[] {
    return [EndpointService.CODECONNECTIONS];
  }

  private get resources(): string[] {
    return [...new Set(CONNECTIONS.map((service) => this.options.connectionArn.replace(/:code(star-)?connections:/, `:${service}:`)))];
  }

  public bind(template: ProjectTemplate): BoundSource {
    const { connectionArn, fullRepositoryId: repository, branch = BRANCH } = this.options;
    const [owner, repo] = repository === undefined ? this.asked(template) : divided(repository);
    return {
      action: (output) => new CodeStarConnectionsSourceAction({ actionName: 'Code', connectionArn, owner, repo, branch, output }),
    };
  }

  private asked(template: ProjectTemplate): string[] {
    return [
      template.addParameter('RepositoryOwner', { group: 'Project', label: 'Repository owner', description: 'User, organization or group that owns the repository', allowedPattern: '[^/\\s]+' }),
      template.addParameter('RepositoryName', { group: 'Project', label: 'Repository name', description: 'Name of the repository', allowedPattern: '\\S+' }),
    ].map((parameter) => parameter.valueAsString);
  }
}

/** At the first slash: groups of GitLab hold slashes of their own, in the name. */
function divided(repository: string): string[] {
  const slash = repository.indexOf('/');
  return [repository.slice(0, slash), repository.slice(slash + 1)];
}

class S3Source extends Source {
  public readonly isSeeded = false;

  constructor(private readonly bucketName: string) {
    super();
    checkRequired('SourceRepository.s3', { bucketName }, { bucketName: ANYTHING });
    new InputCheck('SourceRepository.s3')
      .matches('bucketName', bucketName, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'be the name of a bucket, such as code-of-the-team')
      .throwIfInvalid();
  }

  public permissions(environmentName: string): PolicyStatement[] {
    const bucketArn = arnIn(WHERE_DEPLOYED, 's3', this.bucketName);
    return [
      new PolicyStatement({ actions: ['s3:GetBucketVersioning', 's3:GetBucketLocation'], resources: [bucketArn] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging'], resources: [`${bucketArn}/${environmentName}--*/source.zip`] }),
    ];
  }

  public bind(template: ProjectTemplate): BoundSource {
    const { bucketName } = this;
    const bucketKey = `${template.nameOf()}/source.zip`;
    const bucket = new NamedBucket(template, 'Sources', { bucketName });
    return {
      action: (output) => new S3SourceAction({ actionName: 'Code', bucket, bucketKey, output, trigger: S3Trigger.NONE }),
      changes: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucketName] }, object: { key: [bucketKey] } },
      },
    };
  }
}
