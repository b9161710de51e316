import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';

export type Handler = (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;

/** What CloudFormation is told about one event. */
export interface Told {
  readonly Status: string;
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Record<string, string>;
}

/** Where the answers arrive. */
interface AnswerBox {
  readonly url: string;
  readonly answers: Record<string, unknown>[];
}

interface Sender {
  readonly StackId?: string;
  readonly LogicalResourceId?: string;
}

/** Sends events as CloudFormation does, and reads the answers. */
export class FakeStack {
  /** @param sender what events say of where they come from, such as another stack */
  constructor(private readonly aws: AnswerBox, private readonly handler: Handler, private readonly sender: Sender = {}) {}

  create(type: string, properties: Record<string, unknown>, remaining?: () => number): Promise<Told> {
    return this.send({ RequestType: 'Create', ResourceType: `Custom::${type}`, ResourceProperties: properties }, remaining);
  }

  update(type: string, id: string, properties: Record<string, unknown>, old: Record<string, unknown>): Promise<Told> {
    return this.send({
      RequestType: 'Update', ResourceType: `Custom::${type}`, PhysicalResourceId: id, ResourceProperties: properties, OldResourceProperties: old,
    });
  }

  remove(type: string, id: string, properties: Record<string, unknown>, remaining?: () => number): Promise<Told> {
    return this.send({ RequestType: 'Delete', ResourceType: `Custom::${type}`, PhysicalResourceId: id, ResourceProperties: properties }, remaining);
  }

  private async send(event: Record<string, unknown>, remaining: () => number = () => 890_000): Promise<Told> {
    const context = { getRemainingTimeInMillis: remaining, logStreamName: 'log-stream' } as Context;
    await this.handler({
      ServiceToken: 'token',
      ResponseURL: `${this.aws.url}/answer-box`,
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'Resource',
      ...this.sender,
      ...event,
    } as unknown as CloudFormationCustomResourceEvent, context);
    return this.aws.answers[this.aws.answers.length - 1] as unknown as Told;
  }
}
