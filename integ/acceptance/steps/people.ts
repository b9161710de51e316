import { PERSON } from '../app';
import { must } from '../claim';
import { Step } from '../step';

const DENIED = /AccessDenied|is not authorized/;

/** What people may, by the names that their sessions carry. */
export const PEOPLE: Step[] = [
  {
    id: 'own-name',
    claim: 'An IAM user becomes a data scientist under the own name, and under nobody else\'s',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html',
    remedy: 'The trust policy compares aws:RequestTag/StudioUser with ${aws:username}; the refusal names the action that is missing',
    after: ['deploy'],
    play: async (scene) => {
      await scene.persona('data-scientist');
      await scene.refused(DENIED, scene.persona('data-scientist', 'acceptance-bob'));
      return `${PERSON} may, and may not as another`;
    },
  },
  {
    id: 'own-studio',
    claim: 'A data scientist opens the own Studio, and nobody else\'s',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html',
    remedy: 'The persona\'s policy compares the ARN of the profile with the session tag',
    after: ['own-name'],
    onlyOnAws: 'the local AWS does not put session tags into policies',
    play: async (scene) => {
      const who = await scene.persona('data-scientist');
      const DomainId = await scene.parameter('studio/domain-id');
      const open = (UserProfileName: string) => scene.callAs<{ AuthorizedUrl: string }>(who, 'sagemaker', 'create_presigned_domain_url', { DomainId, UserProfileName });
      const { AuthorizedUrl } = await open(PERSON);
      must(AuthorizedUrl.startsWith('https://'), 'There is no address.');
      await scene.refused(DENIED, open('acceptance-bob'));
      return 'an address for the own profile, a refusal for the other';
    },
  },
  {
    id: 'data-from-outside',
    claim: 'Whoever has every permission in the account reads and writes no data from outside of the environment\'s network',
    page: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html',
    remedy: 'If this is allowed, the bucket policy of the data bucket is not as it was deployed: do not put data into it',
    after: ['deploy'],
    onlyOnAws: 'the local AWS knows no networks, from which buckets are closed',
    play: async (scene) => {
      const Bucket = await scene.parameter('storage/data-bucket');
      await scene.refused(DENIED, scene.call('s3', 'put_object', { Bucket, Key: 'acceptance/outside', Body: 'x' }));
      await scene.refused(DENIED, scene.call('s3', 'list_objects_v2', { Bucket }));
      return 'PutObject and ListObjects are refused';
    },
  },
];
