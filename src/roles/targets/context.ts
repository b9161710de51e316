import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { DeploymentStage } from '../../stages';
import { RoleContext } from '../card';

/** What the permissions of the roles of a target are about. */
export interface TargetContext extends RoleContext {
  readonly stage: DeploymentStage;
  readonly volumeKey: IKey;
  readonly captureKey: IKey;
  readonly captureBucket: IBucket;
  /** Copies of released models, where the stage has its own. */
  readonly promotedModels?: { readonly bucket: IBucket; readonly repository: IRepository; readonly encryptionKey: IKey };
  /** Whether SageMaker fetches models from its own network. */
  readonly enableSageMakerModelAccess?: boolean;
}
