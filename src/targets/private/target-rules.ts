import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { TargetRole } from '../../names';
import { EndpointService, EnvironmentNetwork } from '../../network';
import { InputCheck } from '../../private/input-check';
import { isInTargets } from '../../roles/targets/card';
import { TARGET_CARDS } from '../../roles/targets/cards';
import { DeploymentStage, IDataScienceEnvironment } from '../../stages';
import { ACCOUNT, REGION, checkReach, checkSameStage } from '../stage-rules';

/** What must be true of where a target is placed. */
export interface Placement {
  readonly environment: IDataScienceEnvironment;
  readonly stage: DeploymentStage;
  readonly network?: unknown;
  readonly cidr?: string;
  readonly zoneCount?: number;
  readonly endpoints?: unknown;
  readonly flowLogs?: unknown;
  readonly groundTruthWriters?: string[];
  readonly imageAccounts?: string[];
  readonly existingRoles?: TargetRole[];
  readonly permissionsBoundary?: unknown;
}

const ROLE_NAME = /^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

/** Refuses a target that no model would ever reach, or that would take itself for the data-science account. */
export function checkPlace(target: Construct, { environment, stage, network, ...options }: Placement): void {
  const { account, region } = Stack.of(target);
  const { names } = environment;
  const check = new InputCheck(target);
  const ofStage = `the stage '${stage.stageName}'`;

  if (!environment.deploysTo(stage)) {
    check.report('stage', stage.stageName, 'be one of the environment\'s deploymentStages', 'Released models are open to those only');
  }
  checkSameStage(check, environment, stage);
  checkReach(check, environment, stage);
  if (Token.isUnresolved(account) || Token.isUnresolved(names.account)) {
    if (stage.isSameAccount && account !== names.account) check.report('stage', stage.stageName, 'be placed in the environment\'s account', 'Put the stack into that account, or use DeploymentStage.accounts');
  } else if (stage.isSameAccount) {
    check.that(ACCOUNT, account, (here) => here === names.account, `be the environment's, ${names.account}, for ${ofStage}`);
  } else {
    check.that(ACCOUNT, account, (here) => here !== names.account, `be another than the environment's for ${ofStage}`, 'Use DeploymentStage.sameAccount');
    check.that(ACCOUNT, account, (here) => stage.accountIds.length === 0 || stage.accountIds.includes(here),
      `be one of those of ${ofStage}, ${stage.accountIds.join(', ')}`);
  }
  if (!Token.isUnresolved(names.region)) {
    check.that(REGION, region, (here) => here === names.region, `be the environment's, ${names.region}`,
      'Released models, their key and all names are of that region');
  }
  const { cidr, zoneCount, endpoints, flowLogs, groundTruthWriters, imageAccounts, existingRoles = [], permissionsBoundary } = options;
  const named = TARGET_CARDS.filter((card) => isInTargets(card, stage)).map(({ role }) => role);
  const all = network === undefined ? [...named, TargetRole.FLOW_LOGS] : named;
  check.unique('existingRoles', existingRoles)
    .every('existingRoles', existingRoles, (role) => Object.values(TargetRole).includes(role), 'be of TargetRole, such as TargetRole.DEPLOYMENT')
    .notBoth('permissionsBoundary', permissionsBoundary, 'existingRoles', all.every((role) => existingRoles.includes(role)) ? existingRoles : undefined,
      'They are all the roles that the target has, and the boundary of a role that exists already is its owner\'s');
  check.unique('imageAccounts', imageAccounts)
    .every('imageAccounts', imageAccounts, (id) => Token.isUnresolved(id) || /^\d{12}$/.test(id), 'be account IDs of 12 digits');
  check.unique('groundTruthWriters', groundTruthWriters)
    .that('groundTruthWriters', groundTruthWriters, (roles) => roles.every((role) => ROLE_NAME.test(role)), 'be names of roles, with their path but for the first slash, such as application/backend')
    .that('groundTruthWriters', groundTruthWriters, () => stage.monitoring !== undefined, `not be given for ${ofStage}, whose models are not monitored`, 'Set `monitoring` of the stage');
  for (const [name, value] of Object.entries({ cidr, zoneCount, endpoints, flowLogs })) {
    check.notBoth(name, value, 'network', network === undefined ? undefined : 'a network', 'A given network stays as it is');
  }
  check.throwIfInvalid();
}

/** Refuses a given network in which a model endpoint, or who asks it, would wait for an answer for ever. */
export function checkInterfaceEndpoints(
  target: Construct, { stageName }: DeploymentStage, network: EnvironmentNetwork, needed: EndpointService[],
): void {
  const missing = needed.filter((service) => !network.endpoints.reaches(service)).map(({ endpointName }) => endpointName);
  new InputCheck(target)
    .that('network', network, () => missing.length === 0,
      `have the private ${missing.length === 1 ? 'endpoint' : 'endpoints'} ${missing.join(', ')}, which model endpoints of the stage '${stageName}' need`,
      'Let the network make them, or name those that the VPC has already in endpoints.existingServices')
    .throwIfInvalid();
}
