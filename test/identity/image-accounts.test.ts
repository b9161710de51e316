import { Parts, REGION } from './parts';
import { may, Question } from './weigh';

const pull = (account: string): Question => ({
  does: 'ecr:BatchGetImage', on: `arn:aws:ecr:${REGION}:${account}:repository/any`, given: { 'aws:ResourceAccount': account },
});
/** Of the region, as the SageMaker Python SDK names them: XGBoost, deep learning containers, SageMaker Distribution. */
const OF_AWS = ['683313688378', '763104351884', '885854791233'];

test.each(OF_AWS)('notebooks pull images of AWS\'s account %s', async (account) => {
  const parts = new Parts();
  parts.roles();
  expect(await may(parts.template, 'RolesStudio', pull(account))).toBe(true);
});

test('notebooks pull no image of another account, unless it is named', async () => {
  const parts = new Parts(), open = new Parts();
  parts.roles();
  open.roles({ imageAccounts: ['999999999999'] });
  expect(await may(parts.template, 'RolesStudio', pull('999999999999'))).toBe(false);
  expect(await may(open.template, 'RolesStudio', pull('999999999999'))).toBe(true);
});

test('where the region is known at deployment only, the template looks the accounts up', () => {
  const parts = new Parts({});
  parts.roles();
  const { SageMakerImageAccounts: { 'eu-west-1': { accounts } } } = parts.template.findMappings('SageMakerImageAccounts') as Record<string, Record<string, { accounts: string[] }>>;
  expect(accounts).toContain('763104351884');
  expect(JSON.stringify(parts.template.toJSON())).toContain('"aws:ResourceAccount":{"Fn::FindInMap":["SageMakerImageAccounts",{"Ref":"AWS::Region"},"accounts"]}');
});

test('an account is twelve digits', () => {
  expect(() => new Parts().roles({ imageAccounts: ['999999999999', 'ours'] })).toThrow('[Stack/Roles] imageAccounts must be account ids of 12 digits, got ["ours"]');
});
