import { isAbout, isTrustedBySageMaker, policiesOf } from '../../core/policy';
import { Rule, Verdict } from '../../core/rule';
import { Unknown } from '../../core/value';
import { COMPLIANT, unknown, violation, where } from '../../core/verdicts';

const EVERY_ROLE = /^(\*|.*:role\/\*)$/;

export const EXECUTION_ROLE_PASS_ROLE: Rule = {
  id: 'ExecutionRolePassRole',
  title: 'Roles that SageMaker works with cannot pass on every role of the account.',
  remedy: 'Name the roles that may be passed on as resources of the statement.',
  severity: 'high',
  types: ['AWS::IAM::Role'],
  page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html',
  look: (role, template) => where(isTrustedBySageMaker(role), () => {
    const { statements, isOpen } = policiesOf(role, template);
    const found = statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => {
      const isPassing = isAbout(statement, 'iam:PassRole');
      return isPassing === false ? COMPLIANT : statement.resources.flatMap((one): Verdict[] => {
        if (one instanceof Unknown) return unknown('', `${statement.at} allows iam:PassRole on what ${one.why}.`);
        if (typeof one !== 'string' || !EVERY_ROLE.test(one)) return COMPLIANT;
        return (isPassing && !statement.isOpen ? violation : unknown)('', `${statement.at} allows iam:PassRole on ${one}.`);
      });
    });
    return [...found, ...isOpen ? unknown('Policies', 'A policy of the role is only known to the deployment.') : COMPLIANT];
  }),
};
