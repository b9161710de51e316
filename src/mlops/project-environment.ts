import { Construct } from 'constructs';
import { ProjectBlueprint } from './project-blueprint';
import { ProjectFoundation } from './project-foundation';
import { Launchable } from './template-delivery';
import { throwValidationError } from '../private/invalid-input';
import { IDataScienceEnvironment } from '../stages';

/** An environment that is made in this app, as its project templates see it. */
export interface ProjectEnvironment extends IDataScienceEnvironment {
  /** What all its templates share, with what projects of this blueprint need beside. */
  _projectFoundation(blueprint: ProjectBlueprint): ProjectFoundation;

  /** Lets people launch a template. */
  _offer(template: Launchable): void;
}

/** The environment of a project template, which must be more than names. */
export function projectEnvironmentOf(scope: Construct, environment: IDataScienceEnvironment): ProjectEnvironment {
  if ('_projectFoundation' in environment) return environment as ProjectEnvironment;
  return throwValidationError(scope, {
    property: 'environment',
    value: environment.environmentName,
    rule: 'be a DataScienceEnvironment of this app',
    remedy: 'An environment that is known by its names alone has no bucket and no roles to offer a template with',
  });
}
