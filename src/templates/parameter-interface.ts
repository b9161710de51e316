import { CfnParameter, Lazy, Stack } from 'aws-cdk-lib';
import { ParameterPresentation } from './template-parameter-props';

/**
 * Headings and labels of a template's parameters.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-interface.html
 */
export class ParameterInterface {
  private readonly groups = new Map<string, CfnParameter[]>();
  private readonly labels: [CfnParameter, string][] = [];

  constructor(private readonly stack: Stack) {}

  public present(parameter: CfnParameter, { group, label }: ParameterPresentation): void {
    if (group === undefined && label === undefined) return;
    if (this.groups.size === 0 && this.labels.length === 0) {
      this.stack.addMetadata('AWS::CloudFormation::Interface', Lazy.uncachedAny({ produce: () => this.render() }));
    }
    if (group !== undefined) this.groups.set(group, [...(this.groups.get(group) ?? []), parameter]);
    if (label !== undefined) this.labels.push([parameter, label]);
  }

  private render(): object {
    const nameOf = (parameter: CfnParameter) => String(this.stack.resolve(parameter.logicalId));
    return {
      ParameterGroups: [...this.groups].map(([group, parameters]) => ({ Label: { default: group }, Parameters: parameters.map(nameOf) })),
      ParameterLabels: Object.fromEntries(this.labels.map(([parameter, label]) => [nameOf(parameter), { default: label }])),
    };
  }
}
