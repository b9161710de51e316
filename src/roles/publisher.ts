import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { WRITE_TEMPLATES } from './bucket-use';
import { RoleCard } from './card';
import { LAMBDA } from './service-trust';
import { EnvironmentRole } from '../names';

/** What writes project templates, seed code and programs: the handler of the library's that publishes them. */
export const PUBLISHER: RoleCard<{ readonly templates: IBucket }> = {
  role: EnvironmentRole.PUBLISHER,
  id: 'Publisher',
  description: 'Publishes project templates and seed code',
  assumedBy: [LAMBDA],
  may: ({ templates }) => [
    new PolicyStatement({
      actions: ['s3:PutObject', 's3:PutObjectTagging', 's3:GetObjectTagging', 's3:DeleteObject'],
      resources: [templates.arnForObjects('*')],
    }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [templates.bucketArn] }), // else S3 says of an absent object that it is forbidden
    // SageMaker knows no resource of this switch: it is the account's.
    new PolicyStatement({
      actions: ['sagemaker:EnableSagemakerServicecatalogPortfolio', 'sagemaker:GetSagemakerServicecatalogPortfolioStatus'], resources: ['*'],
    }),
    new PolicyStatement({ actions: ['servicecatalog:AcceptPortfolioShare', 'servicecatalog:ListAcceptedPortfolioShares'], resources: ['*'] }), // asked of the caller by that switch
  ],
  buckets: [WRITE_TEMPLATES],
  never: ['s3:GetObjectVersion', 'kms:*', 'iam:*', 'sts:*', 'sagemaker:Create*'],
};

/** What it publishes, it reads of the bucket of assets, of which it knows what has been published by environments and no more. */
export function readsContent(objects: string): PolicyStatement {
  return new PolicyStatement({ actions: ['s3:GetObject'], resources: [objects] });
}
