import { Schedule } from 'aws-cdk-lib/aws-events';
import { DataScienceEnvironment, MlopsProjectTemplate, MonitoringCheck, ProjectBlueprint } from '../../src';

/** The methods of the class that make a blueprint of the library's own. */
type Own = Exclude<keyof typeof ProjectBlueprint, 'prototype' | 'custom'>;

/** Names for templates of theirs. The compiler tells what a new blueprint lacks here. */
const NAMES = {
  buildTrain: 'Train', fineTune: 'FineTune', deploy: 'Deploy', batchInference: 'Batch', monitoring: 'Monitor', imageBuild: 'Image',
} as const satisfies Record<Own, string>;

/** Names of all blueprints. */
export type BlueprintName = typeof NAMES[Own];

/** What all blueprints are given that may have it. */
export interface BlueprintChoices {
  readonly schedule?: Schedule;
  readonly checks?: MonitoringCheck[];
  readonly retraining?: boolean;
}

/** Every blueprint of the library's own. */
export function everyBlueprint({ schedule, ...monitoring }: BlueprintChoices = {}): Record<BlueprintName, ProjectBlueprint> {
  return {
    Train: ProjectBlueprint.buildTrain({ schedule }),
    FineTune: ProjectBlueprint.fineTune({ schedule }),
    Deploy: ProjectBlueprint.deploy(),
    Batch: ProjectBlueprint.batchInference({ schedule }),
    Monitor: ProjectBlueprint.monitoring(monitoring),
    Image: ProjectBlueprint.imageBuild(schedule),
  };
}

/** Calls something for each of them, and answers by their names what it makes. */
export function ofEveryBlueprint<T>(make: (blueprint: ProjectBlueprint, name: string) => T, choices?: BlueprintChoices): Record<BlueprintName, T> {
  const made = Object.entries(everyBlueprint(choices)).map(([name, blueprint]) => [name, make(blueprint, name)]);
  return Object.fromEntries(made) as Record<BlueprintName, T>;
}

/** Adds a template of each of them to an environment. */
export function offerEveryBlueprint(environment: DataScienceEnvironment, choices?: BlueprintChoices): Record<BlueprintName, MlopsProjectTemplate> {
  return ofEveryBlueprint((blueprint, name) => environment.addProjectTemplate(name, { blueprint }), choices);
}
