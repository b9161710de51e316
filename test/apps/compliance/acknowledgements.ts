import * as detective from '../../../src/detective/private/acknowledgements';
import * as endpoints from '../../../src/endpoints/private/acknowledgements';
import * as launchRole from '../../../src/environment/private/launch-acknowledgements';
import * as members from '../../../src/environment/private/member-acknowledgements';
import * as executionRoles from '../../../src/identity/private/execution-role-acknowledgements';
import * as personas from '../../../src/identity/private/persona-acknowledgements';
import * as projectRoles from '../../../src/identity/private/project-role-acknowledgements';
import * as mlops from '../../../src/mlops/private/acknowledgements';
import * as monitoring from '../../../src/monitoring/private/acknowledgements';
import * as network from '../../../src/network/private/acknowledgements';
import * as spending from '../../../src/spending/private/acknowledgements';
import * as storage from '../../../src/storage/private/acknowledgements';
import * as studio from '../../../src/studio/private/acknowledgements';
import * as targets from '../../../src/targets/private/acknowledgements';

/** Everything that the library acknowledges, but for its functions. */
export const ACKNOWLEDGEMENTS = [
  detective, endpoints, launchRole, members, executionRoles, personas, projectRoles, mlops, monitoring, network, spending, storage, studio, targets,
].flatMap((room) => Object.values(room).flat());
