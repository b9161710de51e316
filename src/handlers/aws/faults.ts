/** What a service of AWS refuses, or why it did not answer. Shaped so that the SDK's retry strategies can judge it. */
export class AwsFault extends Error {
  /** The service answered, and refused. */
  public static refused(name: string, message: string, status: number): AwsFault {
    return new AwsFault(name, message, status);
  }

  /** No answer. Everything that we ask for can be asked for again. */
  public static unanswered(host: string, error: unknown): AwsFault {
    const { message, cause } = error as Error;
    return new AwsFault('NoAnswer', `no answer from ${host}: ${cause instanceof Error ? cause.message || String(cause) : message}`);
  }

  /** What was asked, and of what: without it nobody knows which permission is missing. */
  public static asking(action: string, resource: string, { name, message, $metadata }: AwsFault): AwsFault {
    return new AwsFault(name, `${action} on ${resource}: ${message}`, $metadata.httpStatusCode);
  }

  public readonly $fault = 'client';
  public readonly $metadata: { readonly httpStatusCode?: number };
  /** Present where asking again may help although there was no answer at all. */
  public readonly $retryable?: object;

  private constructor(name: string, message: string, httpStatusCode?: number) {
    super(message);
    this.name = name;
    this.$metadata = { httpStatusCode };
    if (httpStatusCode === undefined) this.$retryable = {};
  }
}

/** Does the call; its fault says what was asked, as IAM calls it, and of which resource. */
export async function asking<T>(action: string, resource: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof AwsFault ? AwsFault.asking(action, resource, error) : error;
  }
}

/** Does the call; undefined where it fails as is to be expected. */
export async function unless<T>(isExpected: (error: unknown) => boolean, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isExpected(error)) return undefined;
    throw error;
  }
}

/** STS says AccessDenied, the others AccessDeniedException. */
export function isDenied(error: unknown): boolean {
  return isFault(error, 'AccessDenied') || isFault(error, 'AccessDeniedException');
}

export function isFault(error: unknown, name: string): boolean {
  return error instanceof AwsFault && error.name === name;
}

/** Whether an error has one of these names, whoever threw it. */
export function isNamed(error: unknown, ...names: string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** One line about an error, for people. */
export function described(error: unknown): string {
  if (error instanceof AwsFault) return `${error.name}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
