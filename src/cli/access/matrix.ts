import { deployedOf } from './deployed';
import { Environment, environmentsOf } from './environment';
import { PLACES } from './places';
import { questionsOf } from './questions';
import { Judge } from './simulator';
import { Decision, weigh } from './weigh';
import { StackOfApp } from '../planned-stack';

/** Whether somebody may do something to something from some place. */
export interface Cell extends Decision {
  readonly environment: string;
  readonly asset: string;
  readonly deed: string;
  readonly what: string;
  readonly action: string;
  readonly who: string;
  readonly place: string;
}

/** Somebody who was asked about. */
export interface Person {
  /** The same in every version of an app. */
  readonly key: string;
  readonly title: string;
  readonly group: string;
  /** Name of the role, where a template has it. */
  readonly role?: string;
  readonly boundary?: string;
  readonly policies: readonly string[];
}

export interface EnvironmentOfMatrix {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** Path of the construct that makes it. */
  readonly path: string;
  readonly people: readonly Person[];
  /** Titles of roles that it does not have. */
  readonly missing: readonly string[];
  /** Paths of policies of the organization, with where they are attached. */
  readonly controls: readonly { readonly policy: string; readonly targets: readonly string[] }[];
}

export interface Matrix {
  /** Of the simulator; none where it is not installed. */
  readonly simulator?: string;
  readonly environments: readonly EnvironmentOfMatrix[];
  readonly cells: readonly Cell[];
}

/** What no template says. */
export interface Settings {
  /** Ids of organizational units that the environments' account is in. */
  readonly units: readonly string[];
  /** Values of parameters of templates. */
  readonly parameters: Readonly<Record<string, string>>;
}

const NOTHING_GIVEN: Settings = { units: [], parameters: {} };

/** Asks every question, for every role, from every place. */
export async function matrixOf(stacks: readonly StackOfApp[], judge: Judge | undefined, { units, parameters } = NOTHING_GIVEN): Promise<Matrix> {
  const environments = environmentsOf(deployedOf(stacks, parameters)), cells: Cell[] = [];
  for (const environment of environments) {
    for (const question of questionsOf(environment)) {
      for (const place of PLACES) {
        const { asset, deed, what, action } = question, way = place.of(environment, question);
        for (const who of environment.people) {
          const decision = await weigh(judge, environment, who, question, way, units);
          cells.push({ environment: environment.name, asset, deed, what, action, who: who.title, place: place.title, ...decision });
        }
      }
    }
  }
  return { ...(judge && { simulator: judge.version }), environments: environments.map(described), cells };
}

function described({ name, account, region, path, people, missing, organization }: Environment): EnvironmentOfMatrix {
  const controls = [...organization.serviceControl, ...organization.resourceControl].map(({ policy, targets }) => ({ policy: policy.path, targets }));
  const persons = people.map(({ key, title, group, role }): Person => {
    const ofRole = role && { role: role.name, ...(role.boundary && { boundary: role.boundary.path }) };
    return { key, title, group, policies: role?.policies.map((policy) => policy.path) ?? [], ...ofRole };
  });
  return { name, account, region, path, missing, people: persons, controls };
}
