import { Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { isKnown } from '../../private/input-check';
import { throwValidationError } from '../../private/invalid-input';

const NAMES = new WeakMap<IConstruct, Map<string, string>>();

/** Refuses a second environment of one name in an account and region of an app: everything that has a name would collide. */
export function claimEnvironmentName(environment: Construct, environmentName: string): void {
  if (!isKnown(environmentName)) return;
  const stack = Stack.of(environment);
  // Stacks without account and region may be deployed to different ones; a stack to one.
  const place = [stack.account, stack.region].map((part) => (Token.isUnresolved(part) ? stack.node.addr : part));
  const key = [...place, environmentName].join(' ');
  const names = NAMES.get(environment.node.root) ?? new Map<string, string>();
  NAMES.set(environment.node.root, names);
  const other = names.get(key);
  if (other !== undefined) {
    throwValidationError(environment, {
      property: 'environmentName',
      value: environmentName,
      rule: `be another than that of the environment ${other}, which is in the same account and region`,
      remedy: 'Role, key, bucket and parameter names are made of it',
    });
  }
  names.set(key, environment.node.path);
}
