import * as deployment from '../../../src/deployment/private/acknowledgements';
import * as executionRoles from '../../../src/identity/private/execution-role-acknowledgements';
import * as personas from '../../../src/identity/private/persona-acknowledgements';
import * as projectRoles from '../../../src/identity/private/project-role-acknowledgements';
import * as mlops from '../../../src/mlops/private/acknowledgements';
import * as network from '../../../src/network/private/acknowledgements';
import * as storage from '../../../src/storage/private/acknowledgements';
import * as studio from '../../../src/studio/private/acknowledgements';

/** Everything that the library acknowledges, but for its functions. */
export const ACKNOWLEDGEMENTS = [deployment, executionRoles, personas, projectRoles, mlops, network, storage, studio]
  .flatMap((room) => Object.values(room).flat());
