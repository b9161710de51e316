import { AwsFault } from './faults';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

export type CredentialsProvider = () => Promise<Credentials>;

/** Renewed this long before they expire. */
const RESERVE = 5 * 60_000;

/** The address at which containers, builds included, are given their role's credentials. */
const CONTAINER_HOST = 'http://169.254.170.2';

/** Asks once, and again shortly before the credentials expire. Callers at the same time share one question. */
export function remembered(provider: CredentialsProvider): CredentialsProvider {
  let known: Promise<Credentials> | undefined;
  let until = 0;
  return async () => {
    if (known !== undefined && Date.now() < until) return known;
    until = Infinity;
    known = provider();
    try {
      until = ((await known).expiration?.getTime() ?? Infinity) - RESERVE;
    } catch (error) {
      known = undefined;
      throw error;
    }
    return known;
  };
}

/**
 * The credentials of whom we run as: those in the environment, or a build's own.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 */
export function ownCredentials(): CredentialsProvider {
  return remembered(async () => fromEnvironment() ?? await fromContainer());
}

function fromEnvironment(): Credentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : undefined;
}

async function fromContainer(): Promise<Credentials> {
  const {
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative, AWS_CONTAINER_CREDENTIALS_FULL_URI: full, AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
  } = process.env;
  const url = relative ? `${CONTAINER_HOST}${relative}` : full;
  if (!url) throw new Error('there are no AWS credentials in the environment, and no place that gives a build its own');
  const response = await fetch(url, { headers: token ? { authorization: token } : {}, signal: AbortSignal.timeout(5_000) })
    .catch((error: unknown) => { throw AwsFault.unanswered(url, error); });
  if (!response.ok) throw new Error(`${url} gave no credentials: HTTP ${response.status}`);
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = await response.json() as Record<string, string>;
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token, expiration: new Date(Expiration) };
}
