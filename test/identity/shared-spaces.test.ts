import { ACCOUNT, DOMAIN, Parts, REGION } from './parts';
import { may, policiesOf, Question } from './weigh';
import { listOf } from '../access/policy-document';
import { actionsOf } from '../oracles/authorization/reference';

const sagemaker = (resource: string) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${resource}`;
const owned = (by: string, type: string) => ({ 'sagemaker:OwnerUserProfileArn': sagemaker(`user-profile/${DOMAIN}/${by}`), 'sagemaker:SpaceSharingType': type });
const space = (does: string, by: string, type: string, domain = DOMAIN): Question => ({ does: `sagemaker:${does}Space`, on: sagemaker(`space/${domain}/team`), given: owned(by, type) });
const app = (does: string, by: string, type: string, domain = DOMAIN): Question => ({ does: `sagemaker:${does}App`, on: sagemaker(`app/${domain}/team/jupyterlab/default`), given: owned(by, type) });

const parts = new Parts();
parts.roles({ sharedSpaces: true });
const { template } = parts;
const PEOPLE = ['RolesStudio', 'RolesDataPreparation'];

describe.each(PEOPLE)('whoever works as %s', (who) => {
  test.each([
    ['creates a shared space', space('Create', 'alice', 'Shared')],
    ['changes a shared space of one\'s own', space('Update', 'alice', 'Shared')],
    ['deletes a shared space of one\'s own', space('Delete', 'alice', 'Shared')],
    ['opens a colleague\'s shared space', app('Create', 'bob', 'Shared')],
    ['closes a colleague\'s shared space', app('Delete', 'bob', 'Shared')],
    ['has private spaces as ever', space('Create', 'alice', 'Private')],
    ['opens private spaces as ever', app('Create', 'alice', 'Private')],
  ])('%s', async (_, question) => expect(await may(template, who, question)).toBe(true));

  test.each([
    ['changes a colleague\'s shared space', space('Update', 'bob', 'Shared')],
    ['deletes a colleague\'s shared space', space('Delete', 'bob', 'Shared')],
    ['creates a space in a colleague\'s name', space('Create', 'bob', 'Shared')],
    ['opens a colleague\'s private space', app('Create', 'bob', 'Private')],
    ['closes a colleague\'s private space', app('Delete', 'bob', 'Private')],
    ['changes a colleague\'s private space', space('Update', 'bob', 'Private')],
    ['opens a shared space of another domain', app('Create', 'bob', 'Shared', 'd-zzzzzzzzzzzz')],
    ['creates a shared space in another domain', space('Create', 'alice', 'Shared', 'd-zzzzzzzzzzzz')],
    ['passes the role of shared spaces', {
      does: 'iam:PassRole', on: `arn:aws:iam::${ACCOUNT}:role/churn--shared-space-${REGION}`, given: { 'iam:PassedToService': 'sagemaker.amazonaws.com' },
    }],
  ])('never %s', async (_, question) => expect(await may(template, who, question)).toBe(false));
});

test('what works in a shared space opens and creates no spaces', async () => {
  const questions = [space('Create', 'alice', 'Shared'), app('Create', 'alice', 'Shared'), app('Create', 'alice', 'Private'), { does: 'sagemaker:CreatePresignedDomainUrl', on: sagemaker(`user-profile/${DOMAIN}/alice`) }];
  for (const question of questions) expect(await may(template, 'RolesSharedSpace', question)).toBe(false);
});

test('what works in a shared space may do less than a person, and nothing else', async () => {
  const allowedTo = async (who: string) => {
    const actions = policiesOf(template, who).flatMap(({ Statement }) => Statement).filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => listOf(Action));
    return new Set((await Promise.all(actions.map(actionsOf))).flat());
  };
  const [shared, own] = [await allowedTo('RolesSharedSpace'), await allowedTo('RolesStudio')];
  expect([...shared].filter((action) => !own.has(action))).toEqual([]);
  expect(shared.size).toBeLessThan(own.size);
});

test('roles for spaces that nobody shares are refused nothing and made none', () => {
  const alone = new Parts();
  expect(alone.roles().sharedSpaceRole).toBeUndefined();
  alone.template.resourceCountIs('AWS::IAM::Role', 5);
});
