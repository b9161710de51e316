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

/** STS says AccessDenied, the others AccessDeniedException. */
export function isDenied(error: unknown): boolean {
  return isFault(error, 'AccessDenied') || isFault(error, 'AccessDeniedException');
}

export function isFault(error: unknown, name: string): boolean {
  return error instanceof AwsFault && error.name === name;
}

/** One line about an error, for people. */
export function described(error: unknown): string {
  if (error instanceof AwsFault) return `${error.name}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
