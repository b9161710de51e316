import { tableOf } from './table';
import { addressOf, partitionOf } from '../../handlers/aws/service-endpoints';
import { Account } from '../aws/account';
import { clearProgress, print, progress } from '../output';
import { ExitCode } from '../report';
import { WrongUse } from '../wrong-use';

export const PRICES_OPTIONS = {
  region: { type: 'string' },
  only: { type: 'string', multiple: true },
  policy: { type: 'boolean' },
} as const;

interface Values {
  readonly region?: string;
  readonly only?: string[];
  readonly policy?: boolean;
}

const ACTION = 'pricing:GetProducts';
/** The Price List has no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awspricelist.html */
const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: [ACTION], Resource: '*' }] };
const SERVICE = 'AmazonSageMaker';

/**
 * Where prices are asked for, which are those of every region of the partition. GovCloud's are in the list of commercial accounts.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
 */
const ASKED: Record<string, string> = { 'aws-cn': 'cn-northwest-1', 'aws-eusc': 'eusc-de-east-1' };
const ELSEWHERE = 'us-east-1';

/** Writes the price table of a region. */
export async function runPrices({ region: given, only, policy }: Values, more: string[]): Promise<ExitCode> {
  if (policy) return print(`${JSON.stringify(POLICY, undefined, 2)}\n`);
  if (more.length > 0) throw new WrongUse(`Nothing is read, and ${more.join(', ')} is named. Say the region with --region.`);
  const region = given ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION);
  if (!region) throw new WrongUse('Say of which region with --region, or with AWS_REGION.');
  const place = { name: 'pricing', region: ASKED[partitionOf(region).name] ?? ELSEWHERE } as const;
  progress(region, 'asking for prices');
  const products = await new Account(place.region).allJson<string>('pricing', 'AWSPriceListService', { action: ACTION, subject: `prices of SageMaker in ${region}` }, 'PriceList', {
    ServiceCode: SERVICE, Filters: [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: region }], FormatVersion: 'aws_v1', MaxResults: 100,
  });
  clearProgress();
  const { table, doubtful } = tableOf(products, region, `AWS Price List, ${addressOf(place).host}: GetProducts of ${SERVICE}, regionCode ${region}`, only);
  if (table === undefined) throw new WrongUse(`AWS has no prices of SageMaker in ${region}${only ? ` for ${only.join(', ')}` : ''}.`);
  for (const one of doubtful) process.stderr.write(`${one} has several prices: the highest is taken.\n`);
  return print(`${JSON.stringify(table, undefined, 2)}\n`);
}
