import { Account, allowedPrincipals, policyOf } from '../aws/account';
import { Check, each } from '../check';
import { Finding, problem } from '../finding';

/** Who must be trusted by a role that resources of the type work with. */
const SERVICES: [types: RegExp, service: string][] = [
  [/^AWS::SageMaker::/, 'sagemaker.amazonaws.com'],
  [/^AWS::Lambda::/, 'lambda.amazonaws.com'],
  [/^AWS::EC2::FlowLog$/, 'vpc-flow-logs.amazonaws.com'],
  [/^AWS::CodePipeline::/, 'codepipeline.amazonaws.com'],
  [/^AWS::CodeBuild::/, 'codebuild.amazonaws.com'],
];

/** Roles and permissions boundaries that were given are there. */
export const GIVEN_ROLES: Check = {
  name: 'given-roles',
  title: 'A given role is there and trusts the service that works with it, and a given permissions boundary is there.',
  actions: ['iam:GetPolicy', 'iam:GetRole'],
  look: async (stack, account) => {
    const made = new Set(stack.of('AWS::IAM::Role').map(({ properties }) => properties.RoleName));
    const roles = [...stack.texts(/^(Role|RoleArn|ExecutionRole|ExecutionRoleArn|DeliverLogsPermissionArn|ServiceRole)$/)]
      .filter(([arn]) => arn.includes(`:iam::${stack.known.account}:role/`) && !made.has(nameOf(arn)));
    const boundaries = [...stack.texts(/^PermissionsBoundary$/).keys()].filter((arn) => arn.includes(`:iam::${stack.known.account}:policy/`));
    return [
      ...await each(roles, ([arn, types]) => trusts(arn, types, account)),
      ...await each(boundaries, async (arn) => (
        await account.query('iam', { action: 'iam:GetPolicy', subject: `the permissions boundary ${arn}`, absent: ['NoSuchEntity'] }, { PolicyArn: arn }) === undefined
          ? [problem(`There is no managed policy ${arn}, and it is the permissions boundary of roles.`, 'Name one that there is, with its path.')] : []
      )),
    ];
  },
};

async function trusts(arn: string, types: ReadonlySet<string>, account: Account): Promise<Finding[]> {
  const answer = await account.query('iam', { action: 'iam:GetRole', subject: `the role ${arn}`, absent: ['NoSuchEntity'] }, { RoleName: nameOf(arn) });
  if (answer === undefined) return [problem(`There is no role ${arn}.`, 'Name one that there is.')];
  if (String(answer.Role.Arn) !== arn) return [problem(`The role ${nameOf(arn)} has the ARN ${answer.Role.Arn}, and the environment was given ${arn}.`, 'Name the role with its path.')];
  const trusted = allowedPrincipals(policyOf(String(answer.Role.AssumeRolePolicyDocument)));
  return SERVICES.filter(([of, service]) => [...types].some((type) => of.test(type)) && !trusted.includes(service)).map(([, service]) => (
    problem(`The role ${arn} does not trust ${service}, which works with it.`, `Let ${service} assume the role in its trust policy.`)
  ));
}

function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
