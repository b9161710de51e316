/** Printed with --help, and where the command is called wrongly. */
export const HELP = `cdk-secure-mlops: who can do what in an app with cdk-secure-mlops, what its deployment needs, and what is left when an environment goes

  npx cdk-secure-mlops access [cdk.out | template.json]
  npx cdk-secure-mlops check [cdk.out | template …]
  npx cdk-secure-mlops preflight [cdk.out | template.json]
  npx cdk-secure-mlops clean-up <environment>
  npx cdk-secure-mlops prices

access says who can do what in the environments of an app, on what, and from where, and which statement decides, as Markdown.
It reads what "npx cdk synth" wrote and needs no account, but the policy simulator @cloud-copilot/iam-simulate, installed in the
directory in which it is called: without it only who and what there is.

  --against <path>              what somebody can do now, or no longer, compared with another version of the app (its cdk.out)
  --fail-on <what>              with --against: end with 1 where somebody can do more (widened, the default), changed, or never
  --allow-unknown               end with 0 where not all is known
  --organizational-unit <id>    a unit that the environment's account is in, for policies of AWS Organizations in the app; several times
  --parameter <name>=<value>    of a template, where a name is a parameter; several times
  --html <file>                 write the tables as HTML as well, to print: two pages
  --json                        every answer as JSON, for machines

Exit codes of access: 0 all is known, and nobody can do more, 1 what --fail-on says, 2 called wrongly, 3 not all is known.

check reads templates of CloudFormation, in JSON or YAML, whoever wrote them, and says what in them breaks rules for apps that
use SageMaker: Security Hub's controls and more. It needs no account. A directory is read with everything below it, and stacks of
an app that "npx cdk synth" wrote are looked at together.

  --rule <name>       only this rule; may be given several times
  --exclude <name>    not this rule; may be given several times
  --parameter <n>=<v> the value of a parameter of the templates that have it; without it a default that breaks a rule is told,
                      and one that keeps it is unknown, as the deployment may give another; several times
  --image-account <a> an account that images of models may come from, beside the app's own and those of AWS; several times
  --allow-unknown     end with 0 where only the deployment will tell
  --json              findings as JSON, for machines
  --sarif <file>      write them as SARIF 2.1.0 as well, for code hosts
  --junit <file>      write them as JUnit's XML as well, for build servers
  --rules             print the list of rules, and end

Exit codes of check: 0 no rule is broken, 1 one is, 2 called wrongly, or no template, 3 none is, but only the deployment will tell.

preflight reads what "npx cdk synth" wrote (cdk.out, if nothing is named) and the account that it is for, with the
credentials that AWS's tools find (environment, AWS_PROFILE, single sign-on, a role), and changes nothing. It says what
would make the deployment fail, or its result not work, and what to do.

  --region <region>   where stacks are deployed that name no region; without it AWS_REGION, AWS_DEFAULT_REGION
  --stack <name>      only this stack; may be given several times
  --json              findings as JSON, for machines
  --policy            print the least IAM policy with which it reads everything, and end
  --checks            print the list of checks, and end

Exit codes of preflight: 0 nothing found, 1 something found, 2 called wrongly, 3 nothing found, but not everything could be read.

clean-up finds all that is of an environment (projects that people launched, endpoints and targets in other accounts, work in
Studio, its stack, what was kept before) and says what is to be deleted, in which order, what is kept, and what is in the way.
It changes nothing without --execute. After a failure it is run again, and goes on from there.

  --region <region>             of the environment; without it AWS_REGION, AWS_DEFAULT_REGION
  --profile <account>=<name>    a profile for another account: of a stage, or one that places targets; several times
  --role <account>=<ARN>        a role for another account; several times
  --without <account>           pass over an account that is gone, or where clean-up has been run; several times
  --include-data                delete data as well: spaces, repositories, versions of models, buckets, keys
  --execute                     delete what the plan says, once the name of the environment has been typed
  --yes                         with --execute: do not ask for the name
  --json                        the plan, and what became of it, as JSON, for machines
  --policy                      print the least IAM policy that it needs in each account, and end

Exit codes of clean-up: 0 nothing is in the way, and what was to be deleted is; 1 something is in the way, or there still;
2 called wrongly; 3 not everything could be read, and nothing was deleted.

prices asks AWS's price list for what SageMaker costs in a region, and prints the table that SpendingControls counts with, as JSON
(PriceTable.fromFile). It needs credentials of any account that allow pricing:GetProducts, and changes nothing. What a region of
GovCloud costs, a commercial account is told.

  --region <region>   of which the prices are; without it AWS_REGION, AWS_DEFAULT_REGION
  --only <pattern>    only instance types like this, such as "ml.g5.*"; may be given several times
  --policy            print the least IAM policy that it needs, and end

Exit codes of prices: 0 the table is printed, 2 called wrongly, or AWS has no prices there, 3 the price list could not be read.

  --help              print this, and end
  --debug             with any command: where in the program an unexpected error was

Examples:
  npx cdk synth && npx cdk-secure-mlops access > access.md
  npx cdk-secure-mlops access cdk.out --against main/cdk.out
  npx cdk synth && npx cdk-secure-mlops check --sarif report.sarif
  npx cdk-secure-mlops check template.yaml --parameter RootAccess=Disabled --image-account 111111111111
  npx cdk-secure-mlops check 'templates/**/*.yaml' --exclude NotebookPlatform --allow-unknown
  npx cdk synth && npx cdk-secure-mlops preflight
  AWS_PROFILE=team npx cdk-secure-mlops preflight cdk.out --stack Churn
  npx cdk-secure-mlops preflight product.template.json --region eu-west-1 --json
  npx cdk-secure-mlops preflight --policy > preflight-policy.json
  npx cdk-secure-mlops clean-up churn --profile 222222222222=staging --profile 999999999999=platform
  npx cdk-secure-mlops clean-up churn --profile 222222222222=staging --execute
  npx cdk-secure-mlops clean-up churn --include-data --policy > clean-up-policy.json
  npx cdk-secure-mlops prices --region eu-west-1 > prices.json
`;
