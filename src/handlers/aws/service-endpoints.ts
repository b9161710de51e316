/** What differs between the partitions of AWS. */
export interface Partition {
  readonly name: string;
  readonly domain: string;
  /** Where people look at it. */
  readonly console: string;
  /** AWS Organizations is one service for a whole partition and answers in one region of it. */
  readonly organizationsRegion: string;
}

const COMMERCIAL: Partition = { name: 'aws', domain: 'amazonaws.com', console: 'console.aws.amazon.com', organizationsRegion: 'us-east-1' };
const PARTITIONS: Record<string, Partition> = {
  'cn': { name: 'aws-cn', domain: 'amazonaws.com.cn', console: 'console.amazonaws.cn', organizationsRegion: 'cn-northwest-1' },
  'us-gov': { name: 'aws-us-gov', domain: 'amazonaws.com', console: 'console.amazonaws-us-gov.com', organizationsRegion: 'us-gov-west-1' },
  'eusc': { name: 'aws-eusc', domain: 'amazonaws.eu', console: 'console.amazonaws-eusc.eu', organizationsRegion: 'eusc-de-east-1' },
};

/** The partition that a region is in. */
export function partitionOf(region: string): Partition {
  const prefix = Object.keys(PARTITIONS).find((one) => region.startsWith(`${one}-`));
  return prefix === undefined ? COMMERCIAL : PARTITIONS[prefix];
}

/** A service at its place. The name is that of its signatures. */
export interface Service {
  readonly name: 'organizations' | 'sts' | 'cloudformation' | 'sagemaker' | 'ecr' | 's3' | 'ec2' | 'iam' | 'kms' | 'logs' | 'ssm' | 'servicequotas' | 'sso' | 'servicecatalog' | 'tagging' | 'codecommit' | 'glue' | 'athena'
  | 'pricing' | 'monitoring' | 'guardduty' | 'securityhub' | 'macie2' | 'access-analyzer' | 'config' | 'cloudtrail';
  readonly region: string;
  /** Where it is, if not at a host that is named like the service and the region. */
  readonly host?: string;
}

/** Hosts that are not called as their service is. */
const HOSTS: Record<string, string> = { sagemaker: 'api.sagemaker', ecr: 'api.ecr', pricing: 'api.pricing' };

/** AWS Organizations, from wherever it is asked. */
export function organizationsFor(region: string): Service {
  return { name: 'organizations', region: partitionOf(region).organizationsRegion };
}

/** IAM is one service for a whole partition: its host, and the region that requests are signed for. */
const IAM: Record<string, Pick<Service, 'host' | 'region'>> = {
  'aws': { host: 'iam.amazonaws.com', region: 'us-east-1' },
  'aws-cn': { host: 'iam.cn-north-1.amazonaws.com.cn', region: 'cn-north-1' },
  'aws-us-gov': { host: 'iam.us-gov.amazonaws.com', region: 'us-gov-west-1' },
};

/** IAM, from wherever it is asked. */
export function iamOf(region: string): Service {
  return { name: 'iam', ...IAM[partitionOf(region).name] ?? { region } };
}

/** Where to ask; another place where `AWS_ENDPOINT_URL` says so, as for every SDK of AWS. */
export function addressOf({ name, region, host }: Service): URL {
  return new URL(process.env.AWS_ENDPOINT_URL || `https://${host ?? `${HOSTS[name] ?? name}.${region}.${partitionOf(region).domain}`}`);
}

/**
 * Where a bucket is, or below its percent-encoded path an object: in the host the name of the bucket, but where a dot in it would break
 * the certificate, and with emulators.
 */
export function addressOfBucket(region: string, bucket: string, path = ''): URL {
  const url = addressOf({ name: 's3', region });
  const inPath = process.env.AWS_ENDPOINT_URL !== undefined || bucket.includes('.');
  if (!inPath) url.hostname = `${bucket}.${url.hostname}`;
  url.pathname = `${inPath ? `/${bucket}` : ''}${path === '' ? '' : `/${path}`}`;
  return url;
}
