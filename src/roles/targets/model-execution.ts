import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CAPTURE, LOAD_MODELS } from './bucket-use';
import { TargetRoleCard } from './card';
import { TargetParameter, TargetRole } from '../../names';
import { SAGEMAKER } from '../service-trust';

/** What a deployed model runs as: reads released models, writes what is captured, and nothing else. */
export const MODEL_EXECUTION: TargetRoleCard = {
  role: TargetRole.MODEL_EXECUTION,
  id: 'ModelExecution',
  description: 'What deployed models run as',
  assumedBy: [SAGEMAKER],
  may: () => [
    // SageMaker looks at the alarms that roll an update back as the model's role. CloudWatch lists alarms of an account only as a whole.
    // @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
    new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }),
  ],
  buckets: [LOAD_MODELS, CAPTURE],
  runsContainers: true,
  never: ['sagemaker:*', 's3:DeleteObject', 's3:PutBucketPolicy', 'iam:*', 'sts:*'],
  publishedAs: TargetParameter.MODEL_ROLE_ARN,
};
