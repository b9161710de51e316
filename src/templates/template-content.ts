/** Content that a self-contained template may have only where `allowedContent` names it. */
export enum TemplateContent {
  /** IAM users, groups, roles and policies, whose deployment requires `CAPABILITY_IAM`. */
  IAM_RESOURCES = 'IAM_RESOURCES',
  /** Lambda functions, with inline code. */
  LAMBDA_FUNCTIONS = 'LAMBDA_FUNCTIONS',
  /** Custom resources, whose provider must be in the account and region of the deployment. */
  CUSTOM_RESOURCES = 'CUSTOM_RESOURCES',
}
