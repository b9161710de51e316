import { Aspects, IAspect, Stack } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { describe } from '../../private/invalid-input';
import { EnvironmentRegistry, EnvironmentRole } from '../../registry';

/** Before every other aspect, so that it sees what they change. */
const FIRST = 0;
const REMEDY = 'Policies of keys, buckets and other roles name the role so, and would trust nobody. '
  + 'Leave the roles of the environment out of the aspect or property injector, or give roles of your own (executionRoles.existing, personas.existing)';

/** Refuses that an aspect or a property injector gives a role another name or path than the one by which policies know it. */
export function keepRoleNames(scope: Construct, registry: EnvironmentRegistry): void {
  Aspects.of(scope).add(new NamedRoles(registry), { priority: FIRST });
}

class NamedRoles implements IAspect {
  constructor(private readonly registry: EnvironmentRegistry) {}

  public visit(node: IConstruct): void {
    if (!(node instanceof CfnRole) || node.roleName === undefined) return;
    const { roleName, path } = this.registeredAs(node) ?? { roleName: node.roleName, path: node.path };
    node.node.addValidation({
      validate: () => [...different(node, 'roleName', roleName, node.roleName), ...different(node, 'path', path ?? '/', node.path ?? '/')],
    });
  }

  /** Property injectors change a role before anybody sees it: what is known then is what the registry's name is part of. */
  private registeredAs(role: CfnRole): { roleName: string; path: string } | undefined {
    const text = (value: unknown) => JSON.stringify(Stack.of(role).resolve(value)).replace(/^"|"$/g, '');
    const known = Object.values(EnvironmentRole).find((one) => text(role.roleName).includes(text(this.registry.roleName(one))));
    return known && { roleName: this.registry.roleName(known), path: this.registry.rolePathOf(known) };
  }
}

function different(role: CfnRole, property: string, expected: string, actual: unknown): string[] {
  const [before, after] = [expected, actual].map((value) => Stack.of(role).resolve(value) as unknown);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [describe({ property, value: after, rule: `stay ${typeof before === 'string' ? before : JSON.stringify(before)}`, remedy: REMEDY })];
}
