import { Construct } from 'constructs';
import { EnvironmentAttributes, EnvironmentNames } from '../names';
import { ANYTHING, checkRequired } from '../private/required-input';
import { DeploymentStage, IDataScienceEnvironment } from '../stages';

/** An environment of another app, known by its names. */
export class ImportedEnvironment extends Construct implements IDataScienceEnvironment {
  public readonly environmentName: string;
  public readonly names: EnvironmentNames;

  constructor(scope: Construct, id: string, attributes: EnvironmentAttributes) {
    super(scope, id);
    checkRequired(this, attributes, { environmentName: ANYTHING, account: ANYTHING, region: ANYTHING });
    this.environmentName = attributes.environmentName;
    this.names = EnvironmentNames._at(this, attributes);
  }

  /** Its stages are not known here. */
  public deploysTo(_stage: DeploymentStage): boolean {
    return true;
  }
}
