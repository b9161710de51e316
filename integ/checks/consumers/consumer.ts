import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { command, ToolMissing } from './command';
import { FLOOR, NAG, NEWEST } from '../../consumers/versions';
import { pythonEnvironment } from '../../python/environment';

const ROOT = resolve(__dirname, '..', '..', '..');
const CONSUMERS = join(ROOT, 'integ', 'consumers');
const JAVA = 'Java 17 and Maven on the PATH';

/** An app of somebody else, in a folder of its own, that installs a built package and synthesizes. */
export interface Consumer {
  readonly name: string;
  /** @returns the folder that it synthesized into */
  synthesize(folder: string): Promise<string>;
}

/** A TypeScript app from the npm tarball, type-checked against it. */
export function typeScript(versions: typeof FLOOR): Consumer {
  return {
    name: `TypeScript, aws-cdk-lib ${versions.cdk}`,
    synthesize: (folder) => installAndRun(folder, 'app', ['app.ts'], versions),
  };
}

/** An app of a company that checks everything with cdk-nag: nothing that this library makes may be in its report. */
export function checkedWithNag(versions: typeof FLOOR, nag: string): Consumer {
  const program = `nag-${nag.split('.')[0]}`;
  return {
    name: `aws-cdk-lib ${versions.cdk} with cdk-nag ${nag}`,
    synthesize: (folder) => installAndRun(folder, program, [`${program}.ts`, 'platform.ts'], versions, `cdk-nag@${nag}`),
  };
}

async function installAndRun(folder: string, program: string, files: string[], versions: typeof FLOOR, ...more: string[]): Promise<string> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'consumer', private: true }));
  for (const file of files) copyFileSync(join(CONSUMERS, 'typescript', file), join(folder, file));
  const packages = [built('js', '.tgz'), `aws-cdk-lib@${versions.cdk}`, `constructs@${versions.constructs}`, ...more];
  await command('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], { cwd: folder });
  const types = ['--typeRoots', join(ROOT, 'node_modules', '@types'), '--types', 'node'];
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = ['--strict', '--target', 'es2022', '--module', 'node16', '--skipLibCheck', 'false'];
  await command(process.execPath, [compiler, ...options, ...types, files[0]], { cwd: folder });
  return into(folder, (out) => command(process.execPath, [`${program}.js`, out], { cwd: folder }));
}

/** A Python app from the wheel, in a virtual environment of its own, which runs the README's examples as well. */
export function python(): Consumer {
  return {
    name: `Python, aws-cdk-lib ${FLOOR.cdk}`,
    synthesize: async (folder) => {
      await command(pythonEnvironment(console.error), ['-m', 'venv', join(folder, 'venv')]);
      const interpreter = join(folder, 'venv', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
      const packages = [built('python', '.whl'), `aws-cdk-lib==${FLOOR.cdk}`, `constructs==${FLOOR.constructs}`];
      await command(interpreter, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-compile', ...packages]);
      // Translated is not yet working: keywords are made of one struct only, and the translation does not know.
      await command(interpreter, [join(CONSUMERS, 'python', 'readme.py'), join(ROOT, '.jsii.tabl.json')], { cwd: folder });
      return into(folder, (out) => command(interpreter, [join(CONSUMERS, 'python', 'app.py'), out], { cwd: folder }));
    },
  };
}

/** A Java app from the jar, with a local Maven repository of its own: a rebuilt 0.0.0 would not replace an older one. */
export function java(): Consumer {
  return {
    name: `Java, aws-cdk-lib ${FLOOR.cdk}`,
    synthesize: async (folder) => {
      if (!existsSync(join(ROOT, 'dist', 'java'))) throw new ToolMissing('Missing: dist/java (npx projen package-all).');
      const maven = (goal: string[]) => command('mvn', [
        '--batch-mode', '--quiet', '--file', join(CONSUMERS, 'java', 'pom.xml'), `-Dmaven.repo.local=${join(folder, 'repository')}`,
        `-Dcdk.version=${FLOOR.cdk}`, `-Dconstructs.version=${FLOOR.constructs}`, ...goal,
      ], { need: JAVA });
      return into(folder, (out) => maven(['compile', 'exec:java', `-Dexec.args=${out}`]));
    },
  };
}

/** Everyone who is checked: the first is whom the others are compared with. */
export function consumers(): Consumer[] {
  return [typeScript(FLOOR), python(), java(), typeScript(NEWEST), checkedWithNag(FLOOR, NAG.aspect), checkedWithNag(NEWEST, NAG.plugin)];
}

async function into(folder: string, synthesize: (out: string) => Promise<string>): Promise<string> {
  const out = join(folder, 'cdk.out');
  mkdirSync(out, { recursive: true });
  await synthesize(out);
  return out;
}

/** The one built package of a kind. */
function built(kind: string, ending: string): string {
  const folder = join(ROOT, 'dist', kind);
  const file = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith(ending)) : undefined;
  if (!file) throw new ToolMissing(`Missing: dist/${kind}/*${ending} (npx projen package-all).`);
  return join(folder, file);
}
