import { RenderedTemplate } from './rendered-template';

/** Resources that belong to one that has a description itself, a role or a security group. */
const PARTS = ['AWS::IAM::ManagedPolicy', 'AWS::EC2::SecurityGroupIngress', 'AWS::EC2::SecurityGroupEgress'];

/** Takes off what parts of a role or a security group say of themselves. */
export function removeDescriptions({ Resources = {} }: RenderedTemplate): void {
  for (const { Type, Properties } of Object.values(Resources)) {
    if (PARTS.includes(Type)) delete Properties?.Description;
  }
}
