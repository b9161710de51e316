import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { EnvironmentParameter, EnvironmentNames, EnvironmentRole, KeyPurpose, EnvironmentRoleOptions, TargetParameter, TargetRole } from '../../src/names';

const names = new EnvironmentNames({ environmentName: 'churn', account: '111111111111', region: 'eu-west-1', partition: 'aws' });

const environmentNames = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}$/).filter((name) => name.length <= 20);

describe('names', () => {
  test('roles carry environment, role and region', () => {
    expect(names.roleName(EnvironmentRole.STUDIO_EXECUTION)).toBe('churn--studio-execution-eu-west-1');
    expect(names.roleArn(EnvironmentRole.STUDIO_EXECUTION)).toBe('arn:aws:iam::111111111111:role/churn--studio-execution-eu-west-1');
  });

  test('the role path is part of a role ARN and not of its name', () => {
    const pathed = new EnvironmentNames({ environmentName: 'churn', account: '111111111111', region: 'eu-west-1', partition: 'aws', rolePath: '/teams/ml/' });
    expect(pathed.roleArn(EnvironmentRole.RELEASE)).toBe('arn:aws:iam::111111111111:role/teams/ml/churn--release-eu-west-1');
    expect(pathed.roleName(EnvironmentRole.RELEASE)).toBe(names.roleName(EnvironmentRole.RELEASE));
  });

  test('a role may have a path of its own, in its ARN and nowhere else', () => {
    const pathed = new EnvironmentNames({
      environmentName: 'churn', account: '111111111111', region: 'eu-west-1', partition: 'aws', rolePath: '/ml/', rolePaths: [{ role: EnvironmentRole.RELEASE, path: '/ml/delivery/' }],
    });
    expect(pathed.roleArn(EnvironmentRole.RELEASE)).toBe('arn:aws:iam::111111111111:role/ml/delivery/churn--release-eu-west-1');
    expect(pathed.roleArn(EnvironmentRole.CODE_BUILD)).toBe('arn:aws:iam::111111111111:role/ml/churn--code-build-eu-west-1');
    expect(pathed.targetRoleArn('staging', TargetRole.MODEL_EXECUTION, '222222222222')).toBe('arn:aws:iam::222222222222:role/ml/churn--staging--model-eu-west-1');
  });

  test('an image of Studio is named after environment and project, and no other environment has images that begin so', () => {
    expect(names.studioImageName('vision')).toBe('churn.vision');
    expect(() => names.studioImageName('Vision')).toThrow('[EnvironmentNames] projectName must be lower-case letters and digits in groups joined by single hyphens, got "Vision"');
    expect(() => names.studioImageName('v'.repeat(58))).toThrow('must have at most 57 characters, got "churn.' + 'v'.repeat(58) + '". The image is named after environment and project, and SageMaker allows 63 characters');
  });

  test('targets, keys, the releases bucket and parameters derive from the same facts', () => {
    expect(names.targetRoleName('staging', TargetRole.MODEL_EXECUTION)).toBe('churn--staging--model-eu-west-1');
    expect(names.keyAlias(KeyPurpose.RELEASES)).toBe('alias/churn--releases');
    expect(names.releasesBucketName).toBe('churn--releases-111111111111-eu-west-1');
    expect(names.parameterName(EnvironmentParameter.VPC_ID)).toBe('/secure-mlops/churn/network/vpc-id');
    expect(names.targetParameterName('staging', TargetParameter.VPC_ID)).toBe('/secure-mlops/churn/staging/network/vpc-id');
  });

  test('no two environments have the same database, and all have one that Glue and Athena take', () => {
    expect(names.databaseName).toBe('churn__data');
    expect(names.dataPreparationName).toBe('churn--data-preparation');
    const databaseOf = (environmentName: string) => new EnvironmentNames({ environmentName, account: '111111111111', region: 'eu-west-1' }).databaseName;
    fc.assert(fc.property(environmentNames, environmentNames, (one, other) => {
      expect(databaseOf(one)).toMatch(/^[a-z0-9_]{1,255}$/);
      expect(databaseOf(one) === databaseOf(other)).toBe(one === other);
    }));
  });

  test('the longest names fit into 64 characters of a role and 63 of a bucket', () => {
    const longest = new EnvironmentNames({ environmentName: 'a'.repeat(20), account: '111111111111', region: 'ap-southeast-1', partition: 'aws' });
    for (const role of Object.values(EnvironmentRole)) expect(longest.roleName(role).length).toBeLessThanOrEqual(64);
    for (const role of Object.values(TargetRole)) expect(longest.targetRoleName('s'.repeat(12), role).length).toBeLessThanOrEqual(64);
    expect(longest.releasesBucketName.length).toBeLessThanOrEqual(63);
  });

  test('no pattern of one environment matches the names of another', () => {
    fc.assert(fc.property(environmentNames, environmentNames, (one, other) => {
      fc.pre(one !== other);
      const others = new EnvironmentNames({ environmentName: other, account: '111111111111', region: 'eu-west-1' });
      expect(others.roleName(EnvironmentRole.RELEASE).startsWith(`${one}--`)).toBe(false);
    }));
  });
});

describe('publishing', () => {
  test('values become parameters, lists become lists', () => {
    const stack = new Stack(new App(), 'S', { env: { account: '111111111111', region: 'eu-west-1' } });
    names.publish(stack, EnvironmentParameter.VPC_ID, 'vpc-1');
    names.publishList(stack, EnvironmentParameter.SUBNET_IDS, ['subnet-1', 'subnet-2']);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/network/vpc-id', Type: 'String', Value: 'vpc-1' });
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/network/subnet-ids', Type: 'StringList', Value: 'subnet-1,subnet-2' });
  });

  test('an environment whose name is a CloudFormation parameter has its parameters under that name', () => {
    const stack = new Stack();
    const name = new CfnParameter(stack, 'Name');
    EnvironmentNames.forStack(stack, name.valueAsString).publish(stack, EnvironmentParameter.VPC_ID, 'vpc-1');
    Template.fromStack(stack).hasResourceProperties('AWS::SSM::Parameter', {
      Name: { 'Fn::Join': ['', ['/secure-mlops/', { Ref: 'Name' }, '/network/vpc-id']] },
    });
  });
});

describe('bad input', () => {
  test.each(['', 'Churn', '1churn', 'churn-', 'churn--2', 'a'.repeat(21), 'churn_2'])('the environment name %p is refused', (environmentName) => {
    expect(() => new EnvironmentNames({ environmentName, account: '111111111111', region: 'eu-west-1' }))
      .toThrow(`[EnvironmentNames] environmentName must be 1–20 lower-case letters and digits in groups joined by single hyphens, and begin with a letter, got ${JSON.stringify(environmentName)}`);
  });

  test('account, region and role path are checked, and every broken rule is told at once', () => {
    expect(() => new EnvironmentNames({ environmentName: 'churn', account: '123', region: 'Dublin', rolePath: 'teams' })).toThrow([
      '[EnvironmentNames] account must be the 12 digits of an account id, got "123"',
      '[EnvironmentNames] region must be the code of a region, such as eu-west-1, got "Dublin"',
      '[EnvironmentNames] rolePath must begin and end with a slash, such as /company/, got "teams"',
    ].join('\n'));
  });
});

describe('what a company asks of roles', () => {
  const { PIPELINE_EXECUTION } = EnvironmentRole;

  test.each<[EnvironmentRoleOptions, string]>([
    [{ path: 'company' }, 'roleOptions.path must begin and end with a slash, such as /company/, got "company"'],
    [{ path: `/${'a'.repeat(511)}/` }, 'roleOptions.path must have at most 512 characters, got'],
    [{ exceptions: [{ role: PIPELINE_EXECUTION, path: '/a' }] }, 'roleOptions.exceptions (pipeline-execution).path must begin and end with a slash, such as /company/, got "/a"'],
    [{ exceptions: [{ role: PIPELINE_EXECUTION }, { role: PIPELINE_EXECUTION }] },
      'roleOptions.exceptions must have no element twice, got ["pipeline-execution","pipeline-execution"]'],
  ])('%j is refused by the name of the property', (roleOptions, message) => {
    expect(() => EnvironmentNames.forStack(new Stack(new App(), 'S'), 'churn', roleOptions)).toThrow(`[S] ${message}`);
  });
});
