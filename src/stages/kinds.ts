import type { IDataScienceEnvironment } from './data-science-environment';
import type { DeploymentStage } from './deployment-stage';
import { like } from '../private/required-input';

export const ENVIRONMENT = like<IDataScienceEnvironment>('deploysTo', 'an environment: a DataScienceEnvironment, or DataScienceEnvironment.fromEnvironmentAttributes(…)');
export const STAGE = like<DeploymentStage>('stageName', 'a DeploymentStage, such as DeploymentStage.accounts(…)');
