import { IncomingMessage } from 'http';
import { Answer, Refusal } from './answer';
import { Loopback } from './loopback';

type Handler = (event: { time: string }) => Promise<{ tell: boolean; message: string }>;
type Input = Record<string, never>;

/** The function that looks for what is idle, in an account that answers as a test says, and a bucket of records. */
export class IdleStage {
  /** What the template says. */
  static settle(settings: object): void {
    Object.assign(globalThis, {
      IDLE_SETTINGS: { days: 7, enforced: [], allowList: [], records: 'records', partition: 'aws', region: 'eu-west-1', account: '111111111111', ...settings },
    });
  }

  /** Records, by bucket and key. */
  objects = new Map<string, string>();
  calls: { operation: string; input: Record<string, unknown> }[] = [];
  private handler?: Handler;
  private readonly server = Loopback.answering((request, body) => this.respond(request, body));

  /** @param refusal code of the refusal that meets a call, where one does */
  constructor(
    private readonly answer: (operation: string, input: Input) => unknown,
    private readonly refusal: (operation: string) => string | undefined,
  ) {}

  async start(): Promise<void> {
    await this.server.start();
    this.server.attract();
    this.handler = jest.requireActual<{ handler: Handler }>('../../../src/handlers/idle/index').handler;
    jest.spyOn(console, 'log').mockReturnValue(undefined);
  }

  stop(): Promise<void> {
    return this.server.stop();
  }

  /** Nothing is recorded. */
  reset(): void {
    [this.objects, this.calls] = [new Map(), []];
  }

  /** What people are told at a time, and what is recorded of that day. */
  async look<R>(time: string): Promise<{ tell: boolean; message: string } & R> {
    const told = await this.handler!({ time });
    return { ...told, ...JSON.parse(this.objects.get(`/records/idle/${time.slice(0, 10)}.json`)!) as R };
  }

  private respond(request: IncomingMessage, body: string): Answer {
    const target = request.headers['x-amz-target'] as string | undefined;
    if (target === undefined) return this.record(request, body);
    const operation = target.split('.')[1], input = JSON.parse(body) as Input;
    this.calls.push({ operation, input });
    const refusal = this.refusal(operation);
    return refusal === undefined ? Answer.json(this.answer(operation, input)) : new Refusal(refusal, 'not today').asJson();
  }

  private record({ url, method }: IncomingMessage, body: string): Answer {
    const key = new URL(url!, 'http://s3').pathname;
    if (method === 'PUT') this.objects.set(key, body);
    const known = this.objects.get(key);
    if (known === undefined) return new Refusal('NoSuchKey', 'none', 404).asS3();
    return new Answer(200, 'application/json', method === 'PUT' ? '' : known, { etag: `"${known.length}"` });
  }
}
