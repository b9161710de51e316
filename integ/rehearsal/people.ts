import { readFileSync } from 'fs';
import { Agent } from 'https';
import {
  CreateAppCommand, CreateSpaceCommand, ListDomainsCommand, ListUserProfilesCommand, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import { LocalAws, REGION } from './local-aws';

/** What people do in a deployed domain while nobody thinks of CloudFormation. */
export class People {
  private readonly sagemaker: SageMakerClient;

  constructor(aws: LocalAws, account: string) {
    this.sagemaker = new SageMakerClient({
      region: REGION,
      endpoint: aws.endpoint,
      credentials: { accessKeyId: account, secretAccessKey: 'test' },
      requestHandler: { httpsAgent: new Agent({ ca: readFileSync(aws.certificate) }) },
    });
  }

  /** Everyone with a profile makes two spaces and runs JupyterLab in them: more than a page of each list. */
  public async work(): Promise<void> {
    for (const { DomainId } of (await this.sagemaker.send(new ListDomainsCommand({}))).Domains ?? []) {
      for (const { UserProfileName } of (await this.sagemaker.send(new ListUserProfilesCommand({ DomainIdEquals: DomainId }))).UserProfiles ?? []) {
        for (const subject of ['forecast', 'churn']) {
          const SpaceName = `${UserProfileName}-${subject}`;
          await this.sagemaker.send(new CreateSpaceCommand({
            DomainId, SpaceName,
            OwnershipSettings: { OwnerUserProfileName: UserProfileName },
            SpaceSharingSettings: { SharingType: 'Private' },
            SpaceSettings: { AppType: 'JupyterLab' },
          }));
          await this.sagemaker.send(new CreateAppCommand({ DomainId, SpaceName, AppType: 'JupyterLab', AppName: 'default' }));
        }
      }
    }
  }
}
