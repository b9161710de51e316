import { Context } from '../../access/request/requester';
import { matchesFormat } from './arn-format';
import { sends } from './condition-keys';
import { referencedAction } from './reference';

const answers = new Map<string, boolean>();

/** The context keys that AWS sends with an action on a resource, of those that somebody thought of. */
export async function sentContext(action: string, arn: string, context: Context): Promise<Context> {
  const referenced = await referencedAction(action);
  const resource = referenced.resources.find(({ arnFormat, otherForm }) => matchesFormat(arn, arnFormat) || (otherForm && matchesFormat(arn, otherForm.arnFormat)));
  const isSent = (key: string) => {
    const question = `${action} ${resource?.type} ${key}`;
    const answer = answers.get(question) ?? sends(referenced, key, resource);
    answers.set(question, answer);
    return answer;
  };
  return Object.fromEntries(Object.entries(context).filter(([key]) => isSent(key)));
}
