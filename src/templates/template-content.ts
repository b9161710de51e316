/** What a template that leaves the app carries only where its maker says so. */
export enum TemplateContent {
  /** IAM users, groups, roles and policies: whoever deploys the template then needs `CAPABILITY_IAM`. */
  IAM_RESOURCES = 'IAM_RESOURCES',
  /** Lambda functions, with their code inline. */
  LAMBDA_FUNCTIONS = 'LAMBDA_FUNCTIONS',
  /** Custom resources: whatever answers them must be where the template is deployed. */
  CUSTOM_RESOURCES = 'CUSTOM_RESOURCES',
}
