import { Aws, CfnOutput, CfnParameter, Fn } from 'aws-cdk-lib';
import { carried, carriedTemplate } from './carried';

describe('parameters', () => {
  test('a stored parameter has the type of its value and the literal name, and whoever deploys can name no other', () => {
    const made = carried();
    const subnets = made.template.addStoredParameter('Subnets', { parameterName: '/secure-mlops/churn/network/subnet-ids', valueType: 'List<AWS::EC2::Subnet::Id>', description: 'Subnets' });
    new CfnOutput(made.template, 'First', { value: Fn.select(0, subnets.valueAsList) });
    const { Parameters, Outputs } = carriedTemplate(made);
    expect(Parameters).toEqual({
      Subnets: {
        Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>',
        Default: '/secure-mlops/churn/network/subnet-ids',
        AllowedValues: ['/secure-mlops/churn/network/subnet-ids'],
        Description: 'Subnets',
      },
    });
    expect(Outputs.First.Value).toEqual({ 'Fn::Select': [0, { Ref: 'Subnets' }] });
  });

  test('a token as the name of a stored parameter is refused', () => {
    const { template } = carried();
    expect(() => template.addStoredParameter('Vpc', { parameterName: `/secure-mlops/${Aws.REGION}/vpc` }))
      .toThrow('[Parent/Template/Vpc] parameterName must be a literal, got "a token". CloudFormation takes no intrinsic');
  });

  test.each(['Strings', 'List<String', 'AWS::EC2::VPC::Id>', 'List<CommaDelimitedList>', 'SecureString'])('%s is no type of a stored value', (valueType) => {
    const { template } = carried();
    expect(() => template.addStoredParameter('Value', { parameterName: '/value', valueType })).toThrow('[Parent/Template/Value] valueType must be');
  });

  test('an intrinsic as a default is refused, wherever it comes from', () => {
    const made = carried();
    new CfnParameter(made.template, 'Vpc', { type: 'AWS::SSM::Parameter::Value<String>', default: `/secure-mlops/${Aws.REGION}/vpc` });
    expect(() => made.app.synth()).toThrow(/\[Parent\/Template\] default of parameter \w+ must be a literal, got {"Fn::Join"/);
  });

  test('groups and labels are what the console shows', () => {
    const made = carried();
    made.template.addParameter('Owner', { group: 'Environment', label: 'Owner' });
    made.template.addStoredParameter('Vpc', { parameterName: '/vpc', group: 'Network', label: 'VPC' });
    made.template.addParameter('Name', { group: 'Environment' });
    made.template.addParameter('Plain');
    expect(carriedTemplate(made).Metadata).toEqual({
      'AWS::CloudFormation::Interface': {
        ParameterGroups: [
          { Label: { default: 'Environment' }, Parameters: ['Owner', 'Name'] },
          { Label: { default: 'Network' }, Parameters: ['Vpc'] },
        ],
        ParameterLabels: { Owner: { default: 'Owner' }, Vpc: { default: 'VPC' } },
      },
    });
  });
});
