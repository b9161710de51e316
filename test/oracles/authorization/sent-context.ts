import { matchesFormat } from './arn-format';
import { sends } from './condition-keys';
import { formsOf, referencedAction } from './reference';
import { Context } from '../../access/request/requester';

const answers = new Map<string, boolean>();

/** The context keys that AWS sends with an action on a resource, of those that somebody thought of. */
export async function sentContext(action: string, arn: string, context: Context): Promise<Context> {
  const referenced = await referencedAction(action);
  const resource = referenced.resources.find((each) => formsOf(each).some((form) => matchesFormat(arn, form)));
  const isSent = (key: string) => {
    const question = `${action} ${resource?.type} ${key}`;
    const answer = answers.get(question) ?? sends(referenced, key, resource);
    answers.set(question, answer);
    return answer;
  };
  return Object.fromEntries(Object.entries(context).filter(([key]) => isSent(key)));
}
