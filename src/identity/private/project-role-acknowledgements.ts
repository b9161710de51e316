import { Acknowledgement, everywhere, wildcard } from '../../private/acknowledgements';

const EVERY_ROLE = /^\/\w+\/Policy\d+\/Resource$/;

/** Of the roles of projects. */
export const PROJECT_ROLES: Acknowledgement[] = [
  wildcard(/<\w+\.Arn>\/(code\/|[\w<>.-]+\*\/(Accounts|Build))?\*/, EVERY_ROLE, 'Objects of one bucket of the environment, by what the role may do in it; artifacts by the name that CodePipeline puts into their keys.'),
  wildcard(/arn:PARTITION:s3:::[a-z0-9.-]+\/[\w<>.-]+--\*\/source\.zip/, EVERY_ROLE, 'The code of this environment\'s projects, one object for each, in a bucket that its owner named as the source.'),
  wildcard(/arn:PARTITION:(cloudformation|codebuild|codecommit|codepipeline|events|logs|sagemaker):REGION:ACCOUNT:([\w-]+\/|log-group:\/aws\/codebuild\/)?[\w<>.-]+--\*/, EVERY_ROLE, 'What projects hold, whose names begin with the environment\'s: projects come and go.'),
  wildcard(/arn:PARTITION:cloudformation:REGION:ACCOUNT:stack\/SC-\*/, EVERY_ROLE, 'Stacks of projects: Service Catalog makes up their names, with this prefix.'),
  wildcard(/arn:PARTITION:cloudformation:(REGION|\*):(ACCOUNT)?:(stackset-target\/([\w<>.-]+--)?|type\/resource\/)\*/, EVERY_ROLE, 'CloudFormation asks for targets and resource types beside the stack set, which is named; the role that is passed is the limit.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:model-package(-group)?\/\*/, EVERY_ROLE, 'Versions, to look at: the project says whose.'),
  wildcard(/arn:PARTITION:ec2:REGION:ACCOUNT:(network-interface|security-group)\/\*/, EVERY_ROLE, 'CodeBuild makes the network interface of a build as its role, and its id does not exist before; subnets are named one by one.'),
  wildcard(/arn:PARTITION:iam::\*:role\/[\w<>\/-]+--\w+--(test|promotion)-[\w<>:-]+/, EVERY_ROLE, 'One role by its exact name, in whichever account of the stage: the condition names the accounts, or their place in the organization.'),
  wildcard(/arn:PARTITION:ecr:REGION:(\*|ACCOUNT):repository\/\*/, EVERY_ROLE, 'Images of versions that are released: people name their repositories, and AWS\'s own are in an account of each region. Written is the repository of releases alone, by its name.'),
  wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/secure-mlops\/[\w<>.-]+\/\*/, EVERY_ROLE, 'The SSM parameters of this environment, to read.'),
  everywhere(/ec2:Describe\w+|cloudformation:(CreateStackSet|GetTemplateSummary|ValidateTemplate)|s3:GetObject|logs:DescribeLogGroups|codecommit:ListRepositories|ecr:GetAuthorizationToken/, EVERY_ROLE, 'AWS offers no narrower resource: descriptions and lists, templates that are no stack yet, Service Catalog\'s own copies by the tag that it puts on them, a stack set that is yet to be.'),
  everywhere(/sts:GetServiceBearerToken/, EVERY_ROLE, 'A token for CodeArtifact, whose ARN STS does not know; bound to that service instead.'),
  wildcard(/arn:PARTITION:codeartifact:REGION:ACCOUNT:package\/[\w<>.-]+--packages\/\w+\/\*/, EVERY_ROLE, 'Packages of the environment\'s own index, to read: which ones a build installs is its repository\'s to say.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:image(-version)?\/[\w<>-]+\.\*/, EVERY_ROLE, 'The SageMaker images of this environment and their versions, whose names begin with the environment\'s: which image a release becomes, the project says.'),
  wildcard(/arn:PARTITION:organizations::\*:(ou|account)\/o-[a-z0-9]+\/\*/, /^\/Accounts\/Policy\d+\/Resource$/, 'Units and accounts of one organization, to list: units in units have ids that do not follow from their parents\'.'),
];
