import { Acknowledgement, everywhere, rules, wildcard } from '../../private/acknowledgements';

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
