import { App, Duration, RemovalPolicy, Stack, StackProps, Tags, aws_iam as iam, aws_s3 as s3 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DataScienceEnvironment, Persona, ProjectBlueprint } from '../../src';

export const ENVIRONMENT_NAME = 'acceptance';
export const STACK_NAME = 'SecureMlopsAcceptance';
/** The IAM user who tries what people and workloads may; made and removed by the program itself. */
export const PERSON = 'acceptance-alice';

/** The states in which the app is deployed. */
export enum AppState {
  FIRST = 'first',
  /** Other tags and another lifecycle rule: everything is updated in place. */
  CHANGED = 'changed',
  /** Somebody has left whose space is still there. */
  WITHOUT_PERSON = 'without-person',
}

/** An environment as the README's one line makes it, with two people and a project template, which goes with all that is in it. */
class AcceptanceStack extends Stack {
  constructor(scope: Construct, id: string, { state, ...props }: StackProps & { readonly state: AppState }) {
    super(scope, id, { description: 'What only an AWS account can show of cdk-secure-mlops; it may be deleted', ...props });
    const environment = new DataScienceEnvironment(this, 'Environment', { environmentName: ENVIRONMENT_NAME, removalPolicy: RemovalPolicy.DESTROY });
    if (state !== AppState.WITHOUT_PERSON) environment.addUser(PERSON, { persona: Persona.DATA_SCIENTIST });
    environment.addUser('acceptance-bob', { persona: Persona.ML_ENGINEER });
    environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    this.letIn(environment.executionRoles.studio.role);
    if (state !== AppState.FIRST) {
      Tags.of(this).add('acceptance', 'changed');
      // As somebody adds one by the bucket's own method.
      (environment.storage.data as s3.Bucket).addLifecycleRule({ prefix: 'acceptance/', expiration: Duration.days(7) });
    }
  }

  /** The program tries what a notebook may; on AWS only SageMaker takes this role. */
  private letIn(role: iam.IRole): void {
    (role as iam.Role).assumeRolePolicy!.addStatements(new iam.PolicyStatement({
      principals: [new iam.AccountRootPrincipal()],
      actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
      conditions: { ArnEquals: { 'aws:PrincipalArn': this.formatArn({ service: 'iam', region: '', resource: 'user', resourceName: PERSON }) } },
    }));
  }
}

/** The app in a state, synthesized into a folder. */
export function synthesize(state: AppState, env: { account: string; region: string }, outdir: string): void {
  const app = new App({ outdir, context: { '@cdk-secure-mlops/destroy-data': true }, analyticsReporting: false });
  new AcceptanceStack(app, STACK_NAME, { env, state });
  app.synth();
}
