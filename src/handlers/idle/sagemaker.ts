import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { patient } from '../aws/sdk';

export const sagemaker = new SageMakerClient(patient());
