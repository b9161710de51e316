import { readFileSync } from 'fs';
import { Agent } from 'https';
import { setTimeout as sleep } from 'timers/promises';
import { ListBucketsCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateAppCommand, CreateSpaceCommand, DeleteAppCommand, DeleteSpaceCommand, ListDomainsCommand, ListSpacesCommand,
  ListUserProfilesCommand, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { LocalAws, REGION } from './local-aws';

/** What people do in a deployed domain while nobody thinks of CloudFormation. */
export class People {
  private readonly sagemaker: SageMakerClient;
  private readonly s3: S3Client;

  constructor(aws: LocalAws, account: string) {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
    const configuration = {
      region: REGION,
      endpoint: aws.endpoint,
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
      requestHandler: { httpsAgent: new Agent({ ca: readFileSync(aws.certificate) }) },
    };
    this.sagemaker = new SageMakerClient(configuration);
    this.s3 = new S3Client({ ...configuration, forcePathStyle: true });
  }

  /** Everyone with a profile makes two spaces and runs JupyterLab in them: more than a page of each list. */
  public async work(): Promise<void> {
    for (const { DomainId } of (await this.sagemaker.send(new ListDomainsCommand({}))).Domains ?? []) {
      for (const { UserProfileName } of (await this.sagemaker.send(new ListUserProfilesCommand({ DomainIdEquals: DomainId }))).UserProfiles ?? []) {
        for (const subject of ['forecast', 'churn']) {
          const SpaceName = `${UserProfileName}-${subject}`;
          await this.sagemaker.send(new CreateSpaceCommand({
            DomainId,
            SpaceName,
            OwnershipSettings: { OwnerUserProfileName: UserProfileName },
            SpaceSharingSettings: { SharingType: 'Private' },
            SpaceSettings: { AppType: 'JupyterLab' },
          }));
          await this.sagemaker.send(new CreateAppCommand({ DomainId, SpaceName, AppType: 'JupyterLab', AppName: 'default' }));
        }
      }
    }
  }

  /** Objects in every bucket, one of them in two versions. */
  public async store(): Promise<void> {
    for (const Bucket of await this.buckets()) {
      for (const Key of ['sales/2026.csv', 'sales/2025.csv', 'sales/2025.csv']) await this.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'a,b\n1,2\n' }));
    }
  }

  /** Every version of every object that somebody stored. */
  public async stored(): Promise<string[]> {
    const found: string[] = [];
    for (const Bucket of await this.buckets()) {
      const { Versions = [] } = await this.s3.send(new ListObjectVersionsCommand({ Bucket }));
      found.push(...Versions.map(({ Key, VersionId }) => `${Bucket}/${Key}@${VersionId}`));
    }
    return found;
  }

  private async buckets(): Promise<string[]> {
    const { Buckets = [] } = await this.s3.send(new ListBucketsCommand({}));
    return Buckets.map(({ Name }) => Name!).filter((name) => !name.startsWith('cdk-'));
  }

  /** Everyone stops their apps, deletes their spaces and waits until they are gone. */
  public async goHome(): Promise<void> {
    for (;;) {
      const { Spaces = [] } = await this.sagemaker.send(new ListSpacesCommand({}));
      if (Spaces.length === 0) return;
      for (const { DomainId, SpaceName } of Spaces) {
        await unlessTooEarly(() => this.sagemaker.send(new DeleteAppCommand({ DomainId, SpaceName, AppType: 'JupyterLab', AppName: 'default' })));
        await unlessTooEarly(() => this.sagemaker.send(new DeleteSpaceCommand({ DomainId, SpaceName })));
      }
      await sleep(500);
    }
  }
}

/** Neither what is gone already, nor what waits for something else to go. */
async function unlessTooEarly(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!['ResourceInUse', 'ResourceNotFound'].includes((error as Error).name)) throw error;
  }
}
