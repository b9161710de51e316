import { Acknowledgement, everywhere, wildcard } from '../../private/acknowledgements';

const POLICIES = /^\/MemberLaunch\/Policy\d+\/Resource$/;

/** Why what compliance packs find at the launch role of members stands. */
export const MEMBER_PRODUCT: Acknowledgement[] = [
  everywhere(/ec2:Describe\w+|cloudformation:(GetTemplateSummary|ValidateTemplate)|s3:GetObject/, POLICIES, 'AWS offers no narrower resource: descriptions, a template that is no stack yet, Service Catalog\'s own copies by the tag that it puts on them.'),
  wildcard(/arn:PARTITION:ec2:REGION:ACCOUNT:security-group(-rule)?\/\*/, POLICIES, 'EC2 makes up the ids of security groups: which may be changed is told by VPC and tags.'),
  wildcard(/arn:PARTITION:ec2:REGION:\*:vpc\/[\w<>.-]+/, POLICIES, 'One VPC, which another account may share.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:user-profile\/<[\w.]+>\/\*/, POLICIES, 'Profiles of one domain: members come and go.'),
  wildcard(/arn:PARTITION:ssm:REGION:ACCOUNT:parameter\/secure-mlops\/[\w<>.-]+\/\*/, POLICIES, 'The SSM parameters of this environment, to read.'),
  wildcard(/arn:PARTITION:cloudformation:REGION:ACCOUNT:stack\/SC-\*/, POLICIES, 'Stacks of members: Service Catalog makes up their names, with this prefix.'),
];
