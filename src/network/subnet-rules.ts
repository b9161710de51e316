import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { InputCheck } from '../private/input-check';

/** What the CDK writes into a list whose length only the deployment knows. */
const LIST_TOKEN = /^#\{Token\[/;

/** Subnets of a list that has no length at synthesis: CloudFormation cannot make one resource or one ARN for each. */
export function checkKnownNumber(check: InputCheck, property: string, subnets: ISubnet[] | undefined): InputCheck {
  return check.that(property, subnets?.filter(isOfUnknownList).map((subnet) => subnet.node.path), (paths) => paths.length === 0,
    'be as many as are known at synthesis, with their route tables',
    'Their ids come from a list whose length only the deployment knows: give Fn.split its third argument, or Fn.select each id');
}

function isOfUnknownList(subnet: ISubnet): boolean {
  return [subnet.subnetId, routeTableIdOf(subnet)].some((id) => id !== undefined && LIST_TOKEN.test(id));
}

/** The id of a subnet's route table, where it is known. */
export function routeTableIdOf(subnet: ISubnet): string | undefined {
  try {
    return subnet.routeTable.routeTableId;
  } catch {
    return undefined; // imported by its id alone
  }
}
