import { execFileSync } from 'child_process';
import { PolicyDocument } from '../../access/policy-document';
import { sharedPython } from '../../python/shared-python';

/** Prints the documents of the policies whose names it is given. */
const PROGRAM = `
import json, sys
from moto.iam.aws_managed_policies import aws_managed_policies_data
policies = json.loads(aws_managed_policies_data)
print(json.dumps({name: policies[name]["Document"] for name in sys.argv[1:]}))
`;

/** AWS's managed policies, as moto carries them, by name. */
export async function managedPolicies(names: string[]): Promise<Record<string, PolicyDocument>> {
  const printed = execFileSync(await sharedPython(), ['-c', PROGRAM, ...new Set(names)], { encoding: 'utf8', maxBuffer: 32_000_000 });
  return JSON.parse(printed) as Record<string, PolicyDocument>;
}
