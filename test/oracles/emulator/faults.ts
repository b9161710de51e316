import { Answer, Refusal } from '../../handlers/fake-aws/answer';

/** What becomes of a call on its way: nothing, one of these, or an answer in its place. */
export const FAULTS = ['throttled', 'unavailable', 'failing', 'broken', 'lost', 'cut', 'silent', 'stalled', 'slow'] as const;
export type Fault = typeof FAULTS[number] | 'expired' | 'denied';

/** One call, as far as faults depend on it. */
export interface FaultyCall {
  /** As signatures name it, such as `s3`. */
  readonly service: string;
  readonly target?: string;
  readonly body: string;
}

/** Faults that stand in the place of AWS's answer, in the words of the service. */
export function refusalOf(fault: Fault, { service, target }: FaultyCall): Answer | undefined {
  const said = REFUSALS[fault]?.(service);
  if (said === undefined) return undefined;
  if (service === 's3') return said.asS3();
  if (service === 'ec2') return said.asXml();
  return target !== undefined || service === 'elasticfilesystem' ? said.asJson() : said.asQuery();
}

const REFUSALS: Partial<Record<Fault, (service: string) => Refusal>> = {
  throttled: (service) => ({
    s3: new Refusal('SlowDown', 'Please reduce your request rate.', 503),
    ec2: new Refusal('RequestLimitExceeded', 'Request limit exceeded.', 503),
    sts: new Refusal('Throttling', 'Rate exceeded'),
  }[service] ?? new Refusal('ThrottlingException', 'Rate exceeded')),
  unavailable: () => new Refusal('ServiceUnavailable', 'Service is unable to handle request.', 503),
  failing: (service) => new Refusal(service === 's3' ? 'InternalError' : 'InternalFailure', 'We encountered an internal error. Please try again.', 500),
  denied: () => new Refusal('AccessDenied', 'User is not authorized to perform this action', 403),
  expired: (service) => ({
    s3: new Refusal('ExpiredToken', 'The provided token has expired.'),
    ec2: new Refusal('RequestExpired', 'Request has expired.'),
    sts: new Refusal('ExpiredToken', 'The security token included in the request is expired', 403),
  }[service] ?? new Refusal('ExpiredTokenException', 'The security token included in the request is expired')),
};

/** The same faults for the same seed: the first call and about every third meet one, and never one call after the other for long. */
export function seeded(seed: number, kinds: readonly Fault[] = FAULTS): () => Fault | undefined {
  let [state, inARow, isFirst] = [seed * 7_919, 0, true];
  // Park and Miller's "minimal standard".
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  return () => {
    const meetsNone = random() > 0.3 && !isFirst;
    isFirst = false;
    if (meetsNone || inARow >= 3) {
      inARow = 0;
      return undefined;
    }
    inARow++;
    return kinds[Math.floor(random() * kinds.length)];
  };
}
