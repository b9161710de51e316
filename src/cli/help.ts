/** Printed with --help, and where the command is called wrongly. */
export const HELP = `cdk-secure-mlops: what a deployment of cdk-secure-mlops needs, seen before it begins

  npx cdk-secure-mlops preflight [cdk.out | template.json]

preflight reads what "npx cdk synth" wrote (cdk.out, if nothing is named) and the account that it is for, with the
credentials that AWS's tools find (environment, AWS_PROFILE, single sign-on, a role), and changes nothing. It says what
would make the deployment fail, or its result not work, and what to do.

  --region <region>   where stacks are deployed that name no region; without it AWS_REGION, AWS_DEFAULT_REGION
  --stack <name>      only this stack; may be given several times
  --json              findings as JSON, for machines
  --policy            print the least IAM policy with which it reads everything, and end
  --checks            print the list of checks, and end
  --help              print this, and end

Exit codes: 0 nothing found, 1 something found, 2 called wrongly, 3 nothing found, but not everything could be read.

Examples:
  npx cdk synth && npx cdk-secure-mlops preflight
  AWS_PROFILE=team npx cdk-secure-mlops preflight cdk.out --stack Churn
  npx cdk-secure-mlops preflight product.template.json --region eu-west-1 --json
  npx cdk-secure-mlops preflight --policy > preflight-policy.json
`;
