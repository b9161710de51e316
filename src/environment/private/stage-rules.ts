import { Construct } from 'constructs';
import { EnvironmentNames } from '../../names';
import { InputCheck } from '../../private/input-check';
import { DeploymentStage } from '../../stages';

/** What must be true of an environment's stages taken together. */
export function checkStages(scope: Construct, names: EnvironmentNames, stages: DeploymentStage[]): void {
  const check = new InputCheck(scope).unique('deploymentStages', stages.map(({ stageName }) => stageName));
  const stageOf = new Map<string, string>();
  for (const { stageName, accountIds, organizationId, platformAccount } of stages) {
    for (const account of accountIds) {
      check.that('deploymentStages', account, (id) => id !== names.account, `not have the environment's own account in the stage '${stageName}'`,
        'Use DeploymentStage.sameAccount');
      const other = stageOf.get(account);
      if (other !== undefined) check.report('deploymentStages', account, `have an account in one stage only, not in '${other}' and '${stageName}'`);
      stageOf.set(account, stageName);
    }
    check.that('deploymentStages', platformAccount, (id) => id !== names.account, `not have the environment's own account as platformAccount of the stage '${stageName}'`,
      'Whoever makes targets in units is an administrator there; leave it out where the organization lets this account list its accounts');
    const [first] = stages.flatMap((stage) => stage.organizationId ?? []);
    check.that('deploymentStages', organizationId, (id) => id === first, `have units of one organization, ${first}, also in the stage '${stageName}'`);
  }
  for (const [one, other] of nestedUnits(stages)) {
    check.report('deploymentStages', other.path, `not have a unit of the stage '${other.stageName}' in a unit of the stage '${one.stageName}', ${one.path}`,
      'Its accounts would belong to both');
  }
  check.throwIfInvalid();
}

interface Unit {
  readonly stageName: string;
  readonly path: string;
}

/** Units of one stage that are, or are below, units of another. */
function nestedUnits(stages: DeploymentStage[]): [Unit, Unit][] {
  const units = stages.flatMap(({ stageName, organizationalUnitPaths }) => organizationalUnitPaths.map((path): Unit => ({ stageName, path })));
  return units.flatMap((one) => units
    .filter((other) => other.stageName !== one.stageName && other.path.startsWith(one.path))
    .map((other): [Unit, Unit] => [one, other]));
}
