import { Construct } from 'constructs';
import { findExternalAccess, findUnusedAccess } from './access-analyzers';
import { detectThreats } from './guard-duty';
import { discoverSensitiveData } from './macie';
import { checkStandards } from './security-hub';

/** Services that an account has once, or an organization has switched on already, by the property that asks for them. */
export const SERVICES = {
  guardDuty: detectThreats,
  securityHub: checkStandards,
  macie: discoverSensitiveData,
  externalAccessAnalyzer: findExternalAccess,
  unusedAccessAnalyzer: findUnusedAccess,
} as const satisfies Record<string, (scope: Construct) => void>;
