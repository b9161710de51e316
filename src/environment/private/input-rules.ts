import { Token } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { ProjectTemplateOptions } from '../../mlops';
import { InputCheck } from '../../private/input-check';
import { throwValidationError } from '../../private/invalid-input';
import { EnvironmentRegistry } from '../../registry';
import { EnvironmentStorage } from '../../storage';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** Where `Role.customizeRoles` leaves its settings. */
const CUSTOMIZED_ROLES = '@aws-cdk/iam:customizeRoles';

/** Refuses what concerns the environment alone. */
export function checkEnvironment(environment: Construct, props: DataScienceEnvironmentProps): void {
  new InputCheck(environment).given('environmentName', props.environmentName).tagValue('owner', props.owner).throwIfInvalid();
  if (environment.node.tryGetContext(CUSTOMIZED_ROLES) !== undefined) {
    throwValidationError(environment, {
      property: 'Role.customizeRoles',
      value: 'settings for this environment\'s roles',
      rule: 'leave the roles of an environment alone, which policies know by name',
      remedy: 'Give roles that another team makes as executionRoles.given and personas.given',
    });
  }
}

/** What opens data. */
interface Opening extends IConstruct {
  readonly registry: EnvironmentRegistry;
  readonly storage: EnvironmentStorage;
}

/** Refuses data that the environment cannot open. */
export function checkDataSource(environment: Opening, bucket: IBucket): void {
  const { registry: { region }, storage } = environment;
  new InputCheck(environment).given('bucket', bucket).throwIfInvalid();
  new InputCheck(environment)
    .given('bucket', bucket.bucketName, 'Its name is undefined')
    .that('bucket', bucket, (one) => !storage.owns(one), 'be another bucket than the environment\'s own', 'What roles may do with those is said by the environment')
    .that('bucket', bucket.env.region, (here) => Token.isUnresolved(region) || here === region,
      `be in the environment's region, ${region}`, 'The S3 endpoint leads to buckets of its own region: replicate the data into one there')
    .throwIfInvalid();
}

/** Refuses a project template without a name or a blueprint. */
export function checkProjectTemplate(environment: Construct, templateName: string, options: ProjectTemplateOptions): void {
  new InputCheck(environment)
    .given('templateName', templateName)
    .given('blueprint', options.blueprint, 'Such as ProjectBlueprint.buildTrain()')
    .that('templateName', templateName, (name) => environment.node.tryFindChild(`Project-${name}`) === undefined, 'be new to the environment')
    .throwIfInvalid();
}
