import { Token } from 'aws-cdk-lib';
import { isLike } from '../../checks/core/pattern';
import { CorrectiveAction } from '../../corrective';
import { InputCheck } from '../../private/input-check';
import { IdleOptions } from '../idle-options';

/** What is idle, as its ARNs say, and what acts on it. */
export const ACTING: Record<string, { readonly action: CorrectiveAction; readonly call: string } | undefined> = {
  'endpoint': { action: CorrectiveAction.DELETE_ENDPOINT, call: 'sagemaker:DeleteEndpoint' },
  'app': { action: CorrectiveAction.DELETE_APPLICATION, call: 'sagemaker:DeleteApp' },
  'notebook-instance': { action: CorrectiveAction.STOP_NOTEBOOK, call: 'sagemaker:StopNotebookInstance' },
  'space': undefined,
  'mlflow-tracking-server': undefined,
};

const ACTIONS = Object.values(ACTING).flatMap((one) => one?.action ?? []);
const ARN = /^arn:[\w*?-]+:sagemaker:[^:]*:[^:]*:.+$/;
// eslint-disable-next-line no-restricted-syntax -- an example for people
const ARNS = 'be ARNs of SageMaker, such as arn:aws:sagemaker:*:*:endpoint/demo-*';
/** Names that nobody would choose: a pattern that has both has everything. */
const UNLIKELY = ['q', '0-z.9'.repeat(5)];

/** Refuses what cannot be meant. */
export function checkIdle(check: InputCheck, options: IdleOptions = {}): InputCheck {
  const { unusedFor, enforcedActions, allowList, quotaFindings, quotaPercentage } = options;
  return check
    .daysBetween('idleOptions.unusedFor', unusedFor, 1, 90)
    .integerBetween('idleOptions.quotaPercentage', quotaPercentage, 1, 100)
    .that('idleOptions.quotaPercentage', quotaPercentage, () => quotaFindings !== false, 'not be given where quotaFindings is false')
    .every('idleOptions.enforcedActions', enforcedActions, (one) => ACTIONS.includes(one), `be ${ACTIONS.join(', ')}`, 'Nothing else can be made again: it is reported')
    .unique('idleOptions.enforcedActions', enforcedActions)
    .every('idleOptions.allowList', allowList, (one) => typeof one === 'string' && ARN.test(one), ARNS, 'Name the resources that are left alone')
    .every('idleOptions.allowList', allowList, (one) => typeof one !== 'string' || !hasEverything(one), 'not have everything of a kind', 'Switch idleFindings off instead, or name resources')
    .unique('idleOptions.allowList', allowList)
    .atMost('idleOptions.allowList', allowList, 50, 'Use patterns');
}

function hasEverything(pattern: string): boolean {
  if (Token.isUnresolved(pattern)) return false;
  const name = pattern.split(':').slice(5).join(':');
  return Object.keys(ACTING).some((kind) => UNLIKELY.every((one) => isLike(name, `${kind}/${one}`)));
}
