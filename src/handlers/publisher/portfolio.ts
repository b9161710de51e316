import {
  EnableSagemakerServicecatalogPortfolioCommand, GetSagemakerServicecatalogPortfolioStatusCommand, SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { endingWithEvent, patient } from '../aws/sdk';
import { Outcome } from '../cloudformation/respond';

const sagemaker = endingWithEvent(new SageMakerClient(patient()));

/** There is one switch in an account and region, so it has one name. */
const SWITCH = 'sagemaker-service-catalog-portfolio';

/**
 * Lets Studio show products of Service Catalog. The switch is the account's, in this region: others may count on it, so it is
 * never turned off again.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_EnableSagemakerServicecatalogPortfolio.html
 */
export async function enablePortfolio({ RequestType }: CloudFormationCustomResourceEvent): Promise<Outcome> {
  if (RequestType === 'Delete') {
    return { physicalResourceId: SWITCH, reason: 'The SageMaker portfolio of Service Catalog stays enabled: it belongs to the account and region, not to this stack' };
  }
  const { Status } = await sagemaker.send(new GetSagemakerServicecatalogPortfolioStatusCommand({}));
  if (Status !== 'Enabled') await sagemaker.send(new EnableSagemakerServicecatalogPortfolioCommand({}));
  return { physicalResourceId: SWITCH };
}
