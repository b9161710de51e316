/** A resource as a template has it, and as it was made. */
export interface FakeResource {
  readonly type: string;
  readonly name: string;
  readonly keeps?: boolean;
  /** Value of its tag `environment` in the template; without one, the stack's. */
  readonly environment?: string | object | null;
}

/** A stack, as CloudFormation remembers it even when it is gone. */
export class FakeStack {
  readonly id: string;
  status = 'CREATE_COMPLETE';
  isProtected = false;
  reason = '';
  /** Its template, where it is not in JSON. */
  yaml?: string;
  readonly statuses = new Map<string, string>();

  constructor(
    account: string, readonly name: string, readonly resources: FakeResource[],
    readonly options: {
      readonly reads?: string[];
      readonly exports?: string[];
      readonly imports?: string[];
      readonly needs?: string;
      readonly environment?: string;
      readonly role?: string;
    } = {},
  ) {
    this.id = `arn:aws:cloudformation:eu-west-1:${account}:stack/${name}/${'00000000-0000-0000-0000-000000000001'}`;
    for (const one of resources) this.statuses.set(one.name, 'CREATE_COMPLETE');
  }

  get isGone(): boolean {
    return this.status === 'DELETE_COMPLETE';
  }

  get template(): object {
    return {
      Resources: Object.fromEntries(this.resources.map(({ type, keeps, environment: Value = this.options.environment }, index) => [`R${index}`, {
        Type: type, Properties: Value ? { Tags: [{ Key: 'environment', Value }] } : {}, ...keeps && { DeletionPolicy: 'RetainExceptOnCreate' },
      }])),
    };
  }

  describe(): string {
    const parameters = (this.options.reads ?? []).map((value, index) => `<member><ParameterKey>P${index}</ParameterKey><ParameterValue>${value}</ParameterValue></member>`).join('');
    const outputs = (this.options.exports ?? []).map((name) => `<member><OutputKey>O</OutputKey><OutputValue>v</OutputValue><ExportName>${name}</ExportName></member>`).join('');
    return `<member><StackId>${this.id}</StackId><StackName>${this.name}</StackName><RoleARN>${this.options.role ?? ''}</RoleARN><StackStatus>${this.status}</StackStatus><StackStatusReason>${this.reason}</StackStatusReason>
      <EnableTerminationProtection>${this.isProtected}</EnableTerminationProtection><Parameters>${parameters}</Parameters><Outputs>${outputs}</Outputs></member>`;
  }

  describeResource(one: FakeResource): string {
    return `<member><StackId>${this.id}</StackId><StackName>${this.name}</StackName><LogicalResourceId>R${this.resources.indexOf(one)}</LogicalResourceId>
      <PhysicalResourceId>${one.name}</PhysicalResourceId><ResourceType>${one.type}</ResourceType><ResourceStatus>${this.statuses.get(one.name)}</ResourceStatus></member>`;
  }
}
