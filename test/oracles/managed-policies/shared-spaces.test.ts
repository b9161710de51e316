import { managedPolicies } from './managed-policies';
import { churn } from '../../access/churn-app';
import { listOf, PolicyStatement } from '../../access/policy-document';
import { Scenario } from '../../access/scenario';

const SPACES = /^sagemaker:(Create|Update|Delete)(Space|App)$/;
const aboutShared = (statements: PolicyStatement[]) => statements.filter(({ Action, Condition }) =>
  listOf(Action).every((action) => SPACES.test(action)) && JSON.stringify(Condition ?? {}).includes('Shared'));
/** Actions, and what must be the case, in no order. */
const saysOf = ({ Action, Condition = {} }: PolicyStatement) => ({
  actions: listOf(Action).sort(),
  keys: Object.entries(Condition).flatMap(([operator, keys]) => Object.keys(keys as object).map((key) => `${operator} ${key}`)).sort(),
});

test('shared spaces are opened on the conditions on which AWS\'s own policy opens them', async () => {
  const system = churn({ props: () => ({ sharedSpaces: true }) });
  const { AmazonSageMakerFullAccess: theirs } = await managedPolicies(['AmazonSageMakerFullAccess']);
  const aws = aboutShared(theirs.Statement).map(saysOf);
  expect(aws).toHaveLength(2);
  for (const who of ['studioExecution', 'dataPreparation']) {
    const ours = system.who({ who } as Scenario)!.identityPolicies!.flatMap(({ document }) => document.Statement);
    expect(aboutShared(ours).map(saysOf)).toEqual(expect.arrayContaining(aws));
    expect(aboutShared(ours)).toHaveLength(2);
  }
});
