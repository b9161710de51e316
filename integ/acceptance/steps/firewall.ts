import { ALLOWED_DOMAIN, STACK_NAME } from '../app';
import { Extra } from '../extras';
import { runInJob } from '../program-job';
import { Step } from '../step';

interface Resource { readonly LogicalResourceId: string; readonly PhysicalResourceId: string; readonly ResourceType: string }

/** What a firewall lets pass; with the option `--firewall` only. */
export const FIREWALL: Step[] = [
  {
    id: 'firewall',
    claim: 'From a job, the one name that is listed passes the firewall; other names, a subdomain, a greeting without a name and UDP are dropped',
    page: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateful-rule-groups-domain-names.html',
    remedy: 'The exit message says what passed or was dropped against expectation. If even the listed name is dropped, the routes of a zone lead to another zone\'s firewall; if other names pass, do not use inspected() and tell us',
    after: ['own-name'],
    onlyWith: Extra.FIREWALL,
    onlyOnAws: 'no packet passes the local AWS',
    play: (scene) => runInJob(scene, 'firewall.py', { ALLOWED_DOMAIN }),
  },
  {
    id: 'firewall-log',
    claim: 'What was dropped is in the log of alerts, which Network Firewall writes with the environment\'s key',
    page: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/logging-cw-logs.html',
    remedy: 'The policy for delivery.logs.amazonaws.com or the key of the logs keeps the service from writing; CloudWatch Logs allows an account ten resource policies in a region',
    after: ['firewall'],
    onlyWith: Extra.FIREWALL,
    onlyOnAws: 'no packet passes the local AWS',
    play: async (scene) => {
      const { StackResourceSummaries: resources } = await scene.call<{ StackResourceSummaries: Resource[] }>('cloudformation', 'list_stack_resources', { StackName: STACK_NAME });
      const groups = resources.filter(({ ResourceType, LogicalResourceId }) => ResourceType === 'AWS::Logs::LogGroup' && LogicalResourceId.includes('Alerts'));
      const seen = await scene.until('an alert about example.com', 20, async () => {
        const found = await Promise.all(groups.map(({ PhysicalResourceId: logGroupName }) =>
          scene.call<{ events: object[] }>('logs', 'filter_log_events', { logGroupName, filterPattern: '"example.com"' })));
        return found.reduce((sum, { events }) => sum + events.length, 0) || undefined;
      });
      return `${seen} alerts`;
    },
  },
];
