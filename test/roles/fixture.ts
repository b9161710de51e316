import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { SigningProfile } from 'aws-cdk-lib/aws-signer';
import { DataScienceEnvironment, DeploymentStage, ModelPromotion, ProjectBlueprint, TemplateDelivery } from '../../src';
import { listOf, PolicyStatement } from '../access/policy-document';
import { offerEveryBlueprint } from '../mlops/blueprints';
import { STAGING, target } from '../targets/fixture';

interface Resource {
  readonly Type: string;
  readonly Properties: {
    readonly RoleName?: string;
    readonly Roles?: { readonly Ref: string }[];
    readonly PolicyDocument?: { readonly Statement: PolicyStatement[] };
  };
}

/** The policies of the roles of a template. */
export class RolesOf {
  constructor(private readonly resources: Record<string, Resource>) {}

  /** Actions, or patterns of them, that the policies of a role allow. */
  public allowed(roleName: string): string[] {
    const [id] = Object.entries(this.resources).find(([, { Properties }]) => Properties?.RoleName === roleName) ?? [];
    const statements = Object.values(this.resources)
      .filter(({ Type, Properties }) => Type === 'AWS::IAM::ManagedPolicy' && Properties.Roles?.some(({ Ref }) => Ref === id))
      .flatMap(({ Properties }) => Properties.PolicyDocument!.Statement);
    return statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => listOf(Action));
  }
}

function rolesOf(app: App, stack: Stack): RolesOf {
  return new RolesOf((app.synth().getStackArtifact(stack.artifactId).template as { Resources: Record<string, Resource> }).Resources);
}

/** The roles of an environment that has everything. */
export function rolesOfEnvironment(): RolesOf {
  const app = new App({ analyticsReporting: false, context: { '@cdk-secure-mlops/destroy-data': true } }); // what empties buckets is there as well
  const stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' }, suppressTemplateIndentation: true }); // with white space it would be too large
  const monitoring = {}, promotion = ModelPromotion.copy();
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn',
    removalPolicy: RemovalPolicy.DESTROY,
    packageIndex: {},
    dataPreparation: {},
    mlflow: {},
    featureStore: true,
    sharedSpaces: true,
    imageSigningProfile: SigningProfile.fromSigningProfileAttributes(stack, 'Signing', { signingProfileName: 'churn_images', signingProfileVersion: 'version' }),
    deploymentStages: [
      DeploymentStage.accounts('staging', { accounts: ['222222222222'], promotion, monitoring }),
      DeploymentStage.accounts('production', { accounts: ['333333333333'], monitoring }),
    ],
  });
  offerEveryBlueprint(environment);
  environment.addMemberProduct();
  environment.addProjectTemplate('TrainFromS3', { blueprint: ProjectBlueprint.buildTrain(), delivery: TemplateDelivery.s3() });
  return rolesOf(app, stack);
}

/** The roles of a deployment target that has everything. */
export function rolesOfTarget(): RolesOf {
  const stage = DeploymentStage.accounts('staging', { accounts: [STAGING.account!], monitoring: {}, promotion: ModelPromotion.copy() });
  const { app, stack } = target({ stage, enableSageMakerModelAccess: true });
  return rolesOf(app, stack);
}
