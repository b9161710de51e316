import { AppState, PERSON } from '../app';
import { must } from '../claim';
import { Step } from '../step';

interface Started { readonly Status: string; readonly FailureReason?: string }
interface Domain { readonly Status: string; readonly AppNetworkAccessType: string; readonly HomeEfsFileSystemId?: string }

/** What CloudFormation, SageMaker and S3 make of the templates. */
export const DEPLOYMENT: Step[] = [
  {
    id: 'deploy',
    claim: 'An account that is bootstrapped for the CDK takes the whole environment: key policies pass the lock-out check, every endpoint exists in the region and takes its policy',
    page: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html',
    remedy: 'The first CREATE_FAILED event of the stack names the resource. An endpoint that the region lacks is left out by the option of the network that excludes services',
    after: [],
    play: (scene) => scene.deploy(AppState.FIRST),
  },
  {
    id: 'domain',
    claim: 'The Studio domain is in service without a way to the internet and without a home file system',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateDomain.html',
    remedy: 'Where a region does not know HomeEfsFileSystemCreation yet, use HomeFileSystem.retain() or destroy()',
    after: ['deploy'],
    play: async (scene) => {
      const domain = await scene.call<Domain>('sagemaker', 'describe_domain', { DomainId: await scene.parameter('studio/domain-id') });
      must(domain.Status === 'InService', `The domain is ${domain.Status}.`);
      must(domain.AppNetworkAccessType === 'VpcOnly', `The domain's network is ${domain.AppNetworkAccessType}.`);
      must(!domain.HomeEfsFileSystemId, `SageMaker has made the file system ${domain.HomeEfsFileSystemId}.`);
      return `${domain.Status}, ${domain.AppNetworkAccessType}, no file system`;
    },
  },
  {
    id: 'shared-space',
    claim: 'An application in a shared space starts with the execution role of shared spaces',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/domain-space.html',
    remedy: 'FailureReason of the application names what SageMaker could not do as that role: its trust, the key of Studio\'s storage, or the network interfaces',
    after: ['domain'],
    onlyOnAws: 'the local AWS starts no applications',
    play: async (scene) => {
      const DomainId = await scene.parameter('studio/domain-id'), SpaceName = 'acceptance-team';
      const app = { DomainId, SpaceName, AppType: 'JupyterLab', AppName: 'default' };
      await scene.call('sagemaker', 'create_space', {
        DomainId,
        SpaceName,
        OwnershipSettings: { OwnerUserProfileName: 'acceptance-bob' },
        SpaceSharingSettings: { SharingType: 'Shared' },
        SpaceSettings: { AppType: 'JupyterLab' },
      });
      await scene.until('the new space', 10, async () => ((await scene.call<Started>('sagemaker', 'describe_space', { DomainId, SpaceName })).Status === 'InService' ? true : undefined));
      await scene.call('sagemaker', 'create_app', { ...app, ResourceSpec: { InstanceType: 'ml.t3.medium' } });
      const { Status, FailureReason } = await scene.until('the start of the application', 15, async () => {
        const now = await scene.call<Started>('sagemaker', 'describe_app', app);
        return now.Status === 'Pending' ? undefined : now;
      });
      must(Status === 'InService', `${Status}: ${FailureReason ?? 'no reason given'}`);
      await scene.call('sagemaker', 'delete_app', app);
      return Status;
    },
  },
  {
    id: 'change',
    claim: 'Tags of everything and a lifecycle rule of the data bucket are changed in place, though the bucket is closed from outside',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html',
    remedy: 'The event names the action that the bucket policy denies to CloudFormation: it belongs to the actions that deploying roles may take from anywhere',
    after: ['deploy'],
    play: (scene) => scene.deploy(AppState.CHANGED),
  },
  {
    id: 'member-leaves',
    claim: 'Somebody who leaves an environment that may be destroyed goes with profile and spaces, and CloudFormation waits for it',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteUserProfile.html',
    remedy: 'CloudFormation drops from the stack what it cannot delete: delete the space and the profile by hand, and tell us',
    after: ['change'],
    play: async (scene) => {
      const DomainId = await scene.parameter('studio/domain-id'), SpaceName = `${PERSON}-work`;
      await scene.call('sagemaker', 'create_space', {
        DomainId,
        SpaceName,
        OwnershipSettings: { OwnerUserProfileName: PERSON },
        SpaceSharingSettings: { SharingType: 'Private' },
        SpaceSettings: { AppType: 'JupyterLab' },
      });
      const took = await scene.deploy(AppState.WITHOUT_PERSON);
      await scene.refused(/ResourceNotFound/, scene.call('sagemaker', 'describe_space', { DomainId, SpaceName }));
      await scene.refused(/ResourceNotFound/, scene.call('sagemaker', 'describe_user_profile', { DomainId, UserProfileName: PERSON }));
      return `${took}, profile and space are gone`;
    },
  },
];
