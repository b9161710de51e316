/** What is paid for one kind of thing. */
export interface Charge {
  /** The thing, and how many of it the price is for. */
  readonly per: string;
  /** US dollars. */
  readonly price: number;
  /** How many times that is in a month. */
  readonly amount: number;
  /** Where AWS says so: it is an estimate where there is nothing. */
  readonly read?: PriceSource;
}

/** What AWS has written about a price. */
export interface PriceSource {
  /** A page of prices, or a price list. */
  readonly at: string;
  /** Date of the copy that was read, or of the price list itself. */
  readonly date: string;
}

/** What a control costs. */
export interface ControlCost {
  readonly control: string;
  /** The property that switches it. */
  readonly property: string;
  readonly charges: Charge[];
  /** Where AWS publishes the prices of today. */
  readonly page: string;
}

/**
 * Of which date and region the prices are: list prices, without anything that is free in the first months or below an amount. Tables on
 * most pages of AWS show prices only to browsers: their examples were read, and AWS's price list.
 */
export const PRICES_OF = { date: '2026-11-30', region: 'us-east-1' };

/** What the amounts are of: a team of ten at work. */
export const ASSUMED = '1 million management and 2 million data events, 5 GB of them in CloudWatch Logs, 2 GB of flow logs and of DNS queries each, 15 buckets with 500,000 objects, of which 10 GB are inspected, 60 roles, 2,000 evaluations of rules and 3,000 checks';

const KMS = 'https://aws.amazon.com/kms/pricing/', CLOUDTRAIL = 'https://aws.amazon.com/cloudtrail/pricing/', CONFIG = 'https://aws.amazon.com/config/pricing/';
const CLOUDWATCH = 'https://aws.amazon.com/cloudwatch/pricing/', GUARD_DUTY = 'https://aws.amazon.com/guardduty/pricing/', MACIE = 'https://aws.amazon.com/macie/pricing/';

const written = (at: string): PriceSource => ({ at, date: PRICES_OF.date });
/** From the examples of its page. */
const GUARD_DUTY_EXAMPLES: PriceSource = { at: GUARD_DUTY, date: '2026-10-07' };
const MACIE_EXAMPLES: PriceSource = { at: MACIE, date: '2026-10-07' };
/** @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html */
const CLOUDWATCH_LIST: PriceSource = { at: 'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonCloudWatch/current/us-east-1/index.json', date: '2026-08-06' };

const ALARM = { per: 'alarm', price: 0.10, read: CLOUDWATCH_LIST }, METRIC = { per: 'custom metric', price: 0.30, read: CLOUDWATCH_LIST };
const INGESTED = { per: 'GB into CloudWatch Logs', price: 0.50, read: CLOUDWATCH_LIST };

/** An alarm, and the metric that is made for it. */
const alarms = (control: string, property: string, count: number): ControlCost => ({
  control, property, page: CLOUDWATCH, charges: [{ ...ALARM, amount: count }, { ...METRIC, amount: count }],
});

export const COSTS: ControlCost[] = [
  { control: 'key', property: 'encryptionKey', page: KMS, charges: [{ per: 'key', price: 1, amount: 1, read: written(KMS) }] },
  {
    control: 'trail',
    property: 'trail',
    page: CLOUDTRAIL,
    // The first copy of management events is free in each region; a second trail pays 2 dollars for 100,000.
    charges: [{ per: '100,000 data events', price: 0.10, amount: 20, read: written(CLOUDTRAIL) }, { ...INGESTED, amount: 5 }],
  },
  alarms('use of root', 'rootUseAlarm', 1),
  alarms('logging', 'loggingAlarm', 1),
  alarms('keys', 'keyChangeAlarm', 1),
  alarms('policies', 'policyChangeAlarms', 2),
  alarms('perimeter', 'perimeterAlarm', 1),
  alarms('approvals', 'approvalAlarms', 2),
  alarms('work outside of a VPC', 'networkAlarms', 2),
  alarms('rejected traffic', 'rejectedTrafficAlarm', 1),
  {
    control: 'DNS queries',
    property: 'resolverQueryLogging',
    page: CLOUDWATCH,
    charges: [{ ...INGESTED, amount: 2 }, { ...ALARM, amount: 1 }, { ...METRIC, amount: 1 }],
  },
  { control: 'notifications of findings', property: 'findingNotifications', page: CLOUDWATCH, charges: [{ ...ALARM, amount: 1 }] },
  { control: 'dashboard', property: 'dashboard', page: CLOUDWATCH, charges: [{ per: 'dashboard', price: 3, amount: 1 }] },
  { control: 'sample queries', property: 'sampleQueries', page: CLOUDWATCH, charges: [] },
  { control: 'rules of AWS Config', property: 'configRules', page: CONFIG, charges: [{ per: 'evaluation', price: 0.001, amount: 2000, read: written(CONFIG) }] },
  { control: 'Security Hub', property: 'securityHub', page: 'https://aws.amazon.com/security-hub/cspm/pricing/', charges: [{ per: 'check', price: 0.001, amount: 3000 }] },
  {
    control: 'GuardDuty',
    property: 'guardDuty',
    page: GUARD_DUTY,
    charges: [
      { per: 'million management events', price: 4, amount: 1, read: GUARD_DUTY_EXAMPLES },
      { per: 'GB of flow logs and DNS queries', price: 1, amount: 4, read: GUARD_DUTY_EXAMPLES },
      { per: 'million data events', price: 0.80, amount: 2, read: GUARD_DUTY_EXAMPLES },
    ],
  },
  {
    control: 'Macie',
    property: 'macie',
    page: MACIE,
    charges: [
      { per: 'bucket', price: 0.10, amount: 15, read: MACIE_EXAMPLES }, { per: '100,000 objects', price: 0.01, amount: 5, read: MACIE_EXAMPLES }, { per: 'GB inspected', price: 1, amount: 10, read: MACIE_EXAMPLES },
    ],
  },
  { control: 'analyzer of external access', property: 'externalAccessAnalyzer', page: 'https://aws.amazon.com/iam/access-analyzer/pricing/', charges: [] },
  { control: 'analyzer of unused access', property: 'unusedAccessAnalyzer', page: 'https://aws.amazon.com/iam/access-analyzer/pricing/', charges: [{ per: 'role or user', price: 0.20, amount: 60 }] },
];
