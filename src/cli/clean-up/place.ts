import { Account } from '../aws/account';

/** An account in the environment's region, as the credentials see it that were given for it. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly aws: Account;
  /** The environment that is cleaned up. */
  readonly environment: string;
}

/** A stack of a place. */
export interface DeployedStack {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly isProtected: boolean;
  readonly roleArn?: string;
  /** Values of parameters: names of Systems Manager parameters that a template reads are among them. */
  readonly parameters: string[];
  readonly exports: string[];
}

/** A resource that a stack made. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
}

/** Where the parameters of an environment begin. */
export function parameterPrefix({ environment }: Place): string {
  return `/secure-mlops/${environment}/`;
}
