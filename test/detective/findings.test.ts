import { execFileSync } from 'child_process';
import { controls } from './fixture';
import { pythonEnvironment } from '../../integ/python/environment';

const { template } = controls();

type Finding = Record<string, unknown>;

/** Events as AWS's pages show them, by the rule that must tell of them: they are at the rules, in `findings/all.ts`. */
const TOLD: Record<string, Finding> = {
  GuardDuty: event('aws.guardduty', 'GuardDuty Finding', { schemaVersion: '2.0', severity: 8, type: 'Exfiltration:S3/AnomalousBehavior' }),
  SecurityHub: event('aws.securityhub', 'Security Hub Findings - Imported', securityHub({})),
  Macie: event('aws.macie', 'Macie Finding', { type: 'SensitiveData:S3Object/Personal', severity: { score: 3, description: 'High' } }),
  ExternalAccess: event('aws.access-analyzer', 'Access Analyzer Finding', { status: 'ACTIVE', isDeleted: false, isPublic: false }),
  SageMakerConfig: event('aws.config', 'Config Rules Compliance Change', {
    resourceType: 'AWS::SageMaker::Domain', configRuleName: 'sagemaker-domain-in-vpc', newEvaluationResult: { complianceType: 'NON_COMPLIANT' },
  }),
};

/** Near to them, and no matter of minutes. */
const PASSED: Record<string, Finding> = {
  'a finding of GuardDuty with medium severity': event('aws.guardduty', 'GuardDuty Finding', { severity: 5 }),
  'what Security Hub repeats of GuardDuty': event('aws.securityhub', 'Security Hub Findings - Imported', securityHub({ ProductName: 'GuardDuty' })),
  'a control of Security Hub with low severity': event('aws.securityhub', 'Security Hub Findings - Imported', securityHub({ Severity: { Label: 'LOW' } })),
  'a control that somebody suppressed': event('aws.securityhub', 'Security Hub Findings - Imported', securityHub({ Workflow: { Status: 'SUPPRESSED' } })),
  'a control of Security Hub that could not be checked': event('aws.securityhub', 'Security Hub Findings - Imported', securityHub({ Compliance: { Status: 'NOT_AVAILABLE' } })),
  'a finding of Macie with low severity': event('aws.macie', 'Macie Finding', { severity: { score: 1, description: 'Low' } }),
  'access from outside that is no more': event('aws.access-analyzer', 'Access Analyzer Finding', { status: 'RESOLVED', isDeleted: false }),
  'a permission that nobody uses': event('aws.access-analyzer', 'Unused Access Finding for IAM entities', { status: 'ACTIVE', isDeleted: false }),
  'a domain that keeps a rule again': event('aws.config', 'Config Rules Compliance Change', {
    resourceType: 'AWS::SageMaker::Domain', newEvaluationResult: { complianceType: 'COMPLIANT' },
  }),
  'a resource of another service that breaks a rule': event('aws.config', 'Config Rules Compliance Change', {
    resourceType: 'AWS::EC2::Volume', newEvaluationResult: { complianceType: 'NON_COMPLIANT' },
  }),
};

function event(source: string, detailType: string, detail: object): Finding {
  return {
    'version': '0',
    'id': '0948ba87-d3b8-c6d4-f2da-732a1example',
    'detail-type': detailType,
    source,
    'account': '111111111111',
    'time': '2026-11-30T08:00:00Z',
    'region': 'eu-west-1',
    'resources': [],
    detail,
  };
}

function securityHub(more: object): object {
  const finding = { ProductName: 'Security Hub', Severity: { Label: 'HIGH' }, Workflow: { Status: 'NEW' }, RecordState: 'ACTIVE', Compliance: { Status: 'FAILED' } };
  return { findings: [{ ...finding, ...more }] };
}

/** The rules that match each event, as moto's EventBridge sees it; lists of findings are looked at one by one, as EventBridge does. */
function tellers(events: Finding[]): string[][] {
  const rules = Object.values(template.findResources('AWS::Events::Rule'))
    .map(({ Properties }) => Properties as { Name: string; EventPattern: object })
    .map(({ Name, EventPattern }) => [Name.slice(Name.lastIndexOf('-') + 1), EventPattern]);
  const program = `
import json, sys
from moto.events.models import EventPattern, EventPatternParser
given = json.load(sys.stdin)
patterns = [(name, EventPattern(None, EventPatternParser(json.dumps(pattern)).parse())) for name, pattern in given["rules"]]
def each(event):
    findings = event["detail"].get("findings")
    return [event] if findings is None else [{**event, "detail": {"findings": one}} for one in findings]
print(json.dumps([[name for name, pattern in patterns if any(pattern.matches_event(one) for one in each(event))] for event in given["events"]]))`;
  return JSON.parse(execFileSync(pythonEnvironment(), ['-c', program], { input: JSON.stringify({ rules, events }), encoding: 'utf8' })) as string[][];
}

const answers = tellers([...Object.values(TOLD), ...Object.values(PASSED)]);

test.each(Object.keys(TOLD).map((name, index) => [name, answers[index]] as const))('findings of %s are told once', (name, told) => {
  expect(told).toEqual([name]);
});

test.each(Object.keys(PASSED).map((name, index) => [name, answers[Object.keys(TOLD).length + index]] as const))('%s is not told', (_, told) => {
  expect(told).toEqual([]);
});

test('every rule has a finding that it tells of', () => {
  template.resourceCountIs('AWS::Events::Rule', Object.keys(TOLD).length);
});

test('a finding that did not reach the topic is kept, and raises an alarm', () => {
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 1209600 });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ApproximateNumberOfMessagesVisible' });
});

test('findings are told nobody where that is switched off', () => {
  const { template: off } = controls({ findingNotifications: false });
  for (const type of ['AWS::Events::Rule', 'AWS::SQS::Queue']) off.resourceCountIs(type, 0);
});
