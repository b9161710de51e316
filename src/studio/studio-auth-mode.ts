/**
 * How people sign in to a Studio domain. Fixed when the domain is made.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/onboard-custom.html
 */
export enum StudioAuthMode {
  /** An IAM role asks for a presigned address, so IAM decides who opens which profile. */
  IAM = 'IAM',
  /** People sign in through IAM Identity Center, which must be switched on in the organization or account. */
  IDENTITY_CENTER = 'SSO',
}
