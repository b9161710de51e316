import { Construct } from 'constructs';
import { TargetParts, TargetRoles } from './target-roles';
import { ExecutionGuardrails } from '../../identity';
import { TargetRoleCard } from '../../roles/targets/card';
import { CREATE_ENDPOINT_PARTS, START_MONITORS } from '../../roles/targets/perms';

/** What endpoints and monitors of a target must be like, whoever makes them: in its network, with its keys, on allowed instances. */
export class TargetGuardrails extends Construct {
  constructor(scope: Construct, id: string, parts: TargetParts, all: TargetRoles) {
    super(scope, id);
    const { names, stage, subnets, securityGroups, volumeKey, captureKey } = parts;
    const { _endpointCapacity: { instanceTypes }, _monitoringInstanceType, monitoring } = stage;
    const { statements } = new ExecutionGuardrails(this, 'Guardrails', {
      instanceTypes: [...new Set([...instanceTypes, ...monitoring ? [_monitoringInstanceType] : []])],
      subnets,
      securityGroups,
      volumeKey,
      outputKeys: [captureKey],
      roles: all.made(areGuarded),
      actions: [...CREATE_ENDPOINT_PARTS, ...monitoring ? START_MONITORS : []],
      path: names.rolePath,
    });
    all.require(areGuarded, statements);
  }
}

function areGuarded({ isGuarded }: TargetRoleCard): boolean | undefined {
  return isGuarded;
}
