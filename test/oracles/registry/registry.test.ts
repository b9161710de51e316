import { Registry } from './registry';

let registry: Registry;
beforeAll(async () => { registry = await Registry.of(); }, 300_000);

test('says what the handlers of a type ask for', () => {
  expect(registry.permissions('AWS::SageMaker::Model', ['create'])).toEqual(['iam:PassRole', 'sagemaker:AddTags', 'sagemaker:CreateModel']);
});

test('says it of each resource in a template', () => {
  const template = { Resources: { Group: { Type: 'AWS::Logs::LogGroup' }, Model: { Type: 'AWS::SageMaker::Model' } } };
  expect(registry.askedBy(template, ['delete'])).toContainEqual({ logicalId: 'Model', type: 'AWS::SageMaker::Model', operation: 'delete', action: 'sagemaker:DeleteModel' });
});

test('says so when there is no such type', () => {
  expect(() => registry.permissions('AWS::SageMaker::Modell')).toThrow('the registry does not know AWS::SageMaker::Modell here');
});

test('differs by region', async () => {
  const elsewhere = await Registry.of('ap-southeast-6');
  expect(() => elsewhere.schema('AWS::ServiceCatalog::Portfolio')).not.toThrow();
  expect(() => elsewhere.schema('AWS::QuickSight::Dashboard')).toThrow();
});
