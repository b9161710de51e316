import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const rule = (pattern: unknown) => one('AWS::Events::Rule', { EventPattern: pattern });
const packages = (detail: unknown) => rule({ 'source': ['aws.sagemaker'], 'detail-type': ['SageMaker Model Package State Change'], detail });
const STATUS = 'EventPattern.detail.ModelApprovalStatus';

export const PIPELINES: RuleCases[] = [
  {
    rule: 'ApprovalFilter',
    complies: [
      packages({ ModelApprovalStatus: ['Approved'] }), packages({ ModelApprovalStatus: [{ 'equals-ignore-case': 'approved' }] }), packages({ ModelApprovalStatus: [{ prefix: 'App' }] }),
      packages({ ModelApprovalStatus: [{ 'anything-but': ['Rejected', 'PendingManualApproval'] }] }), rule({ source: ['aws.s3'] }), one('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)' }),
    ],
    breaks: [
      [packages({ ModelPackageGroupName: ['churn'] }), `${STATUS} is not given, and a rejected version starts it as well.`],
      [rule({ 'source': ['aws.sagemaker'], 'detail-type': [{ prefix: 'SageMaker Model' }] }), `${STATUS} is not given, and a rejected version starts it as well.`],
      [rule('{"detail-type":["SageMaker Model Package State Change"]}'), `${STATUS} is not given, and a rejected version starts it as well.`],
      // Without a type, what the detail says tells what the event is about.
      [rule({ source: ['aws.sagemaker'], detail: { ModelPackageGroupName: ['churn'] } }), `${STATUS} is not given, and a rejected version starts it as well.`],
      [packages({ ModelApprovalStatus: [{ 'anything-but': 'Rejected' }] }), `${STATUS} is [{"anything-but":"Rejected"}].`],
      [packages({ ModelApprovalStatus: [{ exists: true }] }), `${STATUS} is [{"exists":true}].`],
      // From whatever source.
      [rule({ 'detail-type': ['SageMaker Model Package State Change'] }), `${STATUS} is not given, and a rejected version starts it as well.`],
      [packages({ ModelApprovalStatus: ['Approved', 'Rejected'] }), `${STATUS} is ["Approved","Rejected"].`],
    ],
    unknown: [
      [packages({ ModelApprovalStatus: GIVEN }), `${STATUS} ${IS_GIVEN}.`],
      [rule(GIVEN), `EventPattern ${IS_GIVEN}.`],
      [rule({ 'source': ['aws.sagemaker'], 'detail-type': [{ unheard: 'of' }] }), `${STATUS} is not given, and a rejected version starts it as well.`],
      [packages({ $or: [{ ModelApprovalStatus: ['Approved'] }] }), `${STATUS} is not given, and a rejected version starts it as well.`],
      [rule('no JSON'), 'EventPattern is no object.'],
    ],
  },
];
