import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const rule = (pattern: unknown) => one('AWS::Events::Rule', { EventPattern: pattern });
const packages = (detail: unknown) => rule({ 'source': ['aws.sagemaker'], 'detail-type': ['SageMaker Model Package State Change'], detail });
const STATUS = 'EventPattern.detail.ModelApprovalStatus';

export const PIPELINES: RuleCases[] = [
  {
    rule: 'ApprovalFilter',
    complies: [packages({ ModelApprovalStatus: ['Approved'] }), rule({ source: ['aws.s3'] }), one('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' })],
    breaks: [
      [packages({ ModelPackageGroupName: ['churn'] }), `${STATUS} is not given, and a rejected version starts it as well.`],
      // From whatever source.
      [rule({ 'detail-type': ['SageMaker Model Package State Change'] }), `${STATUS} is not given, and a rejected version starts it as well.`],
      [packages({ ModelApprovalStatus: ['Approved', 'Rejected'] }), `${STATUS} is ["Approved","Rejected"].`],
    ],
    unknown: [
      [packages({ ModelApprovalStatus: GIVEN }), `${STATUS} ${IS_GIVEN}.`],
      [rule(GIVEN), `${STATUS} ${IS_GIVEN}.`],
      [rule({ 'source': ['aws.sagemaker'], 'detail-type': [{ prefix: 'SageMaker Model' }] }), `${STATUS} is not given, and a rejected version starts it as well.`],
      [rule('{"detail-type":["SageMaker Model Package State Change"]}'), 'EventPattern is a text, in which nothing is looked for.'],
    ],
  },
];
