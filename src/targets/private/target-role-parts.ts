import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { EnvironmentRegistry } from '../../registry';
import { DeploymentStage } from '../../stages';
import { PromotedModels } from '../promoted-models';

/** What the roles of a deployment target are about. */
export interface TargetRoleParts {
  readonly registry: EnvironmentRegistry;
  readonly stage: DeploymentStage;
  readonly subnets: ISubnet[];
  readonly securityGroups: ISecurityGroup[];
  readonly volumeKey: IKey;
  readonly captureKey: IKey;
  readonly captureBucket: IBucket;
  /** Where the stage has copies of its own. */
  readonly promotedModels?: PromotedModels;
  /** Accounts whose images stay where they are. */
  readonly imageAccounts?: string[];
  readonly permissionsBoundary?: IManagedPolicy;
}
