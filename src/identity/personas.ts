import { Annotations } from 'aws-cdk-lib';
import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRole } from '../names';
import { InputCheck } from '../private/input-check';
import { DeploymentStage } from '../stages';
import { ManagedRole } from './managed-role';
import { Persona } from './persona';
import { PersonaTrust } from './persona-trust';
import { PERSONAS as ACKNOWLEDGEMENTS } from './private/persona-acknowledgements';
import { SessionIdentity } from './session-identity';
import { StudioAuthMode } from './studio-auth-mode';
import { acknowledge } from '../private/acknowledgements';
import { passing, PersonaContext, RoleCard } from '../roles/card';
import { PERSONAS } from '../roles/cards';
import { Arns } from '../roles/statements/arns';
import { LAUNCH_PRODUCTS } from '../roles/statements/perms';

/** Settings of personas. */
export interface PersonasOptions {
  /**
   * Identities that may assume the role of a persona.
   *
   * @default PersonaTrust.accountUsers()
   */
  readonly trust?: PersonaTrust;

  /**
   * Binding of a session to a person, by a session tag or the source identity.
   *
   * With a domain of Identity Center people sign in to Studio by its portal, and there is nothing to bind.
   *
   * @default - SessionIdentity.sessionTag(), or none with a domain of Identity Center
   */
  readonly sessionIdentity?: SessionIdentity;

  /**
   * Public address ranges from which Studio may be opened and used, and administrators read evaluation reports.
   *
   * A domain of Identity Center is entered by its portal, which they do not limit.
   *
   * @default - from anywhere
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-interface-endpoint.html
   */
  readonly sourceCidrs?: string[];
}

/** Properties of personas. @internal */
export interface PersonasProps extends PersonasOptions {
  /** Names the roles. */
  readonly names: EnvironmentNames;
  /** Id of the Studio domain. */
  readonly domainId: string;
  /**
   * Authentication mode of the Studio domain. With Identity Center nobody opens Studio by a presigned URL.
   *
   * @default StudioAuthMode.IAM
   */
  readonly authMode?: StudioAuthMode;
  /** ARNs of the execution roles that user profiles may have. */
  readonly studioRoleArns: string[];
  /** The security groups that user profiles may have. */
  readonly securityGroups: ISecurityGroup[];
  /**
   * Stages to which models are deployed.
   *
   * Data science administrators approve the last stage, and team administrators those before.
   *
   * @default - no stages
   */
  readonly deploymentStages?: DeploymentStage[];
}

/** The roles of people in an environment, none of which reaches data, models, keys or policies outside of Studio. */
export class Personas extends Construct {
  /** Only the library makes it. @internal */
  public static _create(scope: Construct, id: string, props: PersonasProps): Personas {
    return new Personas(scope, id, props);
  }

  /** Works in Studio. */
  public readonly dataScientist: ManagedRole;
  /** Works in Studio and prepares data. */
  public readonly mlEngineer: ManagedRole;
  /** Runs the team's Studio and approves for the stages before the last. */
  public readonly teamAdministrator: ManagedRole;
  /** Runs environments and approves for the last stage. */
  public readonly dataScienceAdministrator: ManagedRole;
  private readonly made: ReadonlyMap<RoleCard<PersonaContext>, ManagedRole>;
  private readonly context: PersonaContext;

  private constructor(scope: Construct, id: string, props: PersonasProps) {
    super(scope, id);
    acknowledge(this, ACKNOWLEDGEMENTS);
    const portal = props.authMode === StudioAuthMode.IDENTITY_CENTER;
    const REMEDY = 'With Identity Center nobody opens Studio by a presigned address: the portal knows who comes';
    new InputCheck(this)
      .that('personas.sessionIdentity', props.sessionIdentity?.profileVariable, () => !portal, 'not be given for a domain with AuthMode SSO', REMEDY)
      .throwIfInvalid();
    if (portal && props.sourceCidrs !== undefined) {
      Annotations.of(this).addWarningV2('cdk-secure-mlops:portalIgnoresAddresses', 'personas.sourceCidrs says from where reports and MLflow are opened, and not from where Studio is: '
        + 'people enter a domain with AuthMode SSO by the portal of IAM Identity Center. Limit their addresses in its identity provider.');
    }
    const { trust = PersonaTrust.accountUsers() } = props;
    const { sessionIdentity = portal ? undefined : SessionIdentity.sessionTag() } = props;
    new InputCheck(this).that('personas.trust', trust._personaTag, (tagName) => !sessionIdentity?._tagNames.includes(tagName),
      'name the persona by another session tag than the one that holds the user profile', 'Give one of them another name').throwIfInvalid();
    const { names, domainId, securityGroups, deploymentStages = [], sourceCidrs = [] } = props;
    const person = (persona: Persona) => ({
      principal: trust._principal(persona),
      isOfAccount: trust._isOfAccount,
      sessionIdentity,
      statement: () => trust._statement(persona, sessionIdentity),
    });
    this.made = new Map(PERSONAS.map((card) => [card, ManagedRole._of(this, { names, card, person: person(card.role as string as Persona) })]));
    this.dataScientist = this.of(EnvironmentRole.DATA_SCIENTIST);
    this.mlEngineer = this.of(EnvironmentRole.ML_ENGINEER);
    this.teamAdministrator = this.of(EnvironmentRole.TEAM_ADMINISTRATOR);
    this.dataScienceAdministrator = this.of(EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR);

    const context = this.context = {
      scope: this,
      names,
      arns: new Arns(this, names),
      domainId,
      securityGroups,
      deploymentStages,
      sourceCidrs,
      profileVariable: sessionIdentity?.profileVariable,
    };
    for (const [card, role] of this.made) role.addToPolicy(...card.may(context), ...passing(card, () => props.studioRoleArns));
  }

  /** Roles that launch projects. */
  public get launchers(): IRole[] {
    return this._launchers.map(({ role }) => role);
  }

  /** Personas that launch projects. @internal */
  public get _launchers(): ManagedRole[] {
    return this.launching('projects');
  }

  /** Lets those who work in Studio, and the team administrator, launch a project template. */
  public allowProjectProduct(productArn: string): void {
    for (const person of this.launching('projects')) person.addToPolicy(launch(productArn));
  }

  /** Lets the data science administrator launch environments. */
  public allowEnvironmentProduct(productArn: string): void {
    for (const person of this.launching('environments')) person.addToPolicy(launch(productArn));
  }

  /** Lets team administrators add and remove members by a product. @internal */
  public _allowMemberProduct(productArn: string): void {
    for (const [card, role] of this.made) role.addToPolicy(...card.mayManageMembers?.(productArn) ?? []);
  }

  /** Lets people open MLflow, and administrators stop and start its tracking server. @internal */
  public _allowTracking(vpcId: string): void {
    for (const [card, role] of this.made) role.addToPolicy(...card.mayTrack?.(this.context, vpcId) ?? []);
  }

  /** All of them, by which they are. @internal */
  public get _all(): ReadonlyMap<EnvironmentRole, ManagedRole> {
    return new Map([...this.made].map(([{ role }, made]) => [role, made]));
  }

  private of(role: EnvironmentRole): ManagedRole {
    return this._all.get(role)!;
  }

  private launching(what: RoleCard['mayLaunch']): ManagedRole[] {
    return [...this.made].filter(([{ mayLaunch }]) => mayLaunch === what).map(([, role]) => role);
  }
}

function launch(productArn: string): PolicyStatement {
  return new PolicyStatement({ actions: LAUNCH_PRODUCTS, resources: [productArn] });
}
