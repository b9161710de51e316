import { USUAL } from '../../../src/identity/instance-families';
import { INSTANCE_TYPE, isAmong, KNOWN_INSTANCE_TYPES } from '../../../src/private/instance-type';
import { modelOf } from '../botocore';

/** What SageMaker's API takes anywhere as an instance type; accelerators are attached to instances, and are none. */
function typesOfAws(): string[] {
  const lists = Object.entries(modelOf('sagemaker').shapes).filter(([name]) => !name.endsWith('AcceleratorType'));
  return [...new Set(lists.flatMap(([, shape]) => shape.enum ?? []).filter((value) => value.startsWith('ml.')))].sort();
}

test('the types that are known are those of SageMaker\'s API', () => {
  const types = typesOfAws();
  expect(types.length).toBeGreaterThan(400);
  expect([...KNOWN_INSTANCE_TYPES].sort()).toEqual(types);
});

test('jobs, endpoints, applications and notebook instances all have their lists among them', () => {
  const { shapes } = modelOf('sagemaker');
  for (const list of ['TrainingInstanceType', 'ProcessingInstanceType', 'TransformInstanceType', 'ProductionVariantInstanceType', 'AppInstanceType', 'InstanceType', 'ClusterInstanceType']) {
    expect(KNOWN_INSTANCE_TYPES).toEqual(expect.arrayContaining(shapes[list].enum!.filter((type) => type !== 'system')));
  }
});

test('each of them has the form that guardrails take', () => {
  expect(typesOfAws().filter((type) => !INSTANCE_TYPE.test(type))).toEqual([]);
});

test('the families that are allowed by default have types', () => {
  for (const family of USUAL) expect([family, typesOfAws().some((type) => isAmong(type, [family]))]).toEqual([family, true]);
});
