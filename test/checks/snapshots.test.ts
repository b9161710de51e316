import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { INTEG_APPS } from '../../integ/apps/apps';

const APPS = resolve(__dirname, '..', '..', 'integ', 'apps');
/** What is written along and not committed. */
const LEFT_OUT = /^(tree\.json|asset\..*|read\..*\.json)$/;

describe.each(INTEG_APPS)('the app $name', ({ name, build }) => {
  const program = `integ.${name}.ts`;
  const snapshot = join(APPS, name, `${program}.snapshot`);

  test('is built by its folder, which has a test and a snapshot of it', () => {
    expect(build).toBeInstanceOf(Function);
    expect([program, `${program}.snapshot/manifest.json`].filter((file) => !existsSync(join(APPS, name, file)))).toEqual([]);
  });

  test('has a snapshot that names no machine', () => {
    const files = readdirSync(snapshot).filter((file) => !LEFT_OUT.test(file));
    const named = files.filter((file) => /\.(ts|js):\d+|node_modules|localhost|["( ]\/(home|root|Users|work|tmp|var)\//.test(withoutBuilds(readFileSync(join(snapshot, file), 'utf8'))));
    expect(named).toEqual([]);
  });
});

/** Builds put programs into a folder of their own machine; and the AWS SDK in these programs has a default of its own. */
function withoutBuilds(text: string): string {
  return text.replace(/ \/tmp\/(release|deployment-accounts|monitor-values)\.js/g, '').replace(/localhost(?=\W+this\.port=)/g, '');
}
