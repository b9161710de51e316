import { Aws, CfnRule, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../../names';
import { isKnown } from '../../private/input-check';
import { ENVIRONMENT_NAME_RULE } from '../../private/name-rule';
import { pascalCase } from '../../private/pascal-case';
import { DeploymentStage, IDataScienceEnvironment } from '../../stages';
import { SelfContainedTemplate } from '../../templates';

/** What the form of a target is made of. */
export interface TargetFormProps {
  readonly stages: DeploymentStage[];
  readonly environmentAccounts: string[];
}

/** What a person says of a target: the environment whose models it takes, and the stage. The console refuses what cannot be. */
export class TargetForm {
  public readonly environmentName: string;
  public readonly environmentAccount: string;
  public readonly stageName: string;

  constructor(private readonly template: SelfContainedTemplate, { stages, environmentAccounts }: TargetFormProps) {
    const { pattern, rule } = ENVIRONMENT_NAME_RULE;
    this.environmentName = template.addParameter('EnvironmentName', {
      label: 'Name',
      group: 'Environment',
      description: 'Environment whose models are deployed here: names of roles and keys are made of it, so that it cannot be changed',
      allowedPattern: pattern,
      constraintDescription: `Name must ${rule}`,
    }).valueAsString;
    this.environmentAccount = this.choose('EnvironmentAccount', 'Account', 'Environment', 'Account of that environment, whose pipelines deploy here', environmentAccounts);
    this.stageName = this.choose('Stage', 'Stage', 'Target', 'Stage that this account belongs to', stages.map(({ stageName }) => stageName));
    this.refuseAccounts(stages);
  }

  private choose(id: string, label: string, group: string, description: string, allowedValues: string[]): string {
    return this.template.addParameter(id, {
      label, group, description, allowedValues, default: allowedValues.length === 1 ? allowedValues[0] : undefined, constraintDescription: `${label} must be ${allowedValues.join(' or ')}`,
    }).valueAsString;
  }

  /** The account is where the form is filled in, and people cannot choose it there. */
  private refuseAccounts(stages: DeploymentStage[]): void {
    new CfnRule(this.template, 'TargetIsAnotherAccount', {
      assertions: [{
        assert: Fn.conditionNot(Fn.conditionEquals(this.environmentAccount, Aws.ACCOUNT_ID)),
        assertDescription: 'Account must be another account than this one, in which models are deployed',
      }],
    });
    for (const { stageName, accountIds } of stages.filter((stage) => stage.accountIds.length > 0 && stage.accountIds.every(isKnown))) {
      new CfnRule(this.template, `AccountIsIn${pascalCase(stageName)}`, {
        ruleCondition: Fn.conditionEquals(this.stageName, stageName),
        assertions: [{ assert: Fn.conditionContains(accountIds, Aws.ACCOUNT_ID), assertDescription: `Stage must be one that this account belongs to, and ${stageName} has other accounts` }],
      });
    }
  }
}

/** The environment that the form names. */
export class AskedEnvironment extends Construct implements IDataScienceEnvironment {
  public readonly environmentName: string;

  constructor(scope: Construct, id: string, public readonly names: EnvironmentNames) {
    super(scope, id);
    this.environmentName = names.environmentName;
  }

  /** Its stages are not known here. */
  public deploysTo(_stage: DeploymentStage): boolean {
    return true;
  }
}
