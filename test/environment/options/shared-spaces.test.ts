import { Size, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { DataScienceEnvironment, DataScienceEnvironmentProps, EnvironmentRole } from '../../../src';
import { testApp } from '../../test-app';

const HERE = { account: '111111111111', region: 'eu-west-1' };
const ROLE_ARN = 'role/churn--shared-space-eu-west-1';

type Props = Partial<DataScienceEnvironmentProps>;

function churn(props: Props | ((stack: Stack) => Props) = {}): [Template, DataScienceEnvironment] {
  const stack = new Stack(testApp(), 'Stack', { env: HERE });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...typeof props === 'function' ? props(stack) : props });
  return [Template.fromStack(stack), environment];
}

const given = (stack: Stack) => Role.fromRoleArn(stack, 'Given', 'arn:aws:iam::111111111111:role/company-shared');

test('without the option there is no role for them, and no policy speaks of it or of them', () => {
  const [template, { executionRoles }] = churn();
  expect(executionRoles.sharedSpaceRole).toBeUndefined();
  template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultSpaceSettings: Match.absent() });
  expect(JSON.stringify(template.toJSON())).not.toMatch(/shared-space|"Shared"/);
});

describe('shared spaces', () => {
  const [template] = churn({ sharedSpaces: true, packageIndex: {}, studio: { spaceVolumes: { maximumSize: Size.gibibytes(50) } } });
  const [{ Properties: domain }] = Object.values(template.findResources('AWS::SageMaker::Domain'));

  test('run with a role of their own, and are otherwise as private ones', () => {
    const { ExecutionRole, ...shared } = domain.DefaultSpaceSettings as Record<string, unknown>;
    expect(ExecutionRole).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/SharedSpaceRole/), 'Arn'] });
    const { SecurityGroups, SpaceStorageSettings, JupyterLabAppSettings } = domain.DefaultUserSettings as Record<string, unknown>;
    expect(shared).toEqual({ SecurityGroups, SpaceStorageSettings, JupyterLabAppSettings }); // volumes, idle shutdown, scripts, package index
  });

  test('read data and write outputs with the keys that are theirs to use', () => {
    const named = Object.values(template.findResources('AWS::KMS::Key')).flatMap(({ Properties }) => Properties.KeyPolicy.Statement as { Sid: string }[])
      .filter((statement) => JSON.stringify(statement).includes(ROLE_ARN)).map(({ Sid }) => Sid);
    expect(named.sort()).toEqual(['Data', 'ReadModels', 'ReadReports', 'StudioStorage', 'Volumes']);
  });

  test('are isolated from other domains, and held by the guardrails', () => {
    const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(({ Properties }) => Properties)
      .filter(({ Roles }) => /SharedSpaceRole/.test(JSON.stringify(Roles)));
    const sids = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement as { Sid?: string }[]).map(({ Sid }) => Sid);
    expect(sids).toEqual(expect.arrayContaining(['DenyWorkOfOtherDomains', 'DenyMissingSubnets', 'DenyOtherInstanceTypes']));
  });
});

describe('a role of your own', () => {
  test('takes the place of the environment\'s, and its owner is told what it needs', () => {
    const roleOptions = (stack: Stack) => ({ exceptions: [{ role: EnvironmentRole.SHARED_SPACE, existingRole: given(stack) }] });
    const [template, { executionRoles }] = churn((stack) => ({ sharedSpaces: true, roleOptions: roleOptions(stack) }));
    template.hasResourceProperties('AWS::SageMaker::Domain', { DefaultSpaceSettings: { ExecutionRole: 'arn:aws:iam::111111111111:role/company-shared' } });
    const keys = JSON.stringify(template.findResources('AWS::KMS::Key'));
    expect(keys).toContain('role/company-shared');
    expect(keys).not.toContain(ROLE_ARN);
    expect(executionRoles.sharedSpaceRole!.requiredPolicies.length).toBeGreaterThan(1);
  });

  test('changes nothing where no spaces are shared', () => {
    const [template] = churn((stack) => ({ roleOptions: { exceptions: [{ role: EnvironmentRole.SHARED_SPACE, existingRole: given(stack) }] } }));
    expect(template.toJSON()).toEqual(churn(() => ({}))[0].toJSON());
  });

  test('is refused as a setting of the domain alone, with which nobody could share a space', () => {
    expect(() => churn((stack) => ({ studio: { sharedSpaceRole: given(stack) } }))).toThrow(
      '[Stack/Churn] studio.sharedSpaceRole must be an existingRole of roleOptions.exceptions (EnvironmentRole.SHARED_SPACE) in an environment, together with sharedSpaces: true, got Stack/Given. '
      + 'The role alone lets nobody share a space');
  });
});
