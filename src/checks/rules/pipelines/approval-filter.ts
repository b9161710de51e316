import { Rule } from '../../core/rule';
import { Resource } from '../../core/template';
import { isOpen, listOf, shown, Unknown } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

/**
 * Whether a part of a rule's pattern lets a text pass: undefined where only the deployment knows, or more than a text is compared.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
function lets(rule: Resource, part: string, text: string): boolean | undefined {
  const { value } = rule.at(`EventPattern.${part}`);
  // What a pattern does not have passes it.
  if (value === undefined) return true;
  const values = listOf(value);
  return values.includes(text) ? true : values.every((one) => typeof one === 'string' && !isOpen(one)) ? false : undefined;
}

export const APPROVAL_FILTER: Rule = {
  id: 'ApprovalFilter',
  title: 'Only versions of models that somebody approved start a deployment.',
  remedy: 'Give the event pattern detail.ModelApprovalStatus with Approved alone.',
  severity: 'high',
  types: ['AWS::Events::Rule'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html',
  look: (rule) => {
    const pattern = rule.at('EventPattern').value;
    if (pattern === undefined) return COMPLIANT;
    if (typeof pattern === 'string') return unknown('EventPattern', 'EventPattern is a text, in which nothing is looked for.');
    // One for every event, or all of a service, is no pipeline's.
    if (rule.at('EventPattern.detail-type').value === undefined) return COMPLIANT;
    const isAboutPackages = [lets(rule, 'source', 'aws.sagemaker'), lets(rule, 'detail-type', 'SageMaker Model Package State Change')];
    if (isAboutPackages.includes(false)) return COMPLIANT;
    const { path, value } = rule.at('EventPattern.detail.ModelApprovalStatus');
    if (value instanceof Unknown) return unknown(path, `${path} ${value.why}.`);
    const statuses = listOf(value);
    if (statuses.length === 1 && statuses[0] === 'Approved') return COMPLIANT;
    const isCertain = !isAboutPackages.includes(undefined) && !statuses.some((one) => one instanceof Unknown);
    const message = value === undefined ? `${path} is not given, and a rejected version starts it as well.` : `${path} is ${shown(value)}.`;
    return (isCertain ? violation : unknown)(path, message);
  },
};
