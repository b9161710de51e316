import { S3 } from '../../src/handlers/aws/s3';

const s3 = new S3('eu-west-1', () => Promise.resolve({ accessKeyId: 'key', secretAccessKey: 'secret' }));

test.each(['../other', 'p-1/../other', 'p-1/./model', '..'])('an object under %s is not asked for, since an address would name another', async (key) => {
  await expect(s3.look({ bucket: 'models', key })).rejects.toThrow(`the key ${key} has a folder . or .., by which no object can be asked for`);
  await expect(s3.read({ bucket: 'models', key })).rejects.toThrow(`the key ${key} has a folder . or ..`);
});
