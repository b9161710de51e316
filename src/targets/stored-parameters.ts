import { CfnParameter } from 'aws-cdk-lib';
import { pascalCase } from '../private/pascal-case';
import { EnvironmentRegistry, TargetParameter } from '../registry';
import { SelfContainedTemplate } from '../templates';

/** Parameters of a template whose values CloudFormation reads from a target's registry, each made once. */
export function storedTargetParameters(template: SelfContainedTemplate, registry: EnvironmentRegistry, stageName: string) {
  return (parameter: TargetParameter): CfnParameter => {
    const id = pascalCase(parameter.path.split('/')[1]);
    return template.node.tryFindChild(id) as CfnParameter | undefined ?? template.addStoredParameter(id, {
      group: 'Target', parameterName: registry.targetParameterName(stageName, parameter), valueType: parameter.isList ? 'List<String>' : undefined,
    });
  };
}
