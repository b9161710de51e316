import { Construct } from 'constructs';
import { USUAL } from '../../identity/instance-families';
import { InputCheck } from '../../private/input-check';
import { isAmong, isFamily } from '../../private/instance-type';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** What Studio offers: unless told otherwise what guardrails allow, and never what they deny. */
export function studioInstanceTypes(scope: Construct, { studio, executionRoles }: DataScienceEnvironmentProps): string[] | undefined {
  const allowed = executionRoles?.guardrails?.instanceTypes;
  const isAllowed = (type: string) => (isFamily(type) ? (allowed ?? USUAL).includes(type) : isAmong(type, allowed ?? USUAL));
  new InputCheck(scope).every('studio.instanceTypes', studio?.instanceTypes, isAllowed, 'be allowed by executionRoles.guardrails.instanceTypes',
    'Nobody could start what Studio offers: allow it there, or leave it out here').throwIfInvalid();
  return studio?.instanceTypes ?? allowed;
}
