import { DescribeModelCommand, ListTagsCommand, paginateListSpaces } from '@aws-sdk/client-sagemaker';
import { nameIn, sagemaker } from './sagemaker';
import { everyPage } from '../../aws/sdk';
import { unlessGone } from '../../corrective/faults';
import { settings } from '../settings';
import { Payer } from '../use';

/**
 * Tags that tell by whom and for what something was started: SageMaker's own in Studio, and in projects.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-multiple.html
 */
const PROFILE = 'sagemaker:user-profile-arn', SPACE = 'sagemaker:space-arn', PROJECT = 'sagemaker:project-name';

/** Names of profiles and projects, as SageMaker takes them: somebody may have written anything into a tag. */
const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** Whose something is. Asked anew at each metering, and then once. */
export class Owners {
  private spaces?: Promise<ReadonlyMap<string, string>>;
  private readonly models = new Map<string, Promise<string | undefined>>();

  /** Whether a role is the environment's, or one of a deployment target of it in the same account. */
  public isOurs(roleArn: string | undefined): boolean {
    const { roles, rolePrefix } = settings();
    return roleArn !== undefined && (roles.includes(roleArn) || nameIn(roleArn).startsWith(rolePrefix));
  }

  /** The role of a model; undefined where the model is not there. */
  public roleOfModel(ModelName: string | undefined): Promise<string | undefined> {
    if (ModelName === undefined) return Promise.resolve(undefined);
    const ask = () => unlessGone(() => sagemaker.send(new DescribeModelCommand({ ModelName }))).then((model) => model?.ExecutionRoleArn);
    const known = this.models.get(ModelName) ?? ask();
    this.models.set(ModelName, known);
    return known;
  }

  /** Who owns a private space; nobody owns one that is shared. */
  public async ofSpace(name: string | undefined): Promise<string | undefined> {
    return name === undefined ? undefined : (await (this.spaces ??= privateSpaces())).get(name);
  }

  /** For whom something is, by its tags. */
  public async ofTags(ResourceArn: string | undefined): Promise<Payer> {
    const tags = await unlessGone(() => tagsOf(ResourceArn!));
    const value = (key: string) => tags?.find(({ Key }) => Key === key)?.Value;
    const profile = value(PROFILE), space = value(SPACE);
    const person = profile === undefined ? await this.ofSpace(space && nameIn(space)) : nameIn(profile);
    return { person: named(person), project: named(value(PROJECT)) };
  }
}

function named(name: string | undefined): string | undefined {
  return name !== undefined && NAME.test(name) ? name : undefined;
}

/** At most 50, which is one page. */
async function tagsOf(ResourceArn: string) {
  return (await sagemaker.send(new ListTagsCommand({ ResourceArn, MaxResults: 50 }))).Tags;
}

async function privateSpaces(): Promise<ReadonlyMap<string, string>> {
  const spaces = await everyPage(paginateListSpaces({ client: sagemaker }, { DomainIdEquals: settings().domainId }), ({ Spaces }) => Spaces);
  return new Map(spaces.flatMap(({ SpaceName, OwnershipSettingsSummary, SpaceSharingSettingsSummary }): [string, string][] => {
    const owner = OwnershipSettingsSummary?.OwnerUserProfileName;
    return SpaceName === undefined || owner === undefined || SpaceSharingSettingsSummary?.SharingType === 'Shared' ? [] : [[SpaceName, owner]];
  }));
}
