import { createServer } from 'http';
import { AddressInfo } from 'net';
import { S3 } from '../../src/handlers/aws/s3';

const s3 = new S3('eu-west-1', () => Promise.resolve({ accessKeyId: 'key', secretAccessKey: 'secret' }));

test.each(['../other', 'p-1/../other', 'p-1/./model', '..'])('an object under %s is not asked for, since an address would name another', async (key) => {
  await expect(s3.look({ bucket: 'models', key })).rejects.toThrow(`s3://models/${key} has a folder . or .. in its key, by which no object can be asked for`);
  await expect(s3.read({ bucket: 'models', key })).rejects.toThrow(`s3://models/${key} has a folder . or ..`);
});

describe('an answer without a body', () => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end());
  const before = process.env.AWS_ENDPOINT_URL;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    if (before === undefined) delete process.env.AWS_ENDPOINT_URL;
    else process.env.AWS_ENDPOINT_URL = before;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each([
    [400, 'BadRequest', 's3:GetObject on s3://models/a: no reason was given; credentials that have expired are answered so'],
    [403, 'AccessDenied', 's3:GetObject on s3://models/a: no reason was given'],
    [301, 'PermanentRedirect', 's3:GetObject on s3://models/a: the bucket is in another region'],
  ])('%d is said with what was asked, of what, and the likely cause', async (code, name, message) => {
    status = code;
    await expect(s3.look({ bucket: 'models', key: 'a' })).rejects.toMatchObject({ name, message });
  });
});
