import { RequestSymbols } from './request-symbols';
import { isIdentity, weigh, Weighed } from './statements';
import { and, FALSE, not, or, Term, TRUE } from './terms';
import { Vocabulary } from './vocabulary';
import { PolicyDocument } from '../../access/policy-document';

/** Every policy that has a say. */
export interface Policies {
  /** The caller's own; everything is allowed where they are not written. */
  readonly identity?: PolicyDocument[];
  /** The caller's permissions boundary, which has to allow whatever they let somebody do. */
  readonly boundary?: PolicyDocument;
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

const NOTHING: Weighed = { denies: FALSE, allows: FALSE, allowsAccount: FALSE, allowsBeyondBoundary: FALSE };
const EVERYTHING: Weighed = { ...NOTHING, allows: TRUE };

/**
 * Whether a request is allowed. What a resource's policy allows to everybody or to a user needs no word of the boundary, what it
 * allows to a role does.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function isAllowed(policies: Policies, asked: Asked, request: RequestSymbols, vocabulary: Vocabulary): Term {
  const { identity, boundary, resource, endpoints = [] } = policies;
  const weighed = (document: PolicyDocument) => weigh(document, request, vocabulary);
  const own = identity?.map(weighed);
  const ownAllows = own ? or(...own.map(({ allows }) => allows)) : TRUE;
  const ownDenies = own ? or(...own.map(({ denies }) => denies)) : FALSE;
  const { denies, allows, allowsAccount, allowsBeyondBoundary } = resource ? weighed(resource) : NOTHING;
  const inside = request.compare(request.principalAccount, 'equals', asked.account);
  const limit = boundary ? weighed(boundary) : EVERYTHING;
  const passed = endpoints.map(({ passes, document }) => {
    const policy = weighed(document);
    return or(not(passes), and(policy.allows, not(policy.denies)));
  });
  return and(
    not(denies),
    ...passed,
    or(
      and(not(isIdentity(request)), allows),
      and(isIdentity(request), not(ownDenies), not(limit.denies), or(limit.allows, and(inside, allowsBeyondBoundary)), or(
        and(inside, or(allows, and(asked.trustsNobody ? allowsAccount : TRUE, ownAllows))),
        and(not(inside), or(allows, allowsAccount), ownAllows),
      )),
    ),
  );
}
