import { readFileSync } from 'fs';
import { join } from 'path';
import { OwnParts } from './fixture';
import { EnvironmentRole } from '../../src/names';
import { HIDEABLE_TOOLS } from '../../src/studio/private/tools';
import { actionsOf } from '../oracles/authorization/reference';
import { rolesOfEnvironment } from '../roles/fixture';

const README = readFileSync(join(__dirname, '../../src/studio/README.md'), 'utf8');
/** Tools that lead nowhere, and what they need, as the README says. */
const ROWS = README.slice(README.indexOf('| tool | needs |')).split('\n\n')[0].split('\n').slice(2)
  .map((row) => row.split('|').slice(1, 3).map((cell) => [...cell.matchAll(/`([\w:]+)`/g)].map(([, name]) => name)));
const roles = rolesOfEnvironment();
const WORKERS = [EnvironmentRole.STUDIO_EXECUTION, EnvironmentRole.DATA_PREPARATION, EnvironmentRole.SHARED_SPACE];

test('tools that the README says to hide can be hidden', () => {
  const tools = ROWS.flatMap(([names]) => names);
  expect(tools.length).toBeGreaterThan(9);
  expect(tools.filter((tool) => !HIDEABLE_TOOLS.includes(tool))).toEqual([]);
  expect(() => new OwnParts().domain({ hiddenTools: tools })).not.toThrow();
});

test('what they need is an action of AWS\'s that nobody who works in Studio has', async () => {
  const needed = (await Promise.all(ROWS.flatMap(([, actions]) => actions).map(actionsOf))).flat();
  expect(needed).toHaveLength(ROWS.length);
  for (const role of WORKERS) {
    const allowed = new Set((await Promise.all(roles.allowed(`churn--${role}-eu-west-1`).map(actionsOf))).flat());
    expect(needed.filter((action) => allowed.has(action))).toEqual([]);
  }
});

describe('applications that the README calls hidden', () => {
  const hiddenIn = (own: OwnParts) => Object.values(own.template.findResources('AWS::SageMaker::Domain'))[0].Properties.DefaultUserSettings.StudioWebPortalSettings.HiddenAppTypes as string[];

  test('are hidden', () => {
    const own = new OwnParts();
    own.domain();
    expect(hiddenIn(own)).toEqual(['JupyterServer', 'TensorBoard', 'RStudioServerPro', 'DetailedProfiler', 'Canvas']);
  });

  test('are shown again by an override', () => {
    const own = new OwnParts();
    const shown = ['JupyterServer', 'TensorBoard', 'DetailedProfiler', 'RStudioServerPro'];
    own.domain().domain.addPropertyOverride('DefaultUserSettings.StudioWebPortalSettings.HiddenAppTypes', shown);
    expect(hiddenIn(own)).toEqual(shown);
  });
});
