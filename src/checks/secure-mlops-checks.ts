import { basename } from 'path';
import { IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { PREFIX } from './core/acknowledged';
import { Looked, templatesOf } from './core/assembly';
import { Finding, look } from './core/look';
import { mappingOf } from './core/mapping';
import { Refused } from './core/refused';
import { Rule } from './core/rule';
import { RULES, unknownAmong } from './rules/all';
import { SecureMlopsChecksProps } from './secure-mlops-checks-props';
import { InputCheck } from '../private/input-check';

/** A finding in the template that it was made in. */
interface Found extends Finding {
  readonly template: string;
}

/**
 * Checks of what an app makes of SageMaker, and of the roles, buckets and keys around it, when the app is synthesized.
 *
 * Whatever constructs the app is made of: its templates are read. A resource that breaks a rule fails the synthesis unless it
 * is acknowledged with a reason. What only the deployment decides is a warning, never compliant.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class SecureMlopsChecks implements IPolicyValidationPlugin {
  /** Name of the plugin in the validation report. */
  public readonly name = 'SecureMlopsChecks';

  /** Names of the rules that it looks at, as reports and acknowledgements have them. */
  public readonly ruleIds?: string[];

  private readonly rules: readonly Rule[];
  private readonly imageAccounts: readonly string[];

  /** @throws ValidationError if a rule is named that there is not, or none is left */
  constructor(props: SecureMlopsChecksProps = {}) {
    const { rules = RULES.map(({ id }) => id), excludedRules = [], imageAccounts = [] } = props;
    const remedy = `The rules are ${RULES.map(({ id }) => id).join(', ')}`;
    const check = new InputCheck('SecureMlopsChecks').notEmpty('rules', rules);
    for (const [property, names] of [['rules', rules], ['excludedRules', excludedRules]] as const) {
      check.every(property, names, (name) => unknownAmong([name]).length === 0, 'be names of rules', remedy);
    }
    check.accountIds('imageAccounts', imageAccounts).throwIfInvalid();
    this.rules = RULES.filter(({ id }) => rules.includes(id) && !excludedRules.includes(id));
    new InputCheck('SecureMlopsChecks').that('excludedRules', excludedRules, () => this.rules.length > 0, 'leave a rule to look at', 'Exclude fewer').throwIfInvalid();
    this.imageAccounts = imageAccounts;
    this.ruleIds = this.rules.map(({ id }) => `${PREFIX}${id}`);
  }

  /**
   * Looks at the templates of an app.
   *
   * Called by the CDK when the app is synthesized.
   */
  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const found = this.looked(context.templatePaths).flatMap(({ file, template, reasonOf }) => (
      look(template, this.rules, reasonOf).map((one): Found => ({ ...one, template: file }))
    ));
    const open = found.filter(({ reason }) => reason === undefined);
    const of = (rule: Rule, kind: Finding['kind']) => open.filter((one) => one.rule === rule && one.kind === kind);
    return {
      success: !open.some(({ kind }) => kind === 'violation'),
      violations: this.rules.flatMap((rule) => [...violationsOf(rule, of(rule, 'violation')), ...violationsOf(rule, of(rule, 'unknown'))]),
      metadata: {
        acknowledged: String(found.length - open.length),
        unknown: String(open.filter(({ kind }) => kind === 'unknown').length),
      },
    };
  }

  private looked(files: string[]): Looked[] {
    try {
      return templatesOf(files, { imageAccounts: this.imageAccounts });
    } catch (error) {
      throw error instanceof Refused ? new Error(`${basename(error.file ?? '')} cannot be looked at. ${error.message}.`) : error;
    }
  }
}

/** One for each type of resource, for AWS has controls of its own for each. */
function violationsOf(rule: Rule, found: readonly Found[]): PolicyViolation[] {
  const types = [...new Set(found.map(({ resource }) => resource.type))];
  return types.map((type): PolicyViolation => {
    const { controls, configRules, nist, pci, packs } = mappingOf(rule, type);
    const isUnknown = found[0].kind === 'unknown';
    const mapped = { 'Severity': [rule.severity], 'Security Hub': controls, 'AWS Config': configRules, 'NIST 800-53 r5': nist, 'PCI DSS': pci, 'Conformance packs': packs };
    return {
      ruleName: `${PREFIX}${rule.id}`,
      description: isUnknown ? `${rule.title} Only the deployment will tell.` : rule.title,
      fix: `${rule.remedy} ${rule.page}`,
      severity: isUnknown ? 'warning' : 'error',
      ruleMetadata: Object.fromEntries(Object.entries(mapped).filter(([, names]) => names.length > 0).map(([name, names]) => [name, names.join(', ')])),
      violatingResources: found.filter(({ resource }) => resource.type === type)
        .map(({ resource, template, message }) => ({ resourceLogicalId: resource.logicalId, templatePath: template, locations: [message] })),
    };
  });
}
