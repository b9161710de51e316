import { setTimeout as sleep } from 'timers/promises';
import { Answer, Refusal } from './answer';

interface Assumed { roleArn: string; externalId?: string; policy: string; seconds: number; session: string }

/** Roles that let callers in, or do not. */
export class FakeSts {
  /** Each role that exists, with the external id that it demands. */
  readonly roles = new Map<string, string | undefined>();
  readonly assumed: Assumed[] = [];
  /** Milliseconds until the credentials expire. */
  lifetime = 3_600_000;
  /** Answers given at the same time, at most. */
  busiest = 0;
  private busy = 0;

  async call(input: URLSearchParams): Promise<Answer> {
    this.busiest = Math.max(this.busiest, ++this.busy);
    await sleep(3);
    this.busy--;
    const roleArn = input.get('RoleArn') ?? '';
    if (!this.roles.has(roleArn) || (this.roles.get(roleArn) ?? null) !== input.get('ExternalId')) {
      throw new Refusal('AccessDenied', `User: arn:aws:sts::111111111111:assumed-role/build/b is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`, 403);
    }
    this.assumed.push({
      roleArn,
      externalId: input.get('ExternalId') ?? undefined,
      policy: input.get('Policy') ?? '',
      seconds: Number(input.get('DurationSeconds')),
      session: input.get('RoleSessionName') ?? '',
    });
    // The account can be read from the key, so that Systems Manager knows whose parameters are asked for.
    const account = roleArn.split(':')[4];
    return Answer.query('AssumeRole', '<Credentials>'
      + `<AccessKeyId>session-${account}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>to&amp;ken</SessionToken>`
      + `<Expiration>${new Date(Date.now() + this.lifetime).toISOString()}</Expiration></Credentials>`);
  }
}
