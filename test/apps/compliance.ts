import { App, PolicyViolation } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, NagPack, PCIDSS321Checks } from 'cdk-nag';
import { IConstruct } from 'constructs';

/** A rule that a construct breaks and nobody has acknowledged. */
export interface Finding {
  readonly rule: string;
  readonly construct: string;
  readonly description: string;
}

/** The packs that every app is held to. */
export function packs(scope?: IConstruct): NagPack[] {
  return [new AwsSolutionsChecks(scope), new NIST80053R5Checks(scope), new HIPAASecurityChecks(scope), new PCIDSS321Checks(scope)];
}

/** What the packs find in an app that is synthesized already. */
export function findings(app: App): Finding[] {
  return packs().flatMap((pack) => pack.validateScope(app).violations).flatMap(split);
}

function split({ ruleName, description, violatingResources }: PolicyViolation): Finding[] {
  return violatingResources.map(({ constructPath, resourceLogicalId }) => ({ rule: ruleName, construct: constructPath ?? resourceLogicalId ?? '', description }));
}
