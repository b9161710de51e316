import { setTimeout as sleep } from 'timers/promises';
import { AwsApi, Credentials } from './aws-api';
import { REGION } from '../local-aws';

/** How an operation of a stack set ended. */
export interface Ended {
  readonly Status: string;
  readonly StatusReason?: string;
}

/** One self-managed stack set, as a pipeline handles it: every call with its own role, every operation to its end. */
export class StackSetUser {
  constructor(private readonly api: AwsApi, private readonly who: string | Credentials, public readonly stackSetName: string) {}

  public async create(template: object, parameters: { AdministrationRoleARN: string; ExecutionRoleName: string }): Promise<void> {
    await this.call('create_stack_set', { TemplateBody: JSON.stringify(template), ...parameters });
  }

  public place(Accounts: string[], more: object = {}): Promise<Ended> {
    return this.operate('create_stack_instances', { Accounts, Regions: [REGION], ...more });
  }

  public update(template: object, more: object = {}): Promise<Ended> {
    return this.operate('update_stack_set', { TemplateBody: JSON.stringify(template), ...more });
  }

  /** Instances with their stacks, and the set. */
  public async delete(Accounts: string[]): Promise<void> {
    const ended = await this.operate('delete_stack_instances', { Accounts, Regions: [REGION], RetainStacks: false });
    if (ended.Status !== 'SUCCEEDED') throw new Error(`deleting ${this.stackSetName}: ${ended.StatusReason}`);
    await this.call('delete_stack_set');
  }

  private async operate(operation: string, parameters: object): Promise<Ended> {
    return this.ended((await this.call<{ OperationId: string }>(operation, parameters)).OperationId);
  }

  /** How an operation ends that somebody has begun. */
  public async ended(OperationId: string): Promise<Ended> {
    for (;;) {
      const { StackSetOperation } = await this.call<{ StackSetOperation: Ended }>('describe_stack_set_operation', { OperationId });
      if (!['RUNNING', 'QUEUED', 'STOPPING'].includes(StackSetOperation.Status)) return StackSetOperation;
      await sleep(100);
    }
  }

  private call<T>(operation: string, parameters: object = {}): Promise<T> {
    return this.api.call<T>(this.who, 'cloudformation', operation, { StackSetName: this.stackSetName, ...parameters });
  }
}
