import { Account } from '../aws/account';
import { Check, each } from '../check';
import { problem } from '../finding';
import { PlannedStack } from '../planned-stack';

/** A service that an account has once in a region. */
interface Once {
  readonly type: string;
  /** Of analyzers, whose types an account has once each. */
  readonly analyzer?: string;
  readonly what: string;
  /** Property of the detective controls that asks for it. */
  readonly property: string;
  /** Whether the account has it. */
  readonly isThere: (account: Account) => Promise<boolean>;
}

const analyzer = (type: string, what: string, property: string): Once => ({
  type: 'AWS::AccessAnalyzer::Analyzer',
  analyzer: type,
  what,
  property,
  isThere: async (account) => {
    const question = { action: 'access-analyzer:ListAnalyzers', subject: 'analyzers of the account' };
    return (await account.read<{ analyzers: unknown[] }>('access-analyzer', question, '/analyzer', { type }))!.analyzers.length > 0;
  },
});

/**
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-macie-session.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html
 */
const SERVICES: Once[] = [
  {
    type: 'AWS::GuardDuty::Detector',
    what: 'a detector of GuardDuty',
    property: 'guardDuty',
    isThere: async (account) => {
      const question = { action: 'guardduty:ListDetectors', subject: 'detectors of GuardDuty' };
      return (await account.read<{ detectorIds: unknown[] }>('guardduty', question, '/detector'))!.detectorIds.length > 0;
    },
  },
  {
    type: 'AWS::SecurityHub::Hub',
    what: 'Security Hub',
    property: 'securityHub',
    isThere: async (account) => {
      const question = { action: 'securityhub:DescribeHub', subject: 'Security Hub', absent: ['ResourceNotFoundException', /not subscribed/] };
      return await account.read('securityhub', question, '/accounts') !== undefined;
    },
  },
  {
    type: 'AWS::Macie::Session',
    what: 'a session of Macie',
    property: 'macie',
    isThere: async (account) => {
      // Where it is off, Macie denies access and says why.
      const question = { action: 'macie2:GetMacieSession', subject: 'the session of Macie', absent: [/Macie is not enabled/] };
      return await account.read('macie2', question, '/macie') !== undefined;
    },
  },
  analyzer('ACCOUNT', 'an analyzer of external access', 'externalAccessAnalyzer'),
  analyzer('ACCOUNT_UNUSED_ACCESS', 'an analyzer of unused access', 'unusedAccessAnalyzer'),
];

function isMade(stack: PlannedStack, { type, analyzer: kind }: Once): boolean {
  return stack.added(type).some(({ properties }) => kind === undefined || properties.Type === kind);
}

/** Services that an account has once are not there yet. */
export const SECURITY_SERVICES: Check = {
  name: 'security-services',
  title: 'GuardDuty, Security Hub, Macie and analyzers of IAM Access Analyzer, which an account has once, are not there yet.',
  actions: ['guardduty:ListDetectors', 'securityhub:DescribeHub', 'macie2:GetMacieSession', 'access-analyzer:ListAnalyzers'],
  look: (stack, account) => each(SERVICES.filter((one) => isMade(stack, one)), async ({ what, property, isThere }) => !await isThere(account) ? []
    : [problem(`The stack makes ${what}, which the account has already in ${account.region}, and has once.`, `Leave out ${property} of the detective controls: what it finds is told by findingNotifications, whoever has switched it on.`)]),
};
