import { itemsOf } from '../aws/account';
import { Check, each } from '../check';
import { problem } from '../finding';

/** A role that a service has in an account, and resources with which AWS makes it where it is not there yet. */
interface ServiceLinkedRole {
  readonly name: string;
  readonly service: string;
  readonly types: string[];
}

/**
 * Types whose handlers ask for `iam:CreateServiceLinkedRole`, for something that the library makes. AWS makes each role by itself, if who
 * deploys may have it made.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol-notebooks.html
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/using-service-linked-roles.html
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
 */
export const SERVICE_LINKED: ServiceLinkedRole[] = [
  { name: 'AWSServiceRoleForAmazonSageMakerNotebooks', service: 'sagemaker.amazonaws.com', types: ['AWS::SageMaker::Domain'] },
  {
    name: 'AWSServiceRoleForNetworkFirewall',
    service: 'network-firewall.amazonaws.com',
    types: ['AWS::NetworkFirewall::Firewall', 'AWS::NetworkFirewall::RuleGroup', 'AWS::NetworkFirewall::LoggingConfiguration'],
  },
  {
    name: 'AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint',
    service: 'sagemaker.application-autoscaling.amazonaws.com',
    types: ['AWS::ApplicationAutoScaling::ScalableTarget'],
  },
];

const MAKE = 'iam:CreateServiceLinkedRole';

/** Service-linked roles are there, or AWS may make them. */
export const SERVICE_LINKED_ROLES: Check = {
  name: 'service-linked-roles',
  title: 'Service-linked roles that the stack\'s services work with are there, or the role with which CloudFormation deploys may have them made.',
  actions: ['iam:GetRole', 'iam:SimulatePrincipalPolicy'],
  look: async (stack, account) => {
    const deploying = stack.deployingRole;
    if (deploying === undefined) return [];
    const { known } = stack;
    return each(SERVICE_LINKED.filter(({ types }) => types.some((type) => stack.added(type).length > 0)), async ({ name, service, types }) => {
      const absent = ['NoSuchEntity'];
      if (await account.query('iam', { action: 'iam:GetRole', subject: `the role ${name}`, absent }, { RoleName: name }) !== undefined) return [];
      const answer = await account.query('iam', { action: 'iam:SimulatePrincipalPolicy', subject: `what ${deploying} may do`, absent }, {
        'PolicySourceArn': deploying,
        'ActionNames.member.1': MAKE,
        'ResourceArns.member.1': `arn:${known.partition}:iam::${known.account}:role/aws-service-role/${service}/${name}`,
        'ContextEntries.member.1.ContextKeyName': 'iam:AWSServiceName',
        'ContextEntries.member.1.ContextKeyType': 'string',
        'ContextEntries.member.1.ContextKeyValues.member.1': service,
      });
      const isRefused = itemsOf(answer?.EvaluationResults).some((one) => String(one.EvalActionName) === MAKE && String(one.EvalDecision) !== 'allowed');
      return isRefused ? [problem(
        `The account ${known.account} has no role ${name}, ${types.find((type) => stack.added(type).length > 0)} needs it, and the role ${deploying} may not have it made (${MAKE}).`,
        `Run "aws iam create-service-linked-role --aws-service-name ${service}" once in the account, or allow ${MAKE} to the role that deploys.`,
      )] : [];
    });
  },
};
