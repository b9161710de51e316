import { Stack, Token } from 'aws-cdk-lib';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { InputCheck } from './input-check';

const REMEDY = 'AWS is told its name alone, and would write to another of that name';

/** What can be wrong with a log group that exists already. */
export function checkLogGroup(check: InputCheck, scope: Construct, property: string, logGroup: ILogGroup | undefined): InputCheck {
  const { account, region } = Stack.of(scope);
  const isHere = (here: string) => (its: string) => Token.isUnresolved(here) || its === here;
  return check
    .that(property, logGroup?.env.account, isHere(account), `be in the stack's account, ${account}`, REMEDY)
    .that(property, logGroup?.env.region, isHere(region), `be in the stack's region, ${region}`, REMEDY);
}
