import { CfnStackSet, Stack, StackProps, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';

export const ADMINISTRATION = 'rehearsed-administration';
export const EXECUTION = 'rehearsed-execution';
export const PIPELINE = 'rehearsed-pipeline';
export const TESTER = 'rehearsed-tester';
/** Names of stack sets and of what they make begin with it. */
export const PREFIX = 'rehearsed--';

/** Where the pipeline is: it uses stack sets through an administration role, and becomes the tester of a target. */
export class PipelineAccountStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { targets: string[] }) {
    super(scope, id, props);
    const { account, region } = this;
    const administration = new iam.Role(this, 'Administration', {
      roleName: ADMINISTRATION,
      assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${this.partition}:cloudformation:${region}:${account}:stackset/${PREFIX}*` },
        },
      }),
    });
    const inTargets = (name: string) => props.targets.map((target) => `arn:${this.partition}:iam::${target}:role/${name}`);
    administration.addToPolicy(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: inTargets(EXECUTION) }));

    const pipeline = new iam.Role(this, 'Pipeline', { roleName: PIPELINE, assumedBy: new iam.AccountRootPrincipal() });
    pipeline.addToPolicy(new iam.PolicyStatement({ actions: ['cloudformation:*StackSet*', 'cloudformation:*StackInstance*'], resources: ['*'] }));
    pipeline.addToPolicy(new iam.PolicyStatement({ actions: ['sts:AssumeRole'], resources: inTargets('*') }));
    administration.grantPassRole(pipeline);
  }
}

/** A target: one role deploys, trusted by the administration role alone; another looks at the outcome, trusted by the pipeline alone. */
export class TargetAccountStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { pipelineAccount: string }) {
    super(scope, id, props);
    const { account, region, partition } = this;
    const trusting = (name: string) => new iam.AccountPrincipal(props.pipelineAccount)
      .withConditions({ ArnEquals: { 'aws:PrincipalArn': `arn:${partition}:iam::${props.pipelineAccount}:role/${name}` } });
    const parameters = `arn:${partition}:ssm:${region}:${account}:parameter/${PREFIX}*`;
    const execution = new iam.Role(this, 'Execution', { roleName: EXECUTION, assumedBy: trusting(ADMINISTRATION) });
    execution.addToPolicy(new iam.PolicyStatement({ actions: ['cloudformation:*'], resources: [`arn:${partition}:cloudformation:${region}:${account}:stack/StackSet-${PREFIX}*`] }));
    execution.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:PutParameter', 'ssm:DeleteParameter'], resources: [parameters] }));
    const tester = new iam.Role(this, 'Tester', { roleName: TESTER, assumedBy: trusting(PIPELINE) });
    tester.addToPolicy(new iam.PolicyStatement({ actions: ['ssm:GetParameters'], resources: [parameters] }));
  }
}

/** The platform: what every account of a unit gets, by a stack set of the organization. */
export class PlatformAccountStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps & { unit: string; value: string }) {
    super(scope, id, props);
    new CfnStackSet(this, 'Baseline', {
      stackSetName: 'baseline',
      permissionModel: 'SERVICE_MANAGED',
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: false },
      stackInstancesGroup: [{ deploymentTargets: { organizationalUnitIds: [props.unit] }, regions: [this.region] }],
      templateBody: JSON.stringify({ Resources: { Baseline: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/baseline', Type: 'String', Value: props.value } } } }),
    });
  }
}
