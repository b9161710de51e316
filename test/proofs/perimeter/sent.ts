import { VpcEndpoint } from '../../access/template/template-reader';
import { RequestSymbols } from '../encoding/request-symbols';
import { isIdentity } from '../encoding/statements';
import { and, implies, not, or, same, Term } from '../encoding/terms';
import { Vocabulary } from '../encoding/vocabulary';

const FLAGS = ['aws:SecureTransport', 'aws:ViaAWSService', 'aws:PrincipalIsAWSService', 'kms:GrantIsForAWSResource'];
const CALLERS = ['root', 'role/?*', 'user/?*'];

/**
 * What AWS sends, so far as a theorem needs it: nobody chooses who they are, and what says where a request comes from belongs together.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function whatAwsSends(request: RequestSymbols, vocabulary: Vocabulary, account: string, endpoints: VpcEndpoint[]): Term[] {
  const identity = isIdentity(request);
  const has = (name: string) => request.has(name);
  const is = (name: string, ...values: string[]) => {
    const { present, value } = request.single(name);
    return and(present, or(...values.map((each) => request.compare(value, 'equals', each))));
  };
  const ownerIsSent = vocabulary.sends('aws:VpceAccount', request.action);
  return [
    vocabulary.isWord(request.action),
    not(and(request.isService, request.isAnonymous)),
    // Callers have an account and a name in it; services and nobody have neither.
    implies(identity, and(
      has('aws:PrincipalAccount'), has('aws:PrincipalArn'), is('aws:PrincipalIsAWSService', 'false'),
      or(...CALLERS.map((caller) => request.compare(request.principalArn, 'matchesArn', `arn:aws:iam::????????????:${caller}`))),
    )),
    implies(not(identity), not(or(...['aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalOrgPaths', 'aws:PrincipalOrgID'].map(has)))),
    implies(request.isService, is('aws:PrincipalIsAWSService', 'true')),
    implies(request.isAnonymous, not(has('aws:PrincipalIsAWSService'))),
    // Whether a service asks for its caller is said of every caller; for whom it was asked first, only then.
    same(identity, has('aws:ViaAWSService')),
    implies(has('aws:CalledViaFirst'), is('aws:ViaAWSService', 'true')),
    // An endpoint is in a VPC, and has an owner, which some services say.
    same(has('aws:SourceVpce'), has('aws:SourceVpc')),
    implies(has('aws:VpceAccount'), has('aws:SourceVpce')), implies(and(has('aws:SourceVpce'), ownerIsSent), has('aws:VpceAccount')),
    implies(has('aws:VpceOrgPaths'), has('aws:SourceVpce')),
    ...endpoints.map((endpoint) => implies(is('aws:SourceVpce', endpoint.id), and(
      is('aws:SourceVpc', endpoint.vpcId), implies(ownerIsSent, is('aws:VpceAccount', endpoint.account)),
    ))),
    is('aws:ResourceAccount', account),
    has('aws:SecureTransport'),
    ...FLAGS.map((name) => implies(has(name), is(name, 'true', 'false'))),
    // Keys that the service authorization reference does not have for an action are not sent with it.
    ...request.keys.map((name) => implies(has(name), vocabulary.sends(name, request.action))),
  ];
}

/** An account that somebody's ARN names is theirs. */
export function accountsOfCallers(request: RequestSymbols): Term[] {
  const accounts = request.atoms.filter(({ text, comparison }) => text === request.principalAccount && comparison === 'equals');
  return accounts.map(({ name, pattern }) => implies(isIdentity(request), same(name, request.compare(request.principalArn, 'matchesArn', `arn:aws:iam::${pattern}:*`))));
}
