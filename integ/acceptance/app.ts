import { App, Duration, RemovalPolicy, Stack, StackProps, Tags, aws_iam as iam, aws_s3 as s3 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { Extra } from './extras';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, EnvironmentNetwork, InternetAccess, MonitoringCheck, Persona } from '../../src';
import { offerEveryBlueprint } from '../../test/mlops/blueprints';

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

/** Where rows wait for batch inference; the one of the seed code. */
export const BATCH_INPUT = 'batch/input/';
/** What the firewall lets pass, where there is one. */
export const ALLOWED_DOMAIN = 'pypi.org';

/** Models go to the account that they are made in: nobody needs a second one. */
export const STAGE = 'staging';

/** An environment as the README's one line makes it, with two people and project templates, which goes with all that is in it. */
class AcceptanceStack extends Stack {
  public readonly churn: DataScienceEnvironment;
  public readonly stage: DeploymentStage;

  constructor(scope: Construct, id: string, { state, extras, ...props }: StackProps & { readonly state: AppState; readonly extras: Extra[] }) {
    super(scope, id, { description: 'What only an AWS account can show of cdk-secure-mlops; it may be deleted', ...props });
    this.stage = DeploymentStage.sameAccount(STAGE, { monitoring: {} });
    const environment = this.churn = new DataScienceEnvironment(this, 'Environment', {
      environmentName: ENVIRONMENT_NAME,
      removalPolicy: RemovalPolicy.DESTROY,
      deploymentStages: [this.stage],
      sharedSpaces: true,
      featureStore: true,
      storage: { outputPrefixes: ['outputs/', BATCH_INPUT] }, // a job prepares what is inferred in batches
      network: extras.includes(Extra.FIREWALL) ? this.inspected() : undefined,
      mlflow: extras.includes(Extra.MLFLOW) ? {} : undefined,
    });
    if (state !== AppState.WITHOUT_PERSON) environment.addUser(PERSON, { persona: Persona.DATA_SCIENTIST });
    environment.addUser('acceptance-bob', { persona: Persona.ML_ENGINEER });
    offerEveryBlueprint(environment, { checks: [MonitoringCheck.dataQuality()] });
    // Repositories of projects are deleted before, and nothing else needs this key.
    environment.keys.artifacts.applyRemovalPolicy(RemovalPolicy.DESTROY);
    this.letIn(environment.executionRoles.studioRole.role);
    if (state !== AppState.FIRST) {
      Tags.of(this).add('acceptance', 'changed');
      // As somebody adds one by the bucket's own method.
      (environment.storage.dataBucket as s3.Bucket).addLifecycleRule({ prefix: 'acceptance/', expiration: Duration.days(7) });
    }
  }

  private inspected(): EnvironmentNetwork {
    return new EnvironmentNetwork(this, 'Network', {
      removalPolicy: RemovalPolicy.DESTROY, internetAccess: InternetAccess.inspected({ allowedDomains: [ALLOWED_DOMAIN], natGateways: 1 }),
    });
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
export function synthesize(state: AppState, env: { account: string; region: string }, outdir: string, extras: Extra[] = []): void {
  const app = new App({ outdir, context: { '@cdk-secure-mlops/destroy-data': true }, analyticsReporting: false });
  const { churn: environment, stage } = new AcceptanceStack(app, STACK_NAME, { env, state, extras });
  const target = new Stack(app, `${STACK_NAME}Target`, { env, description: 'Where models of the acceptance are deployed; it may be deleted' });
  new CrossAccountDeploymentTarget(target, 'Target', { environment, stage, removalPolicy: RemovalPolicy.DESTROY });
  app.synth();
}
