import { itemsOf } from '../aws/account';
import { Check } from '../check';
import { Finding, problem } from '../finding';

/** What making a resource asks for first. Whoever may not even do that makes none. */
export const MAKING: Record<string, string> = {
  'AWS::Athena::WorkGroup': 'athena:CreateWorkGroup',
  'AWS::CloudFormation::StackSet': 'cloudformation:CreateStackSet',
  'AWS::CodeArtifact::Domain': 'codeartifact:CreateDomain',
  'AWS::CodeArtifact::Repository': 'codeartifact:CreateRepository',
  'AWS::EC2::EIP': 'ec2:AllocateAddress',
  'AWS::EC2::FlowLog': 'ec2:CreateFlowLogs',
  'AWS::EC2::InternetGateway': 'ec2:CreateInternetGateway',
  'AWS::EC2::NatGateway': 'ec2:CreateNatGateway',
  'AWS::EC2::SecurityGroup': 'ec2:CreateSecurityGroup',
  'AWS::EC2::Subnet': 'ec2:CreateSubnet',
  'AWS::EC2::VPC': 'ec2:CreateVpc',
  'AWS::EC2::VPCEndpoint': 'ec2:CreateVpcEndpoint',
  'AWS::ECR::Repository': 'ecr:CreateRepository',
  'AWS::Events::EventBus': 'events:CreateEventBus',
  'AWS::Glue::Database': 'glue:CreateDatabase',
  'AWS::IAM::ManagedPolicy': 'iam:CreatePolicy',
  'AWS::IAM::Role': 'iam:CreateRole',
  'AWS::KMS::Alias': 'kms:CreateAlias',
  'AWS::KMS::Key': 'kms:CreateKey',
  'AWS::Lambda::Function': 'lambda:CreateFunction',
  'AWS::Logs::LogGroup': 'logs:CreateLogGroup',
  'AWS::NetworkFirewall::Firewall': 'network-firewall:CreateFirewall',
  'AWS::S3::Bucket': 's3:CreateBucket',
  'AWS::S3::BucketPolicy': 's3:PutBucketPolicy',
  'AWS::SNS::Topic': 'sns:CreateTopic',
  'AWS::SQS::Queue': 'sqs:CreateQueue',
  'AWS::SSM::Parameter': 'ssm:PutParameter',
  'AWS::SageMaker::Domain': 'sagemaker:CreateDomain',
  'AWS::SageMaker::StudioLifecycleConfig': 'sagemaker:CreateStudioLifecycleConfig',
  'AWS::SageMaker::UserProfile': 'sagemaker:CreateUserProfile',
  'AWS::ServiceCatalog::CloudFormationProduct': 'servicecatalog:CreateProduct',
  'AWS::ServiceCatalog::Portfolio': 'servicecatalog:CreatePortfolio',
};

/** The role with which CloudFormation deploys may make what the stack holds: by its policies, its boundary and the organization's. */
export const DEPLOYING_ROLE: Check = {
  name: 'deploying-role',
  title: 'The role with which CloudFormation deploys may make what the stack holds, by its policies, its boundary and the service control policies.',
  actions: ['iam:SimulatePrincipalPolicy'],
  look: async (stack, account) => {
    const { deployingRole: role, known } = stack;
    if (role === undefined) return [];
    const actions = [...new Set(Object.entries(MAKING).filter(([type]) => stack.added(type).length > 0).map(([, action]) => action))];
    if (actions.length === 0) return [];
    const question = { action: 'iam:SimulatePrincipalPolicy', subject: `what ${role} may do`, absent: ['NoSuchEntity'] };
    const answer = await account.query('iam', question, {
      PolicySourceArn: role, MaxItems: '1000', ...Object.fromEntries(actions.map((action, index) => [`ActionNames.member.${index + 1}`, action])),
    });
    if (answer === undefined) return [problem(`There is no role ${role}, with which CloudFormation is to deploy.`, `Run "npx cdk bootstrap aws://${known.account}/${known.region}", or name another role in the stack's synthesizer.`)];
    return itemsOf(answer.EvaluationResults).filter((one) => String(one.EvalDecision) !== 'allowed').flatMap((one): Finding[] => {
      const action = String(one.EvalActionName);
      if (String(one.OrganizationsDecisionDetail?.AllowedByOrganizations) === 'false') {
        return [problem(`A service control policy of the organization denies ${action}, with which the stack is made.`, 'Have whoever administers the organization allow it in this account and region.')];
      }
      const isBoundary = String(one.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary) === 'false';
      const who = isBoundary ? `The permissions boundary of ${role}` : `The role ${role}`;
      const missing = itemsOf(one.MissingContextValues).map(String);
      // What depends on the tags of a resource, or on what a request says, only the deployment knows.
      if (missing.length > 0) return [{ kind: 'unknown', message: `What ${role} may do with ${action} depends on ${missing.join(', ')}, which only the deployment knows.`, remedy: 'See that the stack\'s resources meet the conditions of its policies.' }];
      if (String(one.EvalDecision) === 'explicitDeny') return [problem(`${who} denies ${action}, with which the stack is made.`, 'Take the denial away, or deploy with another role.')];
      // Asked of any resource: what policies allow for some names alone is not seen.
      return [{ kind: 'unknown', message: `${who} does not allow ${action} for every resource, and the stack is made with it.`, remedy: 'See that it is allowed for the stack\'s.' }];
    });
  },
};
