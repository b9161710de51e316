import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledgements';
import { isAddressRange } from '../private/address-range';
import { InputCheck } from '../private/input-check';
import { isException } from '../private/role-settings';
import { EnvironmentRegistry, EnvironmentRoleOptions } from '../registry';
import { DeploymentStage } from '../stages';
import { Persona, roleOfPersona } from './persona';
import { PersonaRole } from './persona-role';
import { PersonaTrust } from './persona-trust';
import { PERSONAS } from './private/persona-acknowledgements';
import { PersonaStatements } from './private/persona-statements';
import { UserBinding } from './user-binding';

/** Roles of personas that exist already. What is not given is created. */
export interface GivenPersonas {
  /**
   * The data scientist's role.
   * @default - a new role
   */
  readonly dataScientist?: IRole;
  /**
   * The ML engineer's role.
   * @default - a new role
   */
  readonly mlEngineer?: IRole;
  /**
   * The team administrator's role.
   * @default - a new role
   */
  readonly teamAdministrator?: IRole;
  /**
   * The data science administrator's role.
   * @default - a new role
   */
  readonly dataScienceAdministrator?: IRole;
}

/** What may be decided about personas. */
export interface PersonasOptions {
  /**
   * Who may become a persona.
   *
   * @default PersonaTrust.accountUsers()
   */
  readonly trust?: PersonaTrust;

  /**
   * How AWS knows which person holds a session. With a domain of Identity Center people come into Studio by its portal, and
   * there is nothing to bind.
   *
   * @default UserBinding.sessionTag(), or none with a domain of Identity Center
   */
  readonly binding?: UserBinding;

  /**
   * Public address ranges from which Studio may be opened and used.
   *
   * @default - from anywhere
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-interface-endpoint.html
   */
  readonly sourceCidrs?: string[];

  /**
   * Roles that exist already, such as those of Identity Center permission sets.
   *
   * @default - all roles are created
   */
  readonly given?: GivenPersonas;
}

/** Properties of personas. */
export interface PersonasProps extends PersonasOptions {
  /** Names the roles. */
  readonly registry: EnvironmentRegistry;
  /** Id of the Studio domain. */
  readonly domainId: string;
  /**
   * Whether people come into Studio by IAM Identity Center's portal, so that nobody opens it by a presigned address.
   *
   * @default false
   */
  readonly entersByIdentityCenter?: boolean;
  /** ARNs of the execution roles that user profiles may have. */
  readonly studioRoleArns: string[];
  /** The security groups that user profiles may have. */
  readonly securityGroups: ISecurityGroup[];
  /**
   * Where models are deployed: the last stage is the data science administrator's to approve, those before are the team
   * administrator's.
   *
   * @default - nowhere
   */
  readonly deploymentStages?: DeploymentStage[];
  /**
   * What your company asks of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}

/** Who people are in an environment. None of them touches data, models, keys or policies outside of Studio. */
export class Personas extends Construct {
  /** Works in Studio. */
  public readonly dataScientist: PersonaRole;
  /** Works in Studio and prepares data. */
  public readonly mlEngineer: PersonaRole;
  /** Runs the team's Studio and approves for the stages before the last. */
  public readonly teamAdministrator: PersonaRole;
  /** Runs environments and approves for the last stage. */
  public readonly dataScienceAdministrator: PersonaRole;
  private readonly may: PersonaStatements;

  constructor(scope: Construct, id: string, props: PersonasProps) {
    super(scope, id);
    acknowledge(this, PERSONAS);
    const portal = props.entersByIdentityCenter === true;
    const REMEDY = 'With Identity Center nobody opens Studio by a presigned address: the portal knows who comes';
    new InputCheck(this)
      .that('personas.binding', props.binding?.profileVariable, () => !portal, 'not be given for a domain with AuthMode SSO', REMEDY)
      .notEmpty('personas.sourceCidrs', props.sourceCidrs)
      .that('personas.sourceCidrs', props.sourceCidrs, (ranges) => ranges.every((range) => isAddressRange(range)), 'be IPv4 ranges, such as 203.0.113.0/24')
      .that('personas.sourceCidrs', props.sourceCidrs, () => !portal, 'not be given for a domain with AuthMode SSO', REMEDY)
      .throwIfInvalid();
    const { given = {}, trust = PersonaTrust.accountUsers(), binding = portal ? undefined : UserBinding.sessionTag() } = props;
    new InputCheck(this).that('personas.trust', trust._personaTag, (tagName) => !binding?._tagNames.includes(tagName),
      'name the persona by another session tag than the one that holds the user profile', 'Give one of them another name').throwIfInvalid();
    const make = (name: string, persona: Persona, description: string, role?: IRole) =>
      new PersonaRole(this, name, {
        registry: props.registry,
        roleOptions: role && !isException(props.roleOptions, roleOfPersona(persona)) ? undefined : props.roleOptions,
        persona,
        description,
        trust,
        binding,
        given: role,
      });
    this.dataScientist = make('DataScientist', Persona.DATA_SCIENTIST, 'Works in Studio', given.dataScientist);
    this.mlEngineer = make('MlEngineer', Persona.ML_ENGINEER, 'Works in Studio and prepares data', given.mlEngineer);
    this.teamAdministrator = make('TeamAdministrator', Persona.TEAM_ADMINISTRATOR, 'Runs the Studio of a team and approves models', given.teamAdministrator);
    this.dataScienceAdministrator = make('DataScienceAdministrator', Persona.DATA_SCIENCE_ADMINISTRATOR, 'Runs data-science environments and approves for production', given.dataScienceAdministrator);

    const { deploymentStages = [], sourceCidrs = [] } = props;
    this.may = new PersonaStatements(this, { ...props, deploymentStages, binding, sourceCidrs });
    const { may } = this;
    for (const person of [this.dataScientist, this.mlEngineer]) {
      person.addToPolicy(...may.openOwnStudio(), ...may.seeStudio(), ...may.readBuildLogs(), ...may.findProducts());
    }
    this.teamAdministrator.addToPolicy(
      ...may.seeStudio(), ...may.manageStudio(), ...may.watch(), ...may.endWork(), ...may.findProducts(), ...may.approveVersions(),
      ...may.approveStages('earlier'), ...may.stepBack());
    this.dataScienceAdministrator.addToPolicy(
      ...may.seeStudio(), ...may.watch(), ...may.seeCosts(), ...may.findProducts(), ...may.approveStages('last'), ...may.retireEndpoints());
  }

  /** Who launches projects. */
  public get launchers(): IRole[] {
    return [this.dataScientist, this.mlEngineer, this.teamAdministrator].map(({ role }) => role);
  }

  /** Lets those who work in Studio, and the team administrator, launch a project template. */
  public allowProjectProduct(productArn: string): void {
    for (const person of [this.dataScientist, this.mlEngineer, this.teamAdministrator]) person.addToPolicy(this.may.launch(productArn));
  }

  /** Lets the data science administrator launch environments. */
  public allowEnvironmentProduct(productArn: string): void {
    this.dataScienceAdministrator.addToPolicy(this.may.launch(productArn));
  }
}
