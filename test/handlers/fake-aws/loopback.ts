import { createServer, IncomingMessage, Server, ServerResponse } from 'http';
import { AddressInfo } from 'net';
import { Answer } from './answer';

/** An HTTP server on this machine, behind which a fake service is. */
export class Loopback {
  /** One that answers each request as the service says. */
  static answering(answer: (request: IncomingMessage, body: string) => Answer | Promise<Answer>): Loopback {
    return new Loopback((request, body, response) => {
      void Promise.resolve(answer(request, body.toString())).then(({ status, contentType, headers, body: text }) => {
        if (status === 0) request.socket.destroy();
        else response.writeHead(status, { 'content-type': contentType, ...headers }).end(text);
      });
    });
  }

  private readonly server: Server;

  constructor(receive: (request: IncomingMessage, body: Buffer, response: ServerResponse) => void) {
    this.server = createServer((request, response) => void bytesOf(request).then((body) => receive(request, body, response)));
  }

  start(): Promise<void> {
    return new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** An IP address, with which clients of S3 put the bucket into the path. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Clients of the AWS SDK that are made from now on come here. */
  attract(region = 'eu-west-1', accessKey = 'key'): void {
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: this.url, AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: 'secret', POLL_MILLISECONDS: '1',
    });
  }
}

/** All of a request or an answer. */
export async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
