import { FakeStack } from './fake-stack';
import { FakeSageMaker } from '../../handlers/fake-aws/fake-sagemaker';

export interface FakeStackSet {
  readonly name: string;
  readonly description: string;
  readonly template: object;
  readonly callAs: string;
  /** Target accounts with the stack that stands there. */
  readonly instances: Map<string, FakeStack>;
}

export interface FakeProject {
  readonly ProjectName: string;
  ProjectStatus: string;
  readonly provisioned?: string;
  readonly templateUrl?: string;
  readonly stack: FakeStack;
}

export interface FakeProduct {
  readonly Id: string;
  readonly Name: string;
  readonly ProductId: string;
  readonly stack: FakeStack;
}

/** What stands in one account. */
export class FakeAccount {
  readonly stacks: FakeStack[] = [];
  readonly stackSets: FakeStackSet[] = [];
  /** Names of stack sets that are deleted. */
  readonly deletedStackSets: string[] = [];
  readonly operations = new Map<string, string>();
  projects: FakeProject[] = [];
  products: FakeProduct[] = [];
  /** Domains by their ids. */
  readonly studios = new Map<string, FakeSageMaker>();
  /** Names of what is kept, by type. */
  readonly kept = new Map<string, Set<string>>();
  /** Buckets whose object is gone. */
  readonly emptied = new Set<string>();
  /** Ids of keys by alias. */
  readonly aliases = new Map<string, string>();
  /** Stacks that made what wears a tag, by ARN. */
  readonly tagged = new Map<string, { readonly environment: string; readonly stack?: string }>();

  constructor(readonly id: string) {}

  add(stack: FakeStack): FakeStack {
    this.stacks.push(stack);
    for (const { type, name } of stack.resources) this.keep(type, name);
    return stack;
  }

  keep(type: string, name: string): void {
    this.kept.set(type, (this.kept.get(type) ?? new Set()).add(name));
  }

  /** A domain with its people. */
  studio(domainId: string): FakeSageMaker {
    const studio = this.studios.get(domainId) ?? new FakeSageMaker();
    studio.domains.set(domainId, 'InService');
    this.studios.set(domainId, studio);
    return studio;
  }

  names(type: string): string[] {
    return [...this.kept.get(type) ?? []];
  }

  /** Like CloudFormation: what is in the way fails it, what is retained stays. */
  deleteStack(stack: FakeStack): void {
    const standing = this.stacks.filter((one) => one !== stack && !one.isGone);
    const isWorked = stack.resources.flatMap(({ name }) => this.studios.get(name) ?? [])
      .some(({ apps, spaces, profiles }) => [...apps.filter(({ status }) => status !== 'Deleted'), ...spaces, ...profiles].length > 0);
    const made = new Set(stack.resources.filter(({ type }) => type === 'AWS::SSM::Parameter').map(({ name }) => name));
    const reader = standing.find(({ options }) => options.reads?.some((name) => made.has(name)));
    const user = this.products.find(({ ProductId }) => stack.resources.some(({ name }) => name === ProductId));
    stack.reason = isWorked ? 'there is work of people in the domain' : reader ? `${reader.name} stands in its network` : user ? `${user.Name} was launched from its product` : '';
    if (stack.reason !== '') {
      stack.status = 'DELETE_FAILED';
      return;
    }
    for (const { type, name, keeps } of stack.resources) {
      stack.statuses.set(name, keeps ? 'DELETE_SKIPPED' : 'DELETE_COMPLETE');
      if (!keeps) this.kept.get(type)?.delete(name);
    }
    stack.status = 'DELETE_COMPLETE';
  }
}
