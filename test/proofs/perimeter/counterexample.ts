import { Asset } from './asset';
import { NamedPolicy } from '../../access/policy-document';
import { Context, Requester } from '../../access/request/requester';
import { AccessRequest, Replacements } from '../../access/simulator';
import { Term } from '../encoding/terms';
import { Solver } from '../solver';

/** A request to an asset that is allowed and of which a formula holds, as the simulator takes it; none where there is none. */
export function counterexample(asset: Asset, question: Term, solver: Solver, replacements?: Replacements): AccessRequest | undefined {
  const { request, vocabulary, parts } = asset;
  const { lines, classes } = asset.script(replacements);
  const elements = request.keys.flatMap((key) => request.elements(key).map((element) => ({ key, ...element })));
  const flags = [request.isService, request.isAnonymous, ...elements.map(({ present }) => present)];
  const values = solver.example(lines, question, [request.action, ...flags, ...classes.numbers()]);
  if (!values) return undefined;
  const is = (flag: Term) => values.get(flag) === 'true';
  const text = (unknown: Term) => classes.exampleOf(unknown, values) ?? 'anything';
  const context: Context = {};
  for (const { key, present, value } of elements) {
    if (!is(present)) continue;
    context[key] = request.isSet(key) ? [...context[key] ?? [], text(value)] : text(value);
  }
  const endpoint = parts.endpoints.find(({ id }) => id === context['aws:sourcevpce']);
  return {
    action: vocabulary.name(Number(values.get(request.action))),
    who: is(request.isAnonymous) ? NOBODY : is(request.isService) ? service(text(request.serviceName)) : caller(text(request.principalArn)),
    on: { arn: text(request.resource), account: { id: parts.account }, policy: replaced(parts.policy, replacements) },
    context: { ...context, 'aws:principalarn': text(request.principalArn) },
    endpointPolicy: endpoint?.policy && replaced(endpoint.policy, replacements),
  };
}

const NOBODY: Requester = { kind: 'anonymous', arn: '*', name: 'anonymous' };
const service = (name: string): Requester => ({ kind: 'service', arn: name, name });

function caller(arn: string): Requester {
  const [kind, ...path] = arn.split(':')[5].split('/');
  return { kind: kind === 'role' ? 'role' : 'user', account: { id: arn.split(':')[4], organization: { id: '', paths: [] } }, arn, name: path.pop() ?? kind, session: 'session' };
}

function replaced(policy: NamedPolicy, replacements: Replacements = new Map()): NamedPolicy {
  return { ...policy, document: replacements.get(policy.name) ?? policy.document };
}
