import { Token } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { InputCheck } from './input-check';

/**
 * A given key must be the key itself. `Alias` is an `IKey` of the CDK as well, with the ARN of the alias, by which IAM and key
 * policies allow nobody to use the key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
export function checkKey(check: InputCheck, property: string, key: IKey | undefined): InputCheck {
  if (key === undefined || !('aliasName' in key)) return check;
  const aliasName = key.aliasName as string;
  const isMadeHere = Token.isUnresolved(aliasName);
  const instead = isMadeHere ? 'Give its aliasTargetKey' : `Give Key.fromKeyArn(…) or Key.fromLookup(…, { aliasName: '${aliasName}' })`;
  return check.report(property, isMadeHere ? key.node.path : aliasName, 'be a key, not an alias of one', `Policies know no key by its alias. ${instead}`);
}
