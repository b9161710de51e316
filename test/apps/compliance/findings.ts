import { App, CfnResource, PolicyViolation } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R4Checks, NIST80053R5Checks, NagPack, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { OWN_THINGS } from './own-things';
import { acknowledgedAt, Acknowledgement } from '../../../src/private/acknowledgements';

/** A rule that a construct breaks. */
export interface Finding {
  /** As the pack names it. */
  readonly id: string;
  readonly construct: string;
}

/** The packs that every app is held to. */
export function packs(): NagPack[] {
  return [
    new AwsSolutionsChecks(), new NIST80053R5Checks(), new NIST80053R4Checks(), new HIPAASecurityChecks(),
    new PCIDSS321Checks(), new ServerlessChecks(),
  ];
}

/** What a report says of an app that was synthesized: nothing that was acknowledged. */
export function findings(app: App): Finding[] {
  return packs().flatMap((pack) => pack.validateScope(app).violations).flatMap(split);
}

/** What the packs find, acknowledged or not. */
export function findingsInAll(app: App): Finding[] {
  return packs().flatMap((pack) => {
    Object.assign(pack, { isAcknowledged: () => false });
    return pack.validateScope(app).violations;
  }).flatMap(split);
}

/** The rule without its pack. */
export function ruleOf({ id }: Finding): string {
  return id.replace(/^(AwsSolutions|NIST\.800\.53\.R[45]|HIPAA\.Security|PCI\.DSS\.321|Serverless)-/, '');
}

/** Whether something is the app's own and not the library's. */
export function isOwn(finding: Finding): boolean {
  return OWN_THINGS.some(({ rules, constructs }) => rules.test(ruleOf(finding)) && constructs.test(finding.construct));
}

/** The library's acknowledgements that findings in an app rest on. */
export function acknowledgementsOf(app: App): Set<Acknowledgement> {
  const resources = new Map(app.node.findAll().filter((node) => CfnResource.isCfnResource(node)).map((resource) => [resource.node.path, resource]));
  return new Set(findingsInAll(app).flatMap((finding) => {
    const resource = resources.get(finding.construct);
    if (resource === undefined) return [];
    return acknowledgedAt(resource).filter(({ rule, finding: text }) => ruleOf(finding) === (text === undefined ? rule : `${rule}[${text}]`)).flatMap(({ because }) => because);
  }));
}

function split({ ruleName, violatingResources }: PolicyViolation): Finding[] {
  return violatingResources.map(({ constructPath, resourceLogicalId }) => ({ id: ruleName, construct: constructPath ?? resourceLogicalId ?? '' }));
}
