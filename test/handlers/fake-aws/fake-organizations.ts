import { page, Refusal } from './answer';

interface FakeAccount { id: string; unit: string; state: string }

/** Roots, units and accounts. Pages are small, and some are empty and yet not the last, as on AWS. */
export class FakeOrganizations {
  organizationId = 'o-exampleorg';
  accounts: FakeAccount[] = [];
  /** Each unit's parent. */
  units = new Map<string, string>();
  pageSize = 2;
  /** Whether accounts carry only what `State` was called until September 2026. */
  withStatusOnly = false;

  /** A unit by its path from the root down; those above it come into being with it. */
  unit(...path: string[]): void {
    ['r-ab12', ...path].reduce((parent, id) => {
      this.units.set(id, parent);
      return id;
    });
  }

  account(unit: string, id: string, state = 'ACTIVE'): void {
    this.accounts.push({ id, unit, state });
  }

  move(id: string, unit: string): void {
    this.accounts.find((one) => one.id === id)!.unit = unit;
  }

  call(operation: string, input: Record<string, string>): unknown {
    const operations: Record<string, () => unknown> = {
      ListAccountsForParent: () => this.list('Accounts', input, this.accounts.filter(({ unit }) => unit === this.parent(input.ParentId))
        .map(({ id, state }) => ({ Id: id, Arn: this.arn('account', id), Status: state, ...(this.withStatusOnly ? {} : { State: state }) }))),
      ListOrganizationalUnitsForParent: () => this.list('OrganizationalUnits', input, this.below(this.parent(input.ParentId))
        .map((Id) => ({ Id, Arn: this.arn('ou', Id) }))),
      ListParents: () => this.list('Parents', input, [{ Id: this.parentOf(input.ChildId) }]),
    };
    return operations[operation]();
  }

  private below(unit: string): string[] {
    return [...this.units].filter(([, parent]) => parent === unit).map(([id]) => id);
  }

  private parent(id: string): string {
    if (!this.units.has(id)) throw new Refusal('ParentNotFoundException', `no unit ${id}`);
    return id;
  }

  private parentOf(child: string): string {
    const parent = this.units.get(child) ?? this.accounts.find(({ id }) => id === child)?.unit;
    if (parent === undefined) throw new Refusal('ChildNotFoundException', `no ${child}`);
    return parent;
  }

  private arn(kind: string, id: string): string {
    return `arn:aws:organizations::999999999999:${kind}/${this.organizationId}/${id}`;
  }

  /** The first page is empty. */
  private list(key: string, { NextToken, ...filters }: Record<string, string>, all: unknown[]): unknown {
    const { items, next } = page({ name: key, filters }, all, NextToken === undefined ? 0 : this.pageSize, NextToken);
    return { [key]: items, NextToken: next };
  }
}
