import { Token } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { claimEnvironmentName } from './unique-names';
import { Persona } from '../../identity';
import { ProjectBlueprint, ProjectTemplateOptions } from '../../mlops';
import { EnvironmentNames } from '../../names';
import { isAddressRange } from '../../private/address-range';
import { checkPortfolio } from '../../private/given-portfolio';
import { InputCheck } from '../../private/input-check';
import { refuseCustomizedRoles } from '../../private/named-role';
import { ANYTHING, BUCKET, checkRequired, like, oneOf, TEXT } from '../../private/required-input';
import { EnvironmentStorage } from '../../storage';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';
import { EnvironmentUserOptions } from '../environment-user-options';

/** Refuses what concerns the environment alone. */
export function checkEnvironment(environment: Construct, props: DataScienceEnvironmentProps): void {
  checkRequired(environment, props, { environmentName: ANYTHING });
  new InputCheck(environment)
    .tagValue('owner', props.owner)
    .that('network', props.network, ({ _networkOf }) => typeof _networkOf === 'function', 'be the network of the environment',
      'Give an EnvironmentNetwork, or EnvironmentNetwork.managed(…)')
    .that('studio.sharedSpaceRole', props.studio?.sharedSpaceRole, () => false, 'be an existingRole of roleOptions.exceptions (EnvironmentRole.SHARED_SPACE) in an environment, together with sharedSpaces: true',
      'The role alone lets nobody share a space')
    .notEmpty('personas.sourceCidrs', props.personas?.sourceCidrs)
    .every('personas.sourceCidrs', props.personas?.sourceCidrs, (range) => isAddressRange(range), 'be IPv4 ranges, such as 203.0.113.0/24')
    .throwIfInvalid();
  checkPortfolio(environment, props.portfolio);
  refuseCustomizedRoles(environment);
  claimEnvironmentName(environment, props.environmentName);
}

/** Refuses a user without a name or a persona. Which names there can be, Studio says. */
export function checkNewUser(environment: Construct, userName: string, options: EnvironmentUserOptions): void {
  checkRequired(environment, { userName, ...options }, { userName: ANYTHING, persona: oneOf(Persona, 'Persona') });
}

const BLUEPRINT = like<ProjectBlueprint>('_bind', 'a ProjectBlueprint, such as ProjectBlueprint.buildTrain()');

/** What opens data. */
interface Opening extends IConstruct {
  readonly names: EnvironmentNames;
  readonly storage: EnvironmentStorage;
}

/** Refuses data that the environment cannot open. */
export function checkDataSource(environment: Opening, bucket: IBucket): void {
  const { names: { region }, storage } = environment;
  checkRequired(environment, { bucket }, { bucket: BUCKET });
  new InputCheck(environment)
    .that('bucket', bucket, ({ bucketName }) => bucketName !== undefined, 'have a name', 'What process.env or a file does not have is undefined')
    .that('bucket', bucket, (one) => !storage.owns(one), 'be another bucket than the environment\'s own', 'What roles may do with those is said by the environment')
    .that('bucket', bucket.env.region, (here) => Token.isUnresolved(region) || here === region,
      `be in the environment's region, ${region}`, 'The S3 endpoint leads to buckets of its own region: replicate the data into one there')
    .throwIfInvalid();
}

/** Refuses a project template without a name or a blueprint. */
export function checkProjectTemplate(environment: Construct, templateName: string, options: ProjectTemplateOptions): void {
  checkRequired(environment, { templateName, ...options }, { templateName: TEXT, blueprint: BLUEPRINT });
  new InputCheck(environment)
    .that('templateName', templateName, (name) => environment.node.tryFindChild(`Project-${name}`) === undefined, 'be new to the environment', 'Give the template another name')
    .throwIfInvalid();
}
