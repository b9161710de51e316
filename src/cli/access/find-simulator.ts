import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join } from 'path';
import { INSTALL, Judge, SIMULATOR, Simulator } from './simulator';
import { faultOf } from './simulator-check';
import { WrongUse } from '../wrong-use';

/** What it validates documents with. */
type Validation = Record<string, (...values: unknown[]) => unknown>;

/**
 * The simulator of the project in a folder, if it is installed there. It is found at run time, and never bundled.
 *
 * @throws WrongUse if it is one with which the command does not work
 */
export async function simulatorIn(folder: string): Promise<Judge | undefined> {
  const find = createRequire(join(folder, 'package.json'));
  let file: string;
  try {
    file = find.resolve(SIMULATOR);
  } catch {
    return undefined;
  }
  const version = versionOf(dirname(file));
  let simulator: Simulator;
  try {
    simulator = find(SIMULATOR) as Simulator;
  } catch (error) {
    throw new WrongUse(`${SIMULATOR} ${version} cannot be loaded: ${(error as Error).message.split('\n')[0]}. Install one that works: ${INSTALL}`);
  }
  const fault = await faultOf(simulator);
  if (fault !== undefined) throw new WrongUse(`${SIMULATOR} ${version} does not work with this command: ${fault}. Install one that does: ${INSTALL}`);
  return { ...remembered(simulator), version, validated: validationOf(file) };
}

/** What is said of an action is asked once, and not for each who might do it. */
function remembered({ runSimulation, allowedContextKeysForRequest, isWildcardOnlyAction }: Simulator): Simulator {
  const once = <T>(of: (...values: never[]) => Promise<T>): ((...values: unknown[]) => Promise<T>) => {
    const known = new Map<string, Promise<T>>();
    return (...values) => {
      const key = values.join(' ');
      known.set(key, known.get(key) ?? of(...values as never[]));
      return known.get(key)!;
    };
  };
  return { runSimulation, allowedContextKeysForRequest: once(allowedContextKeysForRequest), isWildcardOnlyAction: once(isWildcardOnlyAction) };
}

function versionOf(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
    if (name === SIMULATOR && version !== undefined) return version;
  } catch {
    // Further up.
  }
  return dirname(folder) === folder ? 'of an unknown version' : versionOf(dirname(folder));
}

/** Validating takes longer than weighing, so that it is done once, if what the simulator validates with can be had. */
function validationOf(file: string): Judge['validated'] {
  let validation: Validation | undefined;
  try {
    validation = createRequire(file)('@cloud-copilot/iam-policy') as Validation;
  } catch {
    // Then the simulator validates with each request.
  }
  return (kind, document) => (validation?.createValidatedPolicy ? validation.createValidatedPolicy(document, validation[`validate${kind}Policy`]) : document);
}
