import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { EnvironmentRole } from '../../../src';
import { simulatorIn } from '../../../src/cli/access/find-simulator';
import { ROLES } from '../../../src/cli/access/who';

const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A project in which a simulator is installed that is none. */
function installed(name: string, program: string): string {
  const project = join(folder, name), simulator = join(project, 'node_modules', '@cloud-copilot', 'iam-simulate');
  mkdirSync(simulator, { recursive: true });
  writeFileSync(join(simulator, 'package.json'), JSON.stringify({ name: '@cloud-copilot/iam-simulate', version: '9.9.9', main: 'index.js' }));
  writeFileSync(join(simulator, 'index.js'), program);
  return project;
}

const install = 'npm install --save-dev @cloud-copilot/iam-simulate@^0.1.173';

test('a simulator is taken that answers as IAM does, with its version', async () => {
  expect((await simulatorIn(resolve(__dirname, '..', '..', '..')))?.version).toMatch(/^0\.1\.\d+$/);
});

test.each([
  ['without-functions', 'exports.runSimulation = () => undefined;', 'it has no allowedContextKeysForRequest, no isWildcardOnlyAction. Install one that does'],
  ['that-allows-all', 'exports.runSimulation = async () => ({ resultType: "single", result: { analysis: { result: "Allowed" } } }); exports.allowedContextKeysForRequest = exports.isWildcardOnlyAction = async () => [];',
    'it answers request 2 of 6 otherwise than IAM. Install one that does'],
  ['that-fails', 'exports.runSimulation = async () => { throw new Error("no data"); }; exports.allowedContextKeysForRequest = exports.isWildcardOnlyAction = async () => [];', 'no data. Install one that does'],
  ['that-cannot-be-loaded', 'throw new Error("needs Node.js 40");', 'cannot be loaded: needs Node.js 40. Install one that works'],
])('a simulator %s is refused, with what to install', async (name, program, fault) => {
  await expect(simulatorIn(installed(name, program))).rejects.toThrow(fault);
  await expect(simulatorIn(installed(name, program))).rejects.toThrow('@cloud-copilot/iam-simulate 9.9.9');
  await expect(simulatorIn(installed(name, program))).rejects.toThrow(install);
});

test('every role of an environment has a title', () => {
  expect(ROLES.map(([name]) => name).sort()).toEqual(Object.values(EnvironmentRole).sort());
});

test('the simulator is brought along by nobody: not in the bundle, nor as a dependency of the package', () => {
  const root = resolve(__dirname, '..', '..', '..'), { dependencies = {}, peerDependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, object | undefined>;
  expect(Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).filter((name) => name.startsWith('@cloud-copilot'))).toEqual([]);
  expect(readFileSync(join(root, 'assets', 'cli', 'cdk-secure-mlops.js'), 'utf8')).not.toMatch(/explicitDenyWithoutConditions|RCPFullAWSAccess/);
});
