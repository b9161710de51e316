/** What a fake service says. */
export class Answer {
  static json(body: unknown, status = 200): Answer {
    return new Answer(status, 'application/x-amz-json-1.1', JSON.stringify(body));
  }

  static xml(root: string, body: string, status = 200): Answer {
    return new Answer(status, 'text/xml', `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${body}</${root}>`);
  }

  /** An answer in the query protocol, of STS, CloudFormation and others. */
  static query(action: string, result: string): Answer {
    const metadata = '<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>';
    return new Answer(200, 'text/xml', `<${action}Response><${action}Result>${result}</${action}Result>${metadata}</${action}Response>`);
  }

  /** The connection breaks off. */
  static none(): Answer {
    return new Answer(0, '', '');
  }

  static nothing(status = 204): Answer {
    return new Answer(status, 'application/json', '');
  }

  constructor(readonly status: number, readonly contentType: string, readonly body: string | Buffer, readonly headers: Record<string, string> = {}) {}
}

/** A refusal, in the shape of the service that refuses. */
export class Refusal extends Error {
  constructor(readonly code: string, message = code, readonly status = 400) {
    super(message);
  }

  asJson(): Answer {
    const body = JSON.stringify({ __type: this.code, message: this.message, Message: this.message });
    return new Answer(this.status, 'application/x-amz-json-1.1', body, { 'x-amzn-ErrorType': this.code });
  }

  asXml(): Answer {
    const error = `<Errors><Error><Code>${this.code}</Code><Message>${this.message}</Message></Error></Errors><RequestID>r</RequestID>`;
    return new Answer(this.status, 'text/xml', `<Response>${error}</Response>`);
  }

  asS3(): Answer {
    return new Answer(this.status, 'application/xml', `<Error><Code>${this.code}</Code><Message>${this.message}</Message></Error>`);
  }

  /** As STS, CloudFormation and others say it. */
  asQuery(): Answer {
    const error = `<Error><Type>Sender</Type><Code>${this.code}</Code><Message>${this.message}</Message></Error><RequestId>r</RequestId>`;
    return new Answer(this.status, 'text/xml', `<ErrorResponse>${error}</ErrorResponse>`);
  }
}

/** A list, whose pages only its own tokens open: of another list or of other filters they are refused, as AWS does. */
interface List {
  readonly name: string;
  readonly filters?: unknown;
}

/** One page of a list. */
export function page<T>({ name, filters }: List, all: T[], size: number, token?: string | null): { items: T[]; next?: string } {
  const begin = Buffer.from(JSON.stringify([name, filters])).toString('base64url');
  const [list, position] = token?.split('.') ?? [begin, '0'];
  if (list !== begin) throw new Refusal('ValidationException', 'Invalid pagination token');
  const from = Number(position);
  return { items: all.slice(from, from + size), next: from + size < all.length ? `${begin}.${from + size}` : undefined };
}
