import { eachStatement } from './each-statement';
import { isEveryRole } from '../../core/pattern';
import { isAbout, Statement } from '../../core/policy';
import { Rule, Verdict } from '../../core/rule';
import { isOpen, Unknown, widest } from '../../core/value';
import { COMPLIANT, unknown, violation } from '../../core/verdicts';

function passed(statement: Statement): Verdict[] {
  const isPassing = isAbout(statement, 'iam:PassRole');
  if (statement.effect === 'Deny' || isPassing === false) return COMPLIANT;
  const say = (isCertain: boolean, on: string) => (isPassing && isCertain ? violation : unknown)('', `${statement.at} allows iam:PassRole on ${on}.`);
  if (statement.isElsewhere) return say(!statement.mayBeMissing, 'all but a few roles');
  return statement.resources.flatMap((one) => {
    if (one instanceof Unknown) return say(false, `what ${one.why}`);
    if (typeof one !== 'string') return COMPLIANT;
    if (isEveryRole(one)) return say(!statement.isOpen, one);
    // A parameter may be *.
    return isOpen(one) && isEveryRole(widest(one)) ? say(false, one) : COMPLIANT;
  });
}

export const EXECUTION_ROLE_PASS_ROLE: Rule = {
  id: 'ExecutionRolePassRole',
  title: 'Roles that SageMaker works with cannot pass on every role of the account.',
  remedy: 'Name the roles that may be passed on as resources of the statement.',
  severity: 'high',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
  look: (role, template) => eachStatement(role, template, 'passRole', 'iam:PassRole on every role', passed),
};
