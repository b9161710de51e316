import { Check, each } from '../check';
import { Finding, problem } from '../finding';

/** What a domain is made with once and for all. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateDomain.html */
const FIXED = ['AuthMode', 'VpcId', 'KmsKeyId'];
/** What lists must not have besides: an application in another subnet finds no endpoints, and every one has what another group opens. */
const WHOLE = ['SubnetIds', 'DefaultUserSettings.SecurityGroups', 'DefaultSpaceSettings.SecurityGroups'];

/** Studio domains that were given are as the environment needs them. */
export const GIVEN_DOMAINS: Check = {
  name: 'given-domains',
  title: 'A given Studio domain is there and in service, with the network, key and settings that the environment needs.',
  actions: ['sagemaker:DescribeDomain'],
  look: (stack, account) => each(stack.given('AWS::SageMaker::Domain'), async ({ properties: { DomainId, Required } }) => {
    if (typeof DomainId !== 'string') return [];
    const question = { action: 'sagemaker:DescribeDomain', subject: `the Studio domain ${DomainId}`, absent: ['ResourceNotFound', 'ResourceNotFoundException'] };
    const domain = await account.json<Record<string, unknown>>('sagemaker', 'SageMaker', question, { DomainId });
    if (domain === undefined) return [problem(`There is no Studio domain ${DomainId}.`, 'Name one that there is, in the account and region of the stack.')];
    const found = domain.Status === 'InService' ? [] : [problem(`The Studio domain ${DomainId} is in the state ${String(domain.Status)}, and is to be InService.`, 'Wait until it is, or see its FailureReason.')];
    return [...found, ...differences(DomainId, '', Required, domain)];
  }),
};

/** Compares what is needed and known with what there is. What the domain has besides is its owner's. */
function differences(id: string, path: string, needed: unknown, given: unknown): Finding[] {
  if (needed === undefined) return [];
  if (Array.isArray(needed)) {
    const known = needed.filter((one): one is string => typeof one === 'string'), has = Array.isArray(given) ? given as string[] : [];
    const lacking = known.filter((one) => !has.includes(one));
    const others = known.length === needed.length && WHOLE.includes(path) ? has.filter((one) => !known.includes(one)) : [];
    return [
      ...(lacking.length === 0 ? [] : [problem(`${path} of the Studio domain ${id} lacks ${lacking.join(', ')}.`, remedy(id, path))]),
      ...(others.length === 0 ? [] : [problem(`${path} of the Studio domain ${id} has ${others.join(', ')}, which the environment does not know.`, remedy(id, path))]),
    ];
  }
  if (typeof needed === 'object' && needed !== null) {
    return Object.entries(needed).flatMap(([name, value]) => differences(id, path === '' ? name : `${path}.${name}`, value, (given as Record<string, unknown> | undefined)?.[name]));
  }
  if (needed === given || path === 'KmsKeyId' && isSameKey(String(needed), String(given))) return [];
  return [problem(`${path} of the Studio domain ${id} is ${given === undefined ? 'not set' : String(given)}, and the environment needs ${String(needed)}.`, remedy(id, path))];
}

/** SageMaker tells a key as it was told: by its ARN or its id. */
function isSameKey(arn: string, other: string): boolean {
  return arn.endsWith(`:key/${other}`);
}

function remedy(id: string, path: string): string {
  return FIXED.includes(path) ? 'It cannot be changed: name another domain, or leave it out and let the environment make one.'
    : `Let its owner set it: "aws sagemaker update-domain --domain-id ${id}" with what requiredDomainSettings prints, while no application runs.`;
}
