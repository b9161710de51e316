import { Conditions, PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Tag by which is known whose something is whose name CloudFormation or a service makes up. */
const OURS = 'environment';

/** What is ours already. */
export const isOurs = (environmentName: string) => ({ [`aws:ResourceTag/${OURS}`]: environmentName });
/** What is made as ours. */
export const becomesOurs = (environmentName: string) => ({ [`aws:RequestTag/${OURS}`]: environmentName });
/** What is nobody's yet. */
export const IS_NOBODYS: Conditions = { Null: { [`aws:ResourceTag/${OURS}`]: 'true' } };

/** How tags of what is ours come and go. */
export interface TagChanges {
  readonly add: string[];
  readonly remove: string[];
  readonly resources: string[];
  readonly environmentName: string;
}

/** CloudFormation brings tags of a stack to what is there already; the tag that says whose something is stays as it is. */
export function changeTags({ add, remove, resources, environmentName }: TagChanges): PolicyStatement[] {
  const ours = isOurs(environmentName);
  return [
    new PolicyStatement({ actions: add, resources, conditions: { StringEquals: ours, StringEqualsIfExists: becomesOurs(environmentName) } }),
    new PolicyStatement({
      actions: remove,
      resources,
      conditions: { 'StringEquals': ours, 'ForAllValues:StringNotEquals': { 'aws:TagKeys': OURS }, 'Null': { 'aws:TagKeys': 'false' } },
    }),
  ];
}
