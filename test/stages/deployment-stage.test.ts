import { EnvironmentNames, TargetRole } from '../../src/names';
import { DeploymentStage } from '../../src/stages';

describe('deployment stages', () => {
  test('a stage is plain data', () => {
    const stage = DeploymentStage.organizationalUnits('production', {
      organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'],
    });
    expect(stage.stageName).toBe('production');
    expect(stage.organizationalUnitPaths).toEqual(['o-exampleorg/r-ab12/ou-ab12-prod1111/']);
    expect(stage.approval.isManual).toBe(false);
  });

  const UNIT = 'o-exampleorg/r-ab12/ou-ab12-prod1111/';
  const accounts = (...ids: string[]) => () => DeploymentStage.accounts('staging', { accounts: ids });
  const units = (options: object) => () => DeploymentStage.organizationalUnits('production', { organizationId: 'o-exampleorg', organizationalUnitPaths: [UNIT], ...options });

  test.each<[string, () => DeploymentStage, string]>([
    ['an account twice', accounts('222222222222', '333333333333', '222222222222'), '[DeploymentStage \'staging\'] accounts must have no element twice, got ["222222222222"]'],
    ['an account id of eleven digits', accounts('22222222222'), '[DeploymentStage \'staging\'] accounts must be account ids of 12 digits, got ["22222222222"]'],
    ['an account id of thirteen digits', accounts('2222222222222'), 'accounts must be account ids of 12 digits, got ["2222222222222"]'],
    ['an account id with something before it', accounts(' 222222222222'), 'accounts must be account ids of 12 digits, got [" 222222222222"]'],
    ['an account id with something after it', accounts('222222222222\n'), 'accounts must be account ids of 12 digits, got ["222222222222\\n"]'],
    ['one wrong account among many', accounts(...Array.from({ length: 99 }, (_, n) => String(200000000000 + n)), 'prod'), 'accounts must be account ids of 12 digits, got ["prod"]'],
    ['no account', accounts(), '[DeploymentStage \'staging\'] accounts must have at least one element, got []'],
    ['a list that was forgotten', () => DeploymentStage.accounts('staging', {} as never), '[DeploymentStage \'staging\'] accounts must be given, got nothing'],
    ['a name with a hyphen', () => DeploymentStage.sameAccount('pre-prod'), 'name must be 1–12 lower-case letters and digits, and begin with a letter, got "pre-prod"'],
    ['no organization', units({ organizationId: undefined }), '[DeploymentStage \'production\'] organizationId must be given, got nothing. Give the id of the organization, the first part of the path of a unit'],
    ['an empty organization', units({ organizationId: '' }), '[DeploymentStage \'production\'] organizationId must be an organization id, such as o-exampleorg, got ""'],
    ['something before the organization', units({ organizationId: 'ao-exampleorg' }), 'organizationId must be an organization id, such as o-exampleorg, got "ao-exampleorg"'],
    ['no unit', units({ organizationalUnitPaths: [] }), '[DeploymentStage \'production\'] organizationalUnitPaths must have at least one element, got []'],
    ['units that were forgotten', units({ organizationalUnitPaths: undefined }), '[DeploymentStage \'production\'] organizationalUnitPaths must be given, got nothing'],
    ['a unit twice', units({ organizationalUnitPaths: [UNIT, UNIT] }), `organizationalUnitPaths must have no element twice, got ["${UNIT}"]`],
    ['a unit of another organization', units({ organizationalUnitPaths: [UNIT, 'o-otherorg11/r-ab12/ou-ab12-prod1111/'] }),
      '[DeploymentStage \'production\'] organizationalUnitPaths must begin with the organization id o-exampleorg, got ["o-otherorg11/r-ab12/ou-ab12-prod1111/"]'],
    ['a platform account that is none', units({ platformAccount: '3333' }), '[DeploymentStage \'production\'] platformAccount must be the 12 digits of an account id, got "3333"'],
    ['a stranger that is leaving', () => DeploymentStage.accounts('staging', { accounts: ['222222222222'], retiringAccounts: ['333333333333'] }), 'retiringAccounts must be among the accounts of the stage until their endpoints have gone'],
    ['a list that everybody is leaving', () => DeploymentStage.accounts('staging', { accounts: ['222222222222'], retiringAccounts: ['222222222222'] }), 'retiringAccounts must leave at least one account in the stage'],
    ['somebody leaving the data-science account', () => DeploymentStage.sameAccount('live', { retiringAccounts: ['111111111111'] }), 'retiringAccounts must not be given for a stage in the data-science account'],
    ['a short account id that is leaving', () => DeploymentStage.organizationalUnits('production', { organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'], retiringAccounts: ['3333'] }), 'retiringAccounts must be account ids of 12 digits'],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(message);
  });

  test.each([
    'ou-ab12-prod1111', 'o-exampleorg/r-ab12/', 'o-exampleorg/r-ab12/ou-ab12-prod1111', `/${UNIT}`, `${UNIT}*`, `${UNIT}\n`, 'o-exampleorg/r-ab12/*/', 'O-EXAMPLEORG/r-ab12/ou-ab12-prod1111/',
  ])('%p is the path of no unit', (path) => {
    expect(units({ organizationalUnitPaths: [UNIT, path] })).toThrow(
      `[DeploymentStage 'production'] organizationalUnitPaths must be paths from the organization down to a unit, such as ${UNIT}, got ${JSON.stringify([path])}`);
  });
});

describe('the accounts of a stage', () => {
  const names = new EnvironmentNames({ environmentName: 'churn', account: '111111111111', region: 'eu-west-1', partition: 'aws' });
  const ids = ['222222222222', '333333333333', '444444444444'];
  const stages: Record<string, DeploymentStage> = {
    same: DeploymentStage.sameAccount('live'),
    list: DeploymentStage.accounts('staging', { accounts: ids }),
    units: DeploymentStage.organizationalUnits('production', {
      organizationId: 'o-exampleorg', organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'], platformAccount: '555555555555',
    }),
  };
  const entering = (stage: DeploymentStage, atOnce?: number) => stage._accounts.enter(names, TargetRole.DEPLOYMENT, atOnce)
    .map(({ resources, conditions }) => [...resources, conditions as unknown]);

  test('are entered by the role of exactly the data-science account', () => {
    expect(entering(stages.same)).toEqual([['arn:aws:iam::111111111111:role/churn--live--deployment-eu-west-1', {}]]);
  });

  test('are entered by the role of that name in listed accounts, in as many statements as it takes', () => {
    const role = 'arn:aws:iam::*:role/churn--staging--deployment-eu-west-1';
    expect(entering(stages.list)).toEqual([[role, { StringEquals: { 'aws:ResourceAccount': ids } }]]);
    expect(entering(stages.list, 2)).toEqual([
      [role, { StringEquals: { 'aws:ResourceAccount': ids.slice(0, 2) } }], [role, { StringEquals: { 'aws:ResourceAccount': ids.slice(2) } }],
    ]);
  });

  test('are entered by the role of that name in accounts below the units', () => {
    expect(entering(stages.units, 1)).toEqual([['arn:aws:iam::*:role/churn--production--deployment-eu-west-1', {
      'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': ['o-exampleorg/r-ab12/ou-ab12-prod1111/*'] },
    }]]);
  });

  test('are known where they are listed, and listed by a role of the platform where they are in units', () => {
    expect(stages.same._accounts.settings(names)).toEqual({ accounts: ['111111111111'] });
    expect(stages.list._accounts.settings(names)).toEqual({ accounts: ids });
    expect(stages.units._accounts.settings(names)).toEqual({
      organizationId: 'o-exampleorg',
      organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'],
      listingRoleArn: 'arn:aws:iam::555555555555:role/churn--production--list-eu-west-1',
    });
  });

  test('are where a stack set of targets is deployed', () => {
    expect(stages.list._accounts.deploymentTargets).toEqual({ accounts: ids });
    expect(stages.units._accounts.deploymentTargets).toEqual({ organizationalUnitIds: ['ou-ab12-prod1111'] });
  });
});
