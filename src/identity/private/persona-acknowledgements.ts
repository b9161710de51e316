import { Acknowledgement, everywhere, rules, wildcard, wildcardActions } from '../../private/acknowledgements';

const EVERY_PERSONA = /^\/\w+\/Policy\d+\/Resource$/;
const ADMINISTRATORS = /^\/(TeamAdministrator|DataScienceAdministrator|Administrators)\/Policy\d+\/Resource$/;

/** Of the personas' roles. */
export const PERSONAS: Acknowledgement[] = [
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:(processing-job|training-job|transform-job|hyper-parameter-tuning-job|pipeline|model-package)\/([\w<>.-]+--)?\*/, /^\/TeamAdministrator\/Policy\d+\/Resource$/, 'What the team has made: people name their jobs, and the administrator stops one that runs away; what other Studio domains have made is denied by its mark.'),
  wildcard(/<\w*StorageReports\w*\.Arn>\/\*/, ADMINISTRATORS, 'Reports of evaluations, under names of pipelines and executions: who approves a version reads how good it is.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:\*/, /^\/TeamAdministrator\/Policy\d+\/Resource$/, 'Stopping jobs that bear the mark of the environment\'s domain, which a condition asks for; the actions say of which types.'),
  wildcard(/arn:PARTITION:logs:REGION:ACCOUNT:log-group:(\*|\/aws\/(codebuild\/[\w<>.-]+--|sagemaker\/)\*)/, ADMINISTRATORS, 'Watching: reading logs of jobs and builds, whose groups are named after them; names of groups can only be listed all together.'),
  wildcard(/arn:PARTITION:codepipeline:REGION:ACCOUNT:[\w<>.-]+--\*(\/(\w+\/)?\*)?/, EVERY_PERSONA, 'Pipelines of projects, whose names begin with the environment\'s. Approvals name their stage.'),
  everywhere(/(sagemaker|cloudwatch|codepipeline|servicecatalog|logs|ce):(Batch)?(Describe|List|Get|Search|Scan)\w+|servicecatalog:(Terminate|Update)ProvisionedProduct/, EVERY_PERSONA, 'Lists and searches in the console, for which AWS offers no narrower resource; provisioned products are bound to who launched them.'),
  wildcard(/arn:PARTITION:sagemaker:REGION:ACCOUNT:((app|space|user-profile)\/<\w+\.DomainId>)\/\*/, /^\/TeamAdministrator\/Policy\d+\/Resource$/, 'Everything in this one domain, which is what administering and removing it is.'),
  wildcard(/arn:PARTITION:cloudformation:(REGION|\*):(ACCOUNT)?:(stackset(-target)?\/[\w<>.-]+--|type\/resource\/)\*/, /^\/DataScienceAdministrator\/Policy\d+\/Resource$/, 'Stack sets of this environment\'s endpoints, whose names begin with its name: to take a model out of an account.'),
  wildcardActions(/sagemaker-mlflow:(Get|Search|List)\*/, EVERY_PERSONA, 'Reading runs of the environment\'s own tracking server, which changes nothing.'),
  everywhere(/sagemaker-mlflow:AccessUI/, EVERY_PERSONA, 'AWS knows no resource of it; which tracking server is opened, the address says.'),
  rules(['IAMPolicyNoStatementsWithFullAccess'], /^\/TeamAdministrator\/Policy\d+\/Resource$/, 'The rule looks for sagemaker:* anywhere before an allow in the text of a policy; here it is a deny, of what other Studio domains have made.'),
  wildcard(/arn:PARTITION:(codebuild|codepipeline|logs):REGION:ACCOUNT:(project\/|log-group:\/aws\/codebuild\/)?[\w<>.-]+--\*/, EVERY_PERSONA, 'Builds and deliveries of projects, whose names begin with the environment\'s: looking at how far they have come, and at what they logged.'),
];
