import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ControlsStack } from './controls-stack';
import { OrganizationGuardrails } from '../../../src';

/** Properties of the stack. */
export interface OrganizationStackProps extends StackProps {
  /** What the account has already, whose function corrects buckets under the guardrails too. */
  readonly controls: ControlsStack;
}

/** What the organization lets nobody do in the environment's account, whatever its administrators allow themselves. */
export class OrganizationStack extends Stack {
  public readonly guardrails: OrganizationGuardrails;

  constructor(scope: Construct, id: string, { controls, ...props }: OrganizationStackProps) {
    super(scope, id, { description: 'Guardrails of an organization', ...props });
    const role = (name: string) => this.formatArn({ service: 'iam', region: '', account: '*', resource: 'role', resourceName: name });
    this.guardrails = new OrganizationGuardrails(this, 'Guardrails', {
      organizationId: 'o-exampleorg',
      targetIds: ['ou-ab12-data1111'],
      deployingRoles: [role('cdk-hnb659fds-cfn-exec-role-*'), role('cdk-hnb659fds-deploy-role-*')],
      // CloudFormation names the role: after its stack, its logical id, and letters of its own.
      exemptRoles: [role('break-glass'), role(`${controls.stackName}-CorrectiveRole*`)],
    });
    this.addDependency(controls); // else nobody could make the roles of the controls but the deploying ones
  }
}
