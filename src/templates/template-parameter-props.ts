import { CfnParameterProps } from 'aws-cdk-lib';

/** How people find a parameter in the console. */
export interface ParameterPresentation {
  /**
   * What people read instead of the parameter's name.
   *
   * @default - the parameter's name
   */
  readonly label?: string;

  /**
   * The heading under which the parameter stands. Groups and the parameters in them keep the order in which they were
   * added.
   *
   * @default - below all groups
   */
  readonly group?: string;
}

/** Properties of a parameter that is given when the template is deployed. */
export interface TemplateParameterProps extends CfnParameterProps, ParameterPresentation {}

/** Properties of a parameter whose value is kept in Systems Manager where the template is deployed. */
export interface StoredParameterProps extends ParameterPresentation {
  /**
   * Name of the Systems Manager parameter. A literal: CloudFormation takes no intrinsic as a default.
   */
  readonly parameterName: string;

  /**
   * Type of the value: `String`, `List<String>`, `CommaDelimitedList`, or a type that CloudFormation checks, such as
   * `AWS::EC2::VPC::Id` or `List<AWS::EC2::Subnet::Id>`.
   *
   * @default 'String'
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
   */
  readonly valueType?: string;

  /**
   * What the value is.
   *
   * @default - no description
   */
  readonly description?: string;
}
