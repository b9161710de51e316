import { Construct } from 'constructs';
import { EnvironmentKeys } from '../../encryption';
import { ExecutionRoles } from '../../identity';
import { EnvironmentNames } from '../../names';
import { EnvironmentNetwork } from '../../network';
import { DataPerimeter } from '../../perimeter';
import { DataPreparation, EnvironmentStorage } from '../../storage';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** Where data is prepared, and by whom. */
interface Prepared extends Construct {
  readonly names: EnvironmentNames;
  readonly network: EnvironmentNetwork;
  readonly perimeter: DataPerimeter;
  readonly storage: EnvironmentStorage;
  readonly keys: EnvironmentKeys;
  readonly executionRoles: ExecutionRoles;
}

/** Makes the Glue database and the Athena workgroup of an environment that prepares data. */
export function prepareData(environment: Prepared, { dataPreparation, removalPolicy }: DataScienceEnvironmentProps): DataPreparation | undefined {
  const { names, network, perimeter, storage, keys, executionRoles: { dataPreparationRole: role } } = environment;
  return dataPreparation && DataPreparation._create(environment, 'DataPreparation', { ...dataPreparation, names, network, perimeter, storage, keys, role, removalPolicy });
}
