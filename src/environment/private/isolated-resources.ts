import { ExecutionRoles, Personas } from '../../identity';
import { SecureStudioDomain } from '../../studio';

/** Who works in a domain, or on it. */
interface Isolated {
  readonly studio: SecureStudioDomain;
  readonly executionRoles: ExecutionRoles;
  readonly personas: Personas;
}

/**
 * Of all that people of an account's environments make and name, by the mark of the domain it was made in. As permissions
 * of the roles rather than a policy beside them: so they are counted, and told to the owners of given roles.
 */
export function isolateResources({ studio, executionRoles, personas: { teamAdministrator } }: Isolated): void {
  const { studioRole, dataPreparationRole, sharedSpaceRole, pipelineRole } = executionRoles;
  executionRoles.allowWorkOfDomain(studio.domainArn);
  for (const role of [studioRole, dataPreparationRole, sharedSpaceRole, pipelineRole, teamAdministrator]) {
    role?.addToPolicy(...studio.isolationStatements);
  }
}
