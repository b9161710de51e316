/**
 * Authentication mode of a Studio domain, which cannot be changed once the domain exists.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/onboard-custom.html
 */
export enum StudioAuthMode {
  /** Users sign in by presigned URLs that IAM roles create, so that IAM policies decide who opens which user profile. */
  IAM = 'IAM',
  /** Users sign in through IAM Identity Center, which must be enabled in the organization or account. */
  IDENTITY_CENTER = 'SSO',
}
