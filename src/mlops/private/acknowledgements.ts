import { Acknowledgement, everywhere, rules, wildcard } from '../../private/acknowledgements';

/** Of a project template. */
export const PROJECT_TEMPLATE: Acknowledgement[] = [
  rules(['EventBusDLQ'], /^\/(Pipeline\/(Push|Approved|Schedule)\/Resource|Retraining)$/, 'EventBridge tries for a day to start the project\'s pipeline, which anybody of the project can start as well: a queue in each project would need somebody who reads it.'),
  rules(['CodeBuildProjectSourceRepoUrl'], /^\/(Accounts|Build|Promotion|Release|Test)\/Resource$/, 'The source is CodePipeline\'s artifact: there is no address that could hold a password.'),
];

/** Of the publisher of templates and seed code. */
export const PUBLISHER: Acknowledgement[] = [
  wildcard(/<\w*Templates\w*\.Arn>\/\*/, /^\/Handler\/Policy\/Resource$/, 'Publishes into this bucket, and into no other.'),
  everywhere(/sagemaker:(Enable|Get)SagemakerServicecatalogPortfolio(Status)?|servicecatalog:(AcceptPortfolioShare|ListAcceptedPortfolioShares)/, /^\/Handler\/Policy\/Resource$/, 'A switch of the account and region, for which neither service knows a resource.'),
];
