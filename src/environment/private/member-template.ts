import { CfnCondition, CfnParameter, CfnRule, CustomResource, Fn, Tags } from 'aws-cdk-lib';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { StudioAuthMode } from '../../identity';
import { EnvironmentNames, EnvironmentParameter } from '../../names';
import { pascalCase } from '../../private/pascal-case';
import { cardOf, PERSONAS } from '../../roles/cards';
import { MEMBER_TAG } from '../../roles/member-launch';
import { SecureStudioDomain, StudioUser } from '../../studio';
import { CLEAN_UP_TIMEOUT, USER_CONTENTS } from '../../studio/user-contents';
import { USER_NAME_RULE } from '../../studio/user-name';
import { SelfContainedTemplate, TemplateContent } from '../../templates';

const DELETED_WORK = 'Delete the work of';
/** Those who work in Studio, by the execution role of their applications. */
const LEVELS = PERSONAS.flatMap(({ role, worksAs }) => (worksAs === undefined ? [] : [{ level: String(role), worksAs }]));

/** How people work in the domain of members. */
export interface DomainOfMembers {
  readonly hasHomeFileSystem: boolean;
  readonly authMode: StudioAuthMode;
}

/** A user as `addUser` makes one, in a template of its own that knows the environment by its parameters. */
export class MemberTemplate extends SelfContainedTemplate {
  constructor(scope: Construct, id: string, private readonly names: EnvironmentNames, { hasHomeFileSystem, authMode }: DomainOfMembers) {
    super(scope, id, {
      description: `A member of the data-science environment ${names.environmentName}`, allowedContent: [TemplateContent.CUSTOM_RESOURCES],
    });
    const userName = this.askForName(), level = this.askForLevel(), deletes = this.askForDeletion(userName);
    const vpc = Vpc.fromVpcAttributes(this, 'Vpc', { vpcId: this.stored(EnvironmentParameter.VPC_ID), availabilityZones: this.availabilityZones });
    const everybodys = SecurityGroup.fromSecurityGroupId(this, 'StudioSecurityGroup', this.stored(EnvironmentParameter._STUDIO_SECURITY_GROUP_ID), { mutable: false });
    const domainId = this.stored(EnvironmentParameter.DOMAIN_ID);
    const user = new StudioUser(this, 'Member', {
      domain: SecureStudioDomain.fromDomainAttributes(this, 'Domain', { domainId, vpc, sharedSecurityGroups: [everybodys], hasHomeFileSystem, authMode }),
      userName,
      singleSignOnUser: authMode === StudioAuthMode.IDENTITY_CENTER ? this.askForSignInName() : undefined,
      executionRole: Role.fromRoleArn(this, 'ExecutionRole', this.executionRoleOf(level), { mutable: false }),
    });
    new CustomResource(this, 'Work', {
      serviceToken: this.stored(EnvironmentParameter._CLEAN_UP_FUNCTION_ARN),
      serviceTimeout: CLEAN_UP_TIMEOUT,
      resourceType: USER_CONTENTS,
      properties: {
        DomainId: domainId,
        UserProfileNames: [userName],
        RemovalPolicy: Fn.conditionIf(deletes.logicalId, 'destroy', 'retain'),
        Remedy: 'Delete these in Studio or in the SageMaker console and terminate again', // CloudFormation updates no stack whose deletion has failed
      },
    }).node.addDependency(user.profile);
    Tags.of(this).add('environment', names.environmentName);
    Tags.of(user.securityGroup).add(MEMBER_TAG, userName);
  }

  private askForName(): string {
    const { pattern, rule } = USER_NAME_RULE;
    return this.addParameter('UserName', {
      label: 'Name',
      group: 'Member',
      description: 'Name of the user, as sessions have it, which must be new to the environment: another name is another user',
      allowedPattern: pattern,
      constraintDescription: `Name must ${rule}`,
    }).valueAsString;
  }

  private askForSignInName(): string {
    return this.addParameter('SignInName', {
      label: 'Sign-in name',
      group: 'Member',
      description: 'Name of the user in IAM Identity Center, which cannot be changed later',
      allowedPattern: '^\\S{1,128}$',
      constraintDescription: 'Sign-in name must have 1–128 characters without white space',
    }).valueAsString;
  }

  private askForLevel(): CfnParameter {
    const levels = LEVELS.map(({ level }) => level);
    return this.addParameter('Persona', {
      label: 'Persona',
      group: 'Member',
      description: 'What the user does: an ML engineer prepares data as well',
      allowedValues: levels,
      default: levels[0],
      constraintDescription: `Persona must be ${levels.join(' or ')}`,
    });
  }

  /** Termination has no form: what becomes of the work is said before, by an update, and so by two steps. */
  private askForDeletion(userName: string): CfnCondition {
    const given = this.addParameter('DeleteWorkOf', {
      label: DELETED_WORK,
      group: 'Removal',
      description: 'Empty: the user is removed only without spaces and applications. The name again: termination deletes them with their volumes',
      default: '',
    }).valueAsString;
    const isGiven = Fn.conditionEquals(given, userName);
    new CfnRule(this, 'DeletedWorkIsTheMembers', {
      assertions: [{ assert: Fn.conditionOr(Fn.conditionEquals(given, ''), isGiven), assertDescription: `${DELETED_WORK} must be empty, or the name again` }],
    });
    return new CfnCondition(this, 'DeletesWork', { expression: isGiven });
  }

  private executionRoleOf(level: CfnParameter): string {
    const [first, ...others] = LEVELS.map((one) => ({ ...one, arn: this.stored(cardOf(one.worksAs).publishedAs!) }));
    return others.reduce((otherwise, { level: value, arn }) => {
      const isThis = new CfnCondition(this, `Is${pascalCase(...value.split('-'))}`, { expression: Fn.conditionEquals(level.valueAsString, value) });
      return Fn.conditionIf(isThis.logicalId, arn, otherwise).toString();
    }, first.arn);
  }

  private stored(parameter: EnvironmentParameter): string {
    return this.addStoredParameter(pascalCase(...parameter.path.split('/')), {
      group: 'Environment', parameterName: this.names.parameterName(parameter),
    }).valueAsString;
  }
}
