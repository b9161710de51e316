import { Client } from '../aws/client';
import { isFault } from '../aws/faults';
import { Page, pagesOf } from '../aws/pages';

/** An account as AWS Organizations lists it. */
export interface ListedAccount {
  readonly Id: string;
  readonly Arn: string;
  readonly State?: string;
  /** What `State` was called until September 2026. */
  readonly Status?: string;
}

interface Unit {
  readonly Id: string;
  readonly Arn: string;
}

/**
 * AWS Organizations, read page by page. A page may be empty and yet have a next one.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccountsForParent.html
 */
export class Organization {
  private readonly parents = new Map<string, string>();

  constructor(private readonly client: Client) {}

  /** The accounts directly in a unit. */
  public accountsIn(ParentId: string): Promise<ListedAccount[]> {
    return this.every<ListedAccount>('ListAccountsForParent', 'Accounts', { ParentId });
  }

  /** The units directly in a unit. */
  public unitsIn(ParentId: string): Promise<Unit[]> {
    return this.every<Unit>('ListOrganizationalUnitsForParent', 'OrganizationalUnits', { ParentId });
  }

  /** The units above an account or a unit, from the root down; nothing for what is not in the organization. */
  public async above(childId: string): Promise<string[] | undefined> {
    const path: string[] = [];
    for (let id = childId; !id.startsWith('r-');) {
      const parent = await this.parentOf(id);
      if (parent === undefined) return undefined;
      path.unshift(id = parent);
    }
    return path;
  }

  private async parentOf(ChildId: string): Promise<string | undefined> {
    const known = this.parents.get(ChildId);
    if (known !== undefined) return known;
    try {
      const [parent] = await this.every<{ Id: string }>('ListParents', 'Parents', { ChildId });
      if (parent !== undefined) this.parents.set(ChildId, parent.Id);
      return parent?.Id;
    } catch (error) {
      if (isFault(error, 'ChildNotFoundException')) return undefined;
      throw error;
    }
  }

  private async every<T>(operation: string, key: string, input: object): Promise<T[]> {
    const all: T[] = [];
    const pages = pagesOf(operation, (NextToken) => (
      this.client.json<Page & Record<string, unknown>>(`AWSOrganizationsV20161128.${operation}`, { ...input, NextToken })
    ));
    for await (const page of pages) all.push(...(page[key] as T[]));
    return all;
  }
}
