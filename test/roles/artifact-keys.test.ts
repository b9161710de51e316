import { CfnParameter, Stack } from 'aws-cdk-lib';
import { EnvironmentNames } from '../../src/names';
import { CODE_PREFIX, keysOf } from '../../src/roles/statements/artifact-keys';
import { matchesFormat } from '../oracles/authorization/arn-format';

const patternIn = (environmentName: string) => `${keysOf(new EnvironmentNames({ environmentName, account: '111111111111', region: 'eu-west-1' }), 'Build')}*`;
const pipelineOf = (environmentName: string) => `${environmentName}--forecast`.slice(0, 20);

describe.each(['a', 'code', 'churn', 'a-name-as-long-as-c', 'a-name-as-long-as-ca'])('in an environment called %s', (environmentName) => {
  const pattern = patternIn(environmentName);

  test('artifacts are written below the folder that CodePipeline makes of a pipeline', () => {
    expect(matchesFormat(pattern, `${pipelineOf(environmentName)}/BuildOutpu/aB3dE5f`)).toBe(true);
  });

  test('code of jobs is not, however it is called', () => {
    expect(matchesFormat(pattern, `${CODE_PREFIX}forecast/Build/train.py`)).toBe(false);
  });
});

test('of a name that is known at deployment only, nothing is cut off', () => {
  const name = new CfnParameter(new Stack(), 'Name').valueAsString;
  expect(keysOf({ environmentName: name, projectPrefix: `${name}--` }, 'Build')).toBe(`${name}*/Build`);
});
