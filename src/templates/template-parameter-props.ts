import { CfnParameterProps } from 'aws-cdk-lib';

/**
 * Presentation of a parameter in the console.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-cloudformation-interface.html
 * @internal
 */
export interface ParameterPresentation {
  /**
   * Label that the console shows instead of the parameter's name.
   *
   * @default - the parameter's name
   */
  readonly label?: string;

  /**
   * Heading of the group of parameters in the console.
   *
   * Groups and the parameters in them keep the order in which they were added.
   *
   * @default - below all groups
   */
  readonly group?: string;
}

/** Properties of a parameter whose value is set when the template is deployed. */
export interface TemplateParameterProps extends CfnParameterProps, ParameterPresentation {}

/** Properties of a parameter whose value comes from Systems Manager Parameter Store where the template is deployed. */
export interface StoredParameterProps extends ParameterPresentation {
  /** Name of the Systems Manager parameter, a literal because CloudFormation accepts no intrinsic function as a default. */
  readonly parameterName: string;

  /**
   * Type of the value: `String`, `List<String>`, `CommaDelimitedList`, or an AWS-specific type such as `AWS::EC2::VPC::Id`.
   *
   * CloudFormation checks values of AWS-specific types, also of lists such as `List<AWS::EC2::Subnet::Id>`.
   *
   * @default 'String'
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
   */
  readonly valueType?: string;

  /**
   * Description of the value.
   *
   * @default - no description
   */
  readonly description?: string;
}
