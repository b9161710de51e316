import { Acknowledgement, everywhere, wildcard } from '../../private/acknowledgements';

const POLICIES = /^\/Policy\d*\/Resource$/;

/** Why what compliance packs find at the launch role of environments stands. */
export const LAUNCH_ROLE: Acknowledgement[] = [
  everywhere(/(ec2|logs|cloudwatch):Describe\w+|kms:ListAliases|lakeformation:(Describe\w+|ListResources)|cloudformation:(ValidateTemplate|GetTemplateSummary)/, POLICIES, 'Descriptions that CloudFormation\'s handlers ask for, for which AWS offers no narrower resource.'),
  everywhere(/s3:GetObject/, POLICIES, 'Service Catalog keeps templates in buckets whose names it does not tell; a condition leaves those that it has marked.'),
  everywhere(/kms:CreateKey|logs:(Create|Delete)LogDelivery|glue:(Create|Get|Delete)SecurityConfiguration|codeartifact:Create(Domain|Repository)/, POLICIES, 'AWS offers no resource for what is not there yet, nor for log deliveries and security configurations.'),
  everywhere(/events:(Put|Remove)Permission|servicecatalog:((Describe|Update|Delete)Constraint|AssociateProductWithPortfolio|DisassociateProductFromPortfolio)/, POLICIES, 'AWS offers no resource for the permissions of event buses, nor for constraints and portfolios\' products.'),
  wildcard(/arn:PARTITION:(cloudformation|lambda|logs|sqs|cloudwatch|iam):\w*:ACCOUNT:[\w/:*-]*SC-\*/, POLICIES, 'What CloudFormation names after the stack, which Service Catalog names SC- and an id.'),
  wildcard(/arn:PARTITION:s3:::sc-\*(\/products\/\*)?/, POLICIES, 'Buckets that CloudFormation names after the stack, and templates that Service Catalog keeps.'),
  wildcard(/arn:PARTITION:[\w-]+:\w*:(ACCOUNT)?:[^*]*\*(--|__)[\w<>:-]*([*/:][\w<>:/*-]*)?/, POLICIES, 'What is named after the environment, whose name is chosen in the form; two hyphens, or underscores in Glue, end it.'),
  wildcard(/arn:PARTITION:iam::ACCOUNT:role\/\*\/\*--\*-[\w<>:-]+/, POLICIES, 'Roles of an environment in this region, in whichever path: the name of the environment is chosen in the form.'),
  wildcard(/arn:PARTITION:iam::ACCOUNT:role\/aws-service-role\/\*/, POLICIES, 'Roles of services themselves, which handlers make where the account has none: a condition names the services.'),
  wildcard(/arn:PARTITION:ecr:REGION:ACCOUNT:repository\/\*\/\w+/, POLICIES, 'A repository of the environment, whose name is chosen in the form.'),
  wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/secure-mlops\/\*/, POLICIES, 'Parameters of the environment, whose name is chosen in the form.'),
  wildcard(/arn:PARTITION:(ec2|kms|sagemaker|catalog):REGION:ACCOUNT:[\w-]+\/\*/, POLICIES, 'AWS makes up the ids of what is created; what is there is told by the tag of environments, where AWS asks for one.'),
  wildcard(/arn:PARTITION:route53:::hostedzone\/\*/, POLICIES, 'Private names of endpoints are a hosted zone that AWS makes and whose id nobody knows before.'),
];
