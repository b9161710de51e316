import { Client } from './client';
import { Credentials } from './credentials';

/** A role to be assumed, with the least that the session needs: a session can do what the role *and* `mayDo` allow. */
export interface Assumption {
  readonly roleArn: string;
  readonly seconds: number;
  /** Without it, the session can do what the role can. */
  readonly mayDo?: Statement;
  /** How the session is called in the trails of the other account. @default 'deployment-accounts' */
  readonly session?: string;
}

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: string;
}

const SESSION = 'deployment-accounts';

export async function assume(sts: Client, { roleArn, seconds, mayDo, session = SESSION }: Assumption): Promise<Credentials> {
  const { Credentials: given } = await sts.query('2011-06-15', 'AssumeRole', {
    RoleArn: roleArn,
    RoleSessionName: session,
    DurationSeconds: String(seconds),
    Policy: mayDo && JSON.stringify({ Version: '2012-10-17', Statement: [mayDo] }),
  });
  return {
    accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey, sessionToken: given.SessionToken, expiration: new Date(given.Expiration),
  };
}
