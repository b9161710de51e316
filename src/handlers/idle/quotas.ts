import type { AppDetails } from '@aws-sdk/client-sagemaker';
import {
  instancesOfApplications, instancesOfEndpoints, instancesOfNotebooks, instancesOfProcessing, instancesOfTraining, instancesOfTransforms, Running,
} from './instances';
import { settings } from './settings';
import { Client } from '../aws/client';
import { ownCredentials } from '../aws/credentials';
import { pagesOf } from '../aws/pages';

/** A quota of which much is in use. */
export interface UsedQuota {
  readonly name: string;
  readonly code: string;
  readonly arn: string;
  readonly inUse: number;
  readonly value: number;
}

/** What is known of quotas. */
export interface Quotas {
  /** Those of which the share of the settings is in use. */
  readonly used: readonly UsedQuota[];
  /** Names of quotas against which something runs, and of which Service Quotas has no applied value. */
  readonly unknown: readonly string[];
}

interface Page {
  readonly Quotas?: { readonly QuotaName: string; readonly QuotaCode: string; readonly QuotaArn: string; readonly Value?: number }[];
  readonly NextToken?: string;
}

/** Asks for something; what cannot be read is told, and is nothing. */
type Asked = <T>(what: string, ask: () => Promise<T[]>) => Promise<T[]>;

/** What runs, against the quotas of its types and uses. */
export async function quotas(apps: readonly AppDetails[], asked: Asked): Promise<Quotas> {
  const { quotaPercentage } = settings();
  if (quotaPercentage === undefined) return { used: [], unknown: [] };
  const inUse = counted([
    ...instancesOfApplications(apps),
    ...await asked('instances of endpoints', instancesOfEndpoints),
    ...await asked('instances of notebook instances', instancesOfNotebooks),
    ...await asked('instances of training jobs', instancesOfTraining),
    ...await asked('instances of processing jobs', instancesOfProcessing),
    ...await asked('instances of transform jobs', instancesOfTransforms),
  ]);
  if (inUse.size === 0) return { used: [], unknown: [] };
  const [listed] = await asked('quotas', async () => [await applied(inUse)]);
  if (listed === undefined) return { used: [], unknown: [] };
  return {
    used: listed.filter((quota) => quota.inUse * 100 >= quota.value * quotaPercentage),
    unknown: [...inUse.keys()].filter((name) => !listed.some((quota) => plain(quota.name) === name)),
  };
}

function counted(all: readonly Running[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { quota, count } of all) if (count > 0) counts.set(quota, (counts.get(quota) ?? 0) + count);
  return counts;
}

/** Of applications, some are called `Studio JupyterLab Apps running on … instances` and others `RSessionGateway Apps running on … instance`. */
function plain(name: string): string {
  return name.replace(/^Studio /, '').replace(/( Apps running on \S+ instance)s$/, '$1');
}

/** By their names: there are thousands of codes, one for each type and use. */
async function applied(inUse: Map<string, number>): Promise<UsedQuota[]> {
  const client = new Client({ name: 'servicequotas', region: settings().region }, ownCredentials());
  const ask = (NextToken?: string) => client.json<Page>('ServiceQuotasV20190624.ListServiceQuotas', { ServiceCode: 'sagemaker', MaxResults: 100, NextToken });
  const found: UsedQuota[] = [];
  for await (const { Quotas: page = [] } of pagesOf('ListServiceQuotas', ask)) {
    for (const { QuotaName: name, QuotaCode: code, QuotaArn: arn, Value: value } of page) {
      const count = inUse.get(plain(name));
      if (count !== undefined && value !== undefined) found.push({ name, code, arn, inUse: count, value });
    }
  }
  return found;
}
