import { RequestSymbols } from './request-symbols';
import { isIdentity, weigh } from './statements';
import { and, FALSE, not, or, Term, TRUE } from './terms';
import { Vocabulary } from './vocabulary';
import { PolicyDocument } from '../../access/policy-document';

/** Every policy that has a say. */
export interface Policies {
  /** The caller's own; everything is allowed where they are not written. */
  readonly identity?: PolicyDocument[];
  /** That of the resource. */
  readonly resource?: PolicyDocument;
  /** Those of endpoints, which have a say in the requests that pass them. */
  readonly endpoints?: { readonly passes: Term; readonly document: PolicyDocument }[];
}

/** The resource that is asked for. */
export interface Asked {
  /** Account of the resource. */
  readonly account: string;
  /** Whether callers of its own account, too, need a word of its policy: keys and roles. */
  readonly trustsNobody: boolean;
}

/**
 * Whether a request is allowed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed({ identity, resource, endpoints = [] }: Policies, asked: Asked, request: RequestSymbols, vocabulary: Vocabulary): Term {
  const weighed = (document: PolicyDocument) => weigh(document, request, vocabulary);
  const own = identity?.map(weighed);
  const ownAllows = own ? or(...own.map(({ allows }) => allows)) : TRUE;
  const ownDenies = own ? or(...own.map(({ denies }) => denies)) : FALSE;
  const { denies, allows, allowsAccount } = resource ? weighed(resource) : { denies: FALSE, allows: FALSE, allowsAccount: FALSE };
  const inside = request.compare(request.principalAccount, 'equals', asked.account);
  const passed = endpoints.map(({ passes, document }) => {
    const policy = weighed(document);
    return or(not(passes), and(policy.allows, not(policy.denies)));
  });
  return and(
    not(denies),
    ...passed,
    or(
      and(not(isIdentity(request)), allows),
      and(isIdentity(request), not(ownDenies), or(
        and(inside, or(allows, and(asked.trustsNobody ? allowsAccount : TRUE, ownAllows))),
        and(not(inside), or(allows, allowsAccount), ownAllows),
      )),
    ),
  );
}
