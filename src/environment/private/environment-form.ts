import { CfnParameter, Stack } from 'aws-cdk-lib';
import { ParameterInterface } from '../../templates/parameter-interface';

/** A question of a form. */
export interface Question {
  readonly pattern: string;
  /** The pattern as a sentence that follows `must`. */
  readonly rule: string;
  readonly label: string;
  readonly group: string;
  readonly description: string;
  readonly default?: string;
  /** Answers of which one is chosen, in place of the pattern. */
  readonly choices?: string[];
}

/** The parameters of a template that a person fills in. */
export class EnvironmentForm {
  private readonly shown: ParameterInterface;

  constructor(private readonly scope: Stack) {
    this.shown = new ParameterInterface(scope);
  }

  /** Adds a parameter, with its rule in the words of the errors at synthesis. */
  public ask(id: string, { pattern, rule, label, group, choices, ...question }: Question): string {
    const among = choices === undefined ? { allowedPattern: pattern } : { allowedValues: choices };
    const parameter = new CfnParameter(this.scope, id, { ...question, ...among, type: 'String', constraintDescription: `${label} must ${rule}` });
    this.shown.present(parameter, { label, group });
    return parameter.valueAsString;
  }
}
