import { Acknowledgement, checks, everywhere, wildcard } from '../../private/acknowledgements';

const POLICIES = /^\/(Handler\/Policy|ContentsPolicy)\/Resource$/;

/** Of the role of the MLflow tracking server. */
export const MLFLOW: Acknowledgement[] = [
  checks(['ExecutionRoleTrust'], /^\/(Mlflow\/)?Role\/Resource$/, 'AWS documents no source account here: one that is sent must be this.'),
  wildcard(/<\w*StorageMlflow\w*\.Arn>\/\*/, /^\/Mlflow\/Policy\d+\/Resource$/, 'Artifacts of runs, under whatever names people give them.'),
];

/** Of what clears up before and after a domain. */
export const CLEAN_UP: Acknowledgement[] = [
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:((app|space|user-profile)\/<\w+\.DomainId>)\/\*/, /^\/(Contents|Members)Policy\/Resource$/, 'Everything in this one domain, which is what administering and removing it is.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:(domain)\/\*/, POLICIES, 'The handler outlives the domain it waits for, so that its policy cannot name it; it only describes it.'),
  wildcard(/arn:PARTITION:ec2:REGION:ACCOUNT:(network-interface|security-group)\/\*/, POLICIES, 'SageMaker makes these groups and interfaces itself; which may be touched is bound by the tag that it puts on them and by the VPC.'),
  wildcard(/arn:PARTITION:elasticfilesystem:REGION:ACCOUNT:file-system\/\*/, POLICIES, 'SageMaker makes the home file system itself, under an id that does not exist before; bound by the tag that SageMaker puts on it.'),
  everywhere(/(ec2|sagemaker|elasticfilesystem):(Describe|List)\w+/, POLICIES, 'Describe and list calls of EC2, EFS and SageMaker, for which AWS offers no narrower resource.'),
];
