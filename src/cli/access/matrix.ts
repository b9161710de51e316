import { deployedOf } from './deployed';
import { environmentsOf } from './environment';
import { PLACES } from './places';
import { questionsOf } from './questions';
import { Simulator } from './simulator';
import { Decision, weigh } from './weigh';
import { StackOfApp } from '../planned-stack';

/** Whether somebody may do something to something from some place. */
export interface Cell extends Decision {
  readonly environment: string;
  readonly asset: string;
  readonly what: string;
  readonly action: string;
  readonly who: string;
  readonly place: string;
}

export interface Matrix {
  readonly environments: { readonly name: string; readonly missing: string[] }[];
  readonly cells: Cell[];
}

/** Asks every question, for every role, from every place. */
export async function matrixOf(stacks: readonly StackOfApp[], simulator: Simulator | undefined): Promise<Matrix> {
  const environments = environmentsOf(deployedOf(stacks)), cells: Cell[] = [];
  for (const environment of environments) {
    for (const question of questionsOf(environment)) {
      for (const place of PLACES) {
        const { asset, what, action } = question, way = place.of(environment, question);
        for (const who of environment.people) {
          const decision = await weigh(simulator, environment, who, question, way);
          cells.push({ environment: environment.name, asset, what, action, who: who.title, place: place.title, ...decision });
        }
      }
    }
  }
  return { environments: environments.map(({ name, missing }) => ({ name, missing })), cells };
}
