import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { AppState, ENVIRONMENT_NAME, PERSON, synthesize } from './app';
import { Unmet } from './claim';
import { Extra } from './extras';
import { LocalServices } from './local-services';
import { ApiError, AwsApi, Credentials } from '../rehearsal/accounts/aws-api';
import { CdkCli, inOneLine, interesting } from '../rehearsal/cdk';

/** IAM is the same everywhere after a while. */
const SECONDS_UNTIL_KNOWN = 60;

/** The account in which the steps are played, and whoever plays there. */
export class Scene {
  private person?: Credentials;

  /**
   * @param me credentials of the person who runs the program; none: the environment has them
   * @param pause seconds between two looks at something that takes a while
   * @param extras what is deployed besides
   * @param services what runs builds and jobs, where AWS does not
   */
  constructor(
    public readonly account: string,
    public readonly region: string,
    private readonly api: AwsApi,
    private readonly cli: CdkCli,
    private readonly folder: string,
    private readonly me: string | undefined,
    private readonly pause: number,
    public readonly extras: Extra[] = [],
    public readonly services?: LocalServices,
  ) {}

  /** Deploys the app in a state, and says how long it took. */
  public async deploy(state: AppState): Promise<string> {
    const outcome = await this.cli.deploy(this.assembly(state));
    if (!outcome.succeeded) throw new Unmet(interesting(outcome.output));
    return `${outcome.seconds.toFixed(0)} s`;
  }

  public async destroy(): Promise<string> {
    const outcome = await this.cli.destroy(this.assembly(AppState.CHANGED));
    if (!outcome.succeeded) throw new Unmet(interesting(outcome.output));
    return `${outcome.seconds.toFixed(0)} s`;
  }

  /** Calls an API as the person who runs the program. */
  public call<T = Record<string, unknown>>(service: string, operation: string, parameters: object = {}): Promise<T> {
    return this.api.call<T>(this.me, service, operation, parameters);
  }

  /** Calls an API as somebody else. */
  public callAs<T = Record<string, unknown>>(who: Credentials, service: string, operation: string, parameters: object = {}): Promise<T> {
    return this.api.call<T>(who, service, operation, parameters);
  }

  /** A call that must be refused, with this in the error's code or message; says the message. */
  public async refused(reason: RegExp, call: Promise<unknown>): Promise<string> {
    try {
      await call;
    } catch (error) {
      if (error instanceof ApiError && reason.test(`${error.code} ${error.message}`)) return inOneLine(error.message);
      throw error;
    }
    throw new Unmet(`It was allowed, though it was to be refused with ${reason.source}.`);
  }

  /** Looks again until there is an answer, and gives up after some minutes. */
  public async until<T>(what: string, minutes: number, look: () => Promise<T | undefined>): Promise<T> {
    for (const deadline = Date.now() + minutes * 60_000; Date.now() < deadline; await sleep(this.pause * 1000)) {
      const answer = await look();
      if (answer !== undefined) return answer;
    }
    throw new Unmet(`${what} was not there after ${minutes} minutes.`);
  }

  /** A value that the environment has registered. */
  public async parameter(what: string): Promise<string> {
    const { Parameter } = await this.call<{ Parameter: { Value: string } }>('ssm', 'get_parameter', { Name: `/secure-mlops/${ENVIRONMENT_NAME}/${what}` });
    return Parameter.Value;
  }

  public roleArn(name: string): string {
    return `arn:${this.partition}:iam::${this.account}:role/${ENVIRONMENT_NAME}--${name}-${this.region}`;
  }

  /** The IAM user as a persona, under the user's own name or another. */
  public async persona(name: string, studioUser: string = PERSON): Promise<Credentials> {
    return this.assume(name, { Tags: [{ Key: 'StudioUser', Value: studioUser }] });
  }

  /** The IAM user as what a notebook runs with; the domain says whose it is. */
  public async studio(): Promise<Credentials> {
    return this.assume('studio-execution', { SourceIdentity: PERSON });
  }

  private async assume(name: string, session: object): Promise<Credentials> {
    const person = await this.hired();
    const { Credentials: given } = await this.callAs<{ Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } }>(
      person, 'sts', 'assume_role', { RoleArn: this.roleArn(name), RoleSessionName: PERSON, ...session });
    return { key: given.AccessKeyId, secret: given.SecretAccessKey, token: given.SessionToken };
  }

  /** An IAM user who may ask for roles of the environment, and nothing else. */
  private async hired(): Promise<Credentials> {
    if (this.person) return this.person;
    await this.dismiss(); // an earlier run may have been interrupted: its access key is lost
    await this.call('iam', 'create_user', { UserName: PERSON });
    const Statement = [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], Resource: this.roleArn('*') }];
    await this.call('iam', 'put_user_policy', { UserName: PERSON, PolicyName: 'roles', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) });
    const { AccessKey } = await this.call<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>('iam', 'create_access_key', { UserName: PERSON });
    const person = { key: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
    await this.until('the new IAM user', SECONDS_UNTIL_KNOWN / 60, () => this.callAs(person, 'sts', 'get_caller_identity').catch(() => undefined));
    this.person = person;
    return person;
  }

  /** The IAM user goes, with everything of theirs. */
  public async dismiss(): Promise<void> {
    this.person = undefined;
    try {
      const { AccessKeyMetadata = [] } = await this.call<{ AccessKeyMetadata?: { AccessKeyId: string }[] }>('iam', 'list_access_keys', { UserName: PERSON });
      for (const { AccessKeyId } of AccessKeyMetadata) await this.call('iam', 'delete_access_key', { UserName: PERSON, AccessKeyId });
      const { PolicyNames = [] } = await this.call<{ PolicyNames?: string[] }>('iam', 'list_user_policies', { UserName: PERSON });
      for (const PolicyName of PolicyNames) await this.call('iam', 'delete_user_policy', { UserName: PERSON, PolicyName });
      await this.call('iam', 'delete_user', { UserName: PERSON });
    } catch (error) {
      if (!(error instanceof ApiError && error.code.startsWith('NoSuchEntity'))) throw error;
    }
  }

  private get partition(): string {
    return this.region.startsWith('cn-') ? 'aws-cn' : this.region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  }

  private assembly(state: AppState): string {
    const folder = join(this.folder, `cdk.out.${state}`);
    synthesize(state, { account: this.account, region: this.region }, folder, this.extras);
    return folder;
  }
}
