import { publish, publishAll, withdraw } from './object';
import { enablePortfolio } from './portfolio';
import { answering } from '../cloudformation/respond';

/**
 * What this handler calls, and as what its role must be allowed to:
 *
 * | action | resource | when |
 * |---|---|---|
 * | `s3:GetObject` | the source | one is published that is not in the properties |
 * | `s3:GetObject` | the objects | assets are copied: what is there is left as it is |
 * | `s3:PutObject`, `s3:PutObjectTagging` | the objects | one is published |
 * | `s3:GetObjectTagging`, `s3:DeleteObject` | the objects | one is withdrawn |
 * | `s3:ListBucket` | the bucket | an object is gone already: without it, S3 says that it is forbidden |
 * | `kms:GenerateDataKey` | the bucket's key, or `EncryptionKeyId` | one is published, in a bucket with a key |
 * | `sagemaker:GetSagemakerServicecatalogPortfolioStatus`, `sagemaker:EnableSagemakerServicecatalogPortfolio` | `*` | the portfolio is switched on |
 * | `servicecatalog:ListAcceptedPortfolioShares`, `servicecatalog:AcceptPortfolioShare` | `*` | SageMaker does so as whoever switches it on |
 */
export const handler = answering(async (event) => {
  switch (event.ResourceType) {
    case 'Custom::PublishedObject': return event.RequestType === 'Delete' ? withdraw(event) : publish(event);
    case 'Custom::PublishedObjects': return publishAll(event);
    case 'Custom::SageMakerPortfolio': return enablePortfolio(event);
    default: throw new Error(`${event.ResourceType} is not a resource of this handler`);
  }
}, ({ ResourceProperties: { BucketName, Key } }) => [BucketName, Key].filter(Boolean).join('/'));
