import { Cap } from './caps';
import { DenialSettings, Settings } from './settings';
import { Client, Element, listed } from '../aws/client';
import { ownCredentials } from '../aws/credentials';
import { iamOf } from '../aws/service-endpoints';

const VERSION = '2010-05-08';

/** Characters of a tag's value. */
const LONGEST = 256;

/** What a role's tags have to be: those without a value are not there. */
type Tags = Readonly<Record<string, string | undefined>>;

/** Tags for the limits that are reached, and names for which there was no room. */
interface Wanted {
  readonly tags: Tags;
  readonly left: readonly string[];
}

export function wantedTags({ environment, persons, projects }: DenialSettings, caps: readonly Cap[]): Wanted {
  const whole = caps.filter(({ person, project }) => person === undefined && project === undefined).map(({ until }) => until);
  const ofPersons = listsOf(persons, caps.flatMap(({ person }) => person ?? []));
  const ofProjects = listsOf(projects, caps.flatMap(({ project }) => project ?? []));
  return {
    tags: { [environment]: whole.length === 0 ? undefined : `until ${new Date(Math.max(...whole)).toISOString().slice(0, 10)}`, ...ofPersons.tags, ...ofProjects.tags },
    left: [...ofPersons.left, ...ofProjects.left],
  };
}

/** Lists as the roles' policies look for names in them: `/alice/bob/`. */
function listsOf(keys: readonly string[], names: readonly string[]): Wanted {
  const left = [...new Set(names)].sort();
  const tags = Object.fromEntries(keys.map((key): [string, string | undefined] => {
    let list = '/';
    while (left.length > 0 && list.length + left[0].length < LONGEST) list += `${left.shift()}/`;
    return [key, list === '/' ? undefined : list];
  }));
  return { tags, left };
}

/** Gives every role the tags, and takes those away that have had their time. Roles that have them already are left alone. */
export async function deny({ roles }: DenialSettings, tags: Tags, { region }: Pick<Settings, 'region'>): Promise<void> {
  const iam = new Client(iamOf(region), ownCredentials());
  for (const RoleName of roles) {
    const now = await tagsOf(iam, RoleName);
    const set = Object.entries(tags).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== now.get(pair[0]));
    const taken = Object.keys(tags).filter((key) => tags[key] === undefined && now.has(key));
    if (set.length > 0) {
      await iam.query(VERSION, 'TagRole', { RoleName, ...Object.fromEntries(set.flatMap(([key, value], index) => [[`Tags.member.${index + 1}.Key`, key], [`Tags.member.${index + 1}.Value`, value]])) });
    }
    if (taken.length > 0) await iam.query(VERSION, 'UntagRole', { RoleName, ...Object.fromEntries(taken.map((key, index) => [`TagKeys.member.${index + 1}`, key])) });
  }
}

/** At most 50, which is one page. */
async function tagsOf(iam: Client, RoleName: string): Promise<ReadonlyMap<string, string>> {
  const { Tags: tags } = await iam.query(VERSION, 'ListRoleTags', { RoleName, MaxItems: '100' });
  return new Map(listed(tags as Element | undefined).map(({ Key, Value }) => [String(Key), String(Value)]));
}
