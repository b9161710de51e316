import { Patience, waitedFor } from './waiting';
import { isFault } from '../aws/faults';
import type { Ecr } from '../release/ecr';
import type { Repository } from '../release/layer';

/** One finding, by the name under which people know it. */
export interface Finding {
  readonly name: string;
  readonly severity: string;
  readonly uri?: string;
}

/** What a scan has found. */
export interface Scan {
  readonly status: string;
  readonly completedAt?: string;
  readonly findings: Finding[];
}

interface Described {
  readonly imageScanStatus?: { readonly status?: string; readonly description?: string };
  readonly imageScanFindings?: {
    readonly imageScanCompletedAt?: number;
    readonly findings?: Finding[];
    /** Of Amazon Inspector, where the registry has enhanced scanning. */
    readonly enhancedFindings?: {
      readonly status?: string;
      readonly severity?: string;
      readonly title?: string;
      readonly packageVulnerabilityDetails?: { readonly vulnerabilityId?: string; readonly sourceUrl?: string };
    }[];
  };
  readonly nextToken?: string;
}

/** Basic scanning is done once; enhanced scanning goes on, and has its findings by then. */
const DONE = ['COMPLETE', 'ACTIVE'];
const GOING_ON = ['IN_PROGRESS', 'PENDING'];
/** Findings that are mended, or that a rule of the account's Amazon Inspector takes out. */
const PAST = ['CLOSED', 'SUPPRESSED'];
const PAGE = 1000;

/**
 * The findings of an image's scan, once it is done. An image that cannot be scanned is an error: nobody knows what is in it.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageScanStatus.html
 */
export async function scanOf(
  ecr: Ecr, repository: Repository, imageDigest: string, patience: Patience, say: (text: string) => void,
): Promise<Scan> {
  const image = `${repository.uri}@${imageDigest}`;
  return waitedFor<Scan>('the scan', async () => {
    const described = await describe(ecr, repository, imageDigest);
    const { status = 'PENDING', description } = described?.imageScanStatus ?? {};
    if (described !== undefined && DONE.includes(status)) return { done: { status, ...await allOf(ecr, repository, imageDigest, described) } };
    if (!GOING_ON.includes(status)) throw new Error(`${image} was not scanned, its scan is ${status}${description ? `: ${description}` : ''}`);
    return { state: described === undefined ? 'not begun' : status };
  }, patience, say);
}

/** Nothing where no scan is known yet: it begins after the push. */
async function describe(ecr: Ecr, repository: Repository, imageDigest: string, nextToken?: string): Promise<Described | undefined> {
  try {
    return await ecr.ask<Described>('DescribeImageScanFindings', repository, { imageId: { imageDigest }, maxResults: PAGE, nextToken });
  } catch (error) {
    if (isFault(error, 'ScanNotFoundException')) return undefined;
    throw error;
  }
}

async function allOf(ecr: Ecr, repository: Repository, imageDigest: string, first: Described): Promise<Omit<Scan, 'status'>> {
  const findings = findingsOf(first);
  for (let token = first.nextToken; token !== undefined && token !== '';) {
    const page = await describe(ecr, repository, imageDigest, token);
    if (page === undefined) throw new Error(`the findings of ${repository.uri}@${imageDigest} went away while they were read: release again`);
    findings.push(...findingsOf(page));
    token = page.nextToken;
  }
  const completed = first.imageScanFindings?.imageScanCompletedAt;
  return { completedAt: completed === undefined ? undefined : new Date(completed * 1000).toISOString(), findings };
}

function findingsOf({ imageScanFindings: { findings = [], enhancedFindings = [] } = {} }: Described): Finding[] {
  return [
    ...findings.map(({ name, severity, uri }) => ({ name, severity, uri })),
    ...enhancedFindings.filter(({ status }) => !PAST.includes(status ?? '')).map(({ severity = 'UNTRIAGED', title = 'unnamed', packageVulnerabilityDetails: { vulnerabilityId, sourceUrl } = {} }) => (
      { name: vulnerabilityId ?? title, severity, uri: sourceUrl }
    )),
  ];
}
