import { Acknowledgement, checks, everywhere, rules, wildcard } from '../../private/acknowledgements';

/** Of a project template. */
export const PROJECT_TEMPLATE: Acknowledgement[] = [
  rules(['CodeBuildProjectSourceRepoUrl'], /^\/(Accounts|Build|Promotion|Release|Test)\/Resource$/, 'The source is CodePipeline\'s artifact: there is no address that could hold a password.'),
];

/** Of the publisher of templates and seed code. */
export const PUBLISHER: Acknowledgement[] = [
  wildcard(/<\w*Templates\w*\.Arn>\/\*/, /^\/Handler\/Policy\/Resource$/, 'Publishes into this bucket, and into no other.'),
  wildcard(/arn:PARTITION:s3:::[^*]+\*/, /^\/Handler\/Policy\/Resource$/, 'Reads of the assets what environments publish, where the synthesizer says the keys: each content has one of its own, and a policy that named them would change with every text.'),
  everywhere(/sagemaker:(Enable|Get)SagemakerServicecatalogPortfolio(Status)?|servicecatalog:(AcceptPortfolioShare|ListAcceptedPortfolioShares)/, /^\/Handler\/Policy\/Resource$/, 'A switch of the account and region, for which neither service knows a resource.'),
];

/** Of the assets of products. */
export const PRODUCT_ASSETS: Acknowledgement[] = [
  checks(['BucketPerimeter'], /^\/Bucket\/Resource$/, 'Accounts that launch are admitted by name or by their place in the organization, and nobody else is; what is there is no secret.'),
  rules(['S1', 'S3BucketLoggingEnabled'], /^\/Bucket\/Resource$/, 'Log delivery needs a bucket of its own. Written by one role, read by publishers of environments; the account\'s trail records both.'),
  rules(['S3DefaultEncryptionKMS'], /^\/Bucket\/Resource$/, 'Amazon S3 encrypts: a key would have to admit every account that launches, and what is there are templates and programs without data.'),
  rules(['S3BucketDefaultLockEnabled'], /^\/Bucket\/Resource$/, 'Versioned and retained; what is there is written anew from the app.'),
  rules(['S3BucketReplicationEnabled'], /^\/Bucket\/Resource$/, 'Versioned and retained; deploying the stack again writes every object again.'),
  wildcard(/<\w*ProductAssets\w*\.Arn>\/\*/, /^\/Handler\/Policy\/Resource$/, 'Copies assets into this bucket, and into no other.'),
  wildcard(/arn:PARTITION:s3:::[^*]+\*/, /^\/Handler\/Policy\/Resource$/, 'Reads of the assets what environments publish, where the synthesizer says the keys.'),
];
