import { CfnParameter } from 'aws-cdk-lib';
import { EnvironmentNames, TargetParameter } from '../names';
import { pascalCase } from '../private/pascal-case';
import { SelfContainedTemplate } from '../templates';

/** Parameters of a template whose values CloudFormation reads from a target's SSM parameters, each made once. */
export function storedTargetParameters(template: SelfContainedTemplate, names: EnvironmentNames, stageName: string) {
  return (parameter: TargetParameter): CfnParameter => {
    const id = pascalCase(parameter.path.split('/')[1]);
    return template.node.tryFindChild(id) as CfnParameter | undefined ?? template.addStoredParameter(id, {
      group: 'Target', parameterName: names.targetParameterName(stageName, parameter), valueType: parameter.isList ? 'List<String>' : undefined,
    });
  };
}
