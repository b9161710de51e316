import { lets } from '../../core/event-pattern';
import { Rule } from '../../core/rule';
import { fromText, isRecord, shown, Unknown, Value } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

const STATUS = 'EventPattern.detail.ModelApprovalStatus';
/** What a version is that nobody approved: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModelPackage.html */
const OTHERS = ['PendingManualApproval', 'Rejected'];
/** Names in the detail of an event that is about a version of a model. */
const OF_PACKAGES = /^(Model(Package|Approval)|ApprovalDescription)/;

function inside(value: Value, name: string): Value {
  if (value instanceof Unknown) return value;
  return isRecord(value) && Object.hasOwn(value, name) ? (value as Record<string, Value>)[name] : undefined;
}

export const APPROVAL_FILTER: Rule = {
  id: 'ApprovalFilter',
  title: 'Only versions of models that somebody approved start a deployment.',
  remedy: 'Give the event pattern detail.ModelApprovalStatus with Approved alone.',
  severity: 'high',
  types: ['AWS::Events::Rule'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html',
  look: (rule) => {
    const { value: written } = rule.at('EventPattern');
    if (written === undefined) return COMPLIANT;
    if (written instanceof Unknown) return unknown('EventPattern', `EventPattern ${written.why}.`);
    const pattern = fromText(written);
    if (!isRecord(pattern)) return unknown('EventPattern', 'EventPattern is no object.');
    const [source, type, detail] = ['source', 'detail-type', 'detail'].map((name) => inside(pattern as Value, name));
    const names = isRecord(detail) ? Object.keys(detail) : [];
    // One for every event, or all of a service, is no pipeline's.
    if (type === undefined && !names.some((name) => OF_PACKAGES.test(name))) return COMPLIANT;
    const isAboutPackages = [lets(source, 'aws.sagemaker'), lets(type, 'SageMaker Model Package State Change')];
    if (isAboutPackages.includes(false)) return COMPLIANT;
    const status = inside(detail, 'ModelApprovalStatus');
    if (status instanceof Unknown) return unknown(STATUS, `${STATUS} ${status.why}.`);
    const answers = OTHERS.map((one) => lets(status, one));
    if (!answers.includes(true) && !answers.includes(undefined)) return COMPLIANT;
    const isCertain = !isAboutPackages.includes(undefined) && answers.includes(true) && !names.includes('$or');
    return (isCertain ? violation : unknown)(STATUS, status === undefined ? `${STATUS} is not given, and a rejected version starts it as well.` : `${STATUS} is ${shown(status)}.`);
  },
};
