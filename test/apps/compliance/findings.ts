import { App, PolicyViolation, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, NagPack, PCIDSS321Checks } from 'cdk-nag';
import { ACKNOWLEDGEMENTS, Acknowledgement } from './acknowledgements';
import { listOf, PolicyDocument } from '../../access/policy-document';

/** A rule that a construct breaks. */
export interface Finding {
  /** As the pack names it. */
  readonly id: string;
  readonly construct: string;
}

/** The packs that every app is held to. */
export function packs(): NagPack[] {
  return [new AwsSolutionsChecks(), new NIST80053R5Checks(), new HIPAASecurityChecks(), new PCIDSS321Checks()];
}

/** What the packs find in an app, after its synthesis. */
export function findings(app: App): Finding[] {
  return packs().flatMap((pack) => pack.validateScope(app).violations).flatMap(split).flatMap((finding) => byAction(app, finding));
}

/**
 * The acknowledgement of a finding. Kept in a table rather than at the constructs: CDK's own `Validations.acknowledge`
 * refuses ids with a pseudo parameter in them (`…[Resource::arn:<AWS::Partition>:…]`), so that there one could only
 * acknowledge every wildcard of a policy at once.
 */
export function acknowledgementOf(finding: Finding): Acknowledgement | undefined {
  return ACKNOWLEDGEMENTS.find((one) => one.rule.test(ruleOf(finding)) && one.constructs.test(finding.construct));
}

/** The rule without its pack, and where it names resources, without account, region and partition. */
export function ruleOf({ id }: Finding): string {
  return id
    .replace(/^(AwsSolutions|NIST\.800\.53\.R5|HIPAA\.Security|PCI\.DSS\.321)-/, '')
    .replace(/arn:<AWS::Partition>:(\w+):(<AWS::Region>|[a-z]{2}(?:-[a-z]+)+-\d):(<AWS::AccountId>|\d{12})(?=:)/, 'arn:PARTITION:$1:REGION:ACCOUNT')
    .replace(/arn:<AWS::Partition>:(\w+):(<AWS::Region>|[a-z]{2}(?:-[a-z]+)+-\d):/, 'arn:PARTITION:$1:REGION:')
    .replace(/arn:<AWS::Partition>:/, 'arn:PARTITION:');
}

/** That a policy is about every resource says nothing yet: a finding for each action, so that each needs its reason. */
function byAction(app: App, finding: Finding): Finding[] {
  if (!finding.id.endsWith('[Resource::*]')) return [finding];
  const policy = app.node.findAll().find(({ node }) => node.path === finding.construct);
  if (!(policy instanceof CfnManagedPolicy)) return [finding];
  const { Statement } = Stack.of(policy).resolve(policy.policyDocument) as PolicyDocument;
  return Statement
    .filter(({ Effect, Resource }) => Effect === 'Allow' && listOf(Resource).includes('*'))
    .flatMap(({ Action }) => listOf(Action).map((action) => ({ ...finding, id: `${finding.id}(${action})` })));
}

function split({ ruleName, violatingResources }: PolicyViolation): Finding[] {
  return violatingResources.map(({ constructPath, resourceLogicalId }) => ({ id: ruleName, construct: constructPath ?? resourceLogicalId ?? '' }));
}
