import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';

const DOMAIN_TAG = 'sagemaker:domain-arn';

/** Tags by which SageMaker tells where something was made. */
const ORIGIN_TAGS = [DOMAIN_TAG, 'sagemaker:user-profile-arn', 'sagemaker:space-arn'];

/** Denies what another domain made, and changing the tags that tell. What bears no such tag is left to other policies. */
export function isolationStatements(domainArn: string): PolicyStatement[] {
  const tag = `aws:ResourceTag/${DOMAIN_TAG}`;
  return [
    new PolicyStatement({
      sid: 'DenyWorkOfOtherDomains',
      effect: Effect.DENY,
      // Every action, on purpose: the tag must be there and name another domain, so actions without it are not touched.
      actions: ['sagemaker:*'],
      resources: ['*'],
      conditions: { Null: { [tag]: 'false' }, StringNotEquals: { [tag]: domainArn } },
    }),
    new PolicyStatement({
      sid: 'DenyRemovingMarksOfDomains',
      effect: Effect.DENY,
      actions: ['sagemaker:DeleteTags'],
      resources: ['*'],
      conditions: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ORIGIN_TAGS } },
    }),
    new PolicyStatement({
      sid: 'DenyMarksOfOtherDomains',
      effect: Effect.DENY,
      actions: ['sagemaker:AddTags'],
      resources: ['*'],
      // Studio itself sends the tag with what it makes, and then it names this domain.
      conditions: { Null: { [`aws:RequestTag/${DOMAIN_TAG}`]: 'false' }, StringNotEquals: { [`aws:RequestTag/${DOMAIN_TAG}`]: domainArn } },
    }),
  ];
}
