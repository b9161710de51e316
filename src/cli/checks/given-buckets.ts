import { Check, each } from '../check';
import { problem } from '../finding';

/** Buckets that were given are there. */
export const GIVEN_BUCKETS: Check = {
  name: 'given-buckets',
  title: 'A given bucket is there, and the credentials may see it.',
  actions: ['s3:ListBucket'],
  look: (stack, account) => {
    const made = new Set(stack.of('AWS::S3::Bucket').map(({ properties }) => properties.BucketName));
    const policies = stack.of('AWS::S3::BucketPolicy').map(({ properties }) => properties.Bucket);
    const logs = stack.texts(/^DestinationBucketName$/).keys();
    const parameters = stack.of('AWS::SSM::Parameter').filter(({ properties: { Name: name } }) => typeof name === 'string' && /\/storage\/[a-z-]*bucket(-name)?$/.test(name)).map(({ properties }) => properties.Value);
    const given = [...policies, ...logs, ...parameters].filter((name): name is string => typeof name === 'string' && !made.has(name));
    return each(new Set(given), async (name) => {
      const whose = await account.bucket(name);
      if (whose === 'none') return [problem(`There is no bucket ${name}.`, 'Name one that there is.')];
      return whose === 'own' ? [] : [problem(`The bucket ${name} cannot be seen with these credentials: it is in another account or region, or its policy denies it.`, 'Name a bucket of the account and region, or allow s3:ListBucket to whoever runs this.')];
    });
  },
};
