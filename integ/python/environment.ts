import { execFileSync, spawnSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '..', '..');
const REQUIREMENTS = join(__dirname, 'requirements.txt');
/** Written last: an environment without it is half-made. */
const STAMP = '.requirements.sha256';
/** Installs in seconds what takes pip minutes: it finds versions and unpacks side by side, and compiles nothing before it is used. */
const INSTALLER = 'uv==0.13.9';
const OLDEST: [number, number] = [3, 11];
const CANDIDATES = ['python3', 'python3.13', 'python3.12', 'python3.11', 'python'];

/** Says in one line what is missing. */
export class PythonMissing extends Error {}

/**
 * The project's Python environment, `.venv/` in the root, with exactly what `requirements.txt` pins: the local AWS,
 * cfn-lint, and z3, which `test/proofs` asks. Made on first use (about 10 s), then kept until the requirements change.
 *
 * @returns path of the Python interpreter in it
 */
export function pythonEnvironment(log: (line: string) => void = () => {}): string {
  return virtualEnvironment('.venv', readFileSync(REQUIREMENTS, 'utf8').split('\n').filter(Boolean), log);
}

/**
 * A virtual environment in a folder of the root, with these packages and what they need; kept until they change.
 *
 * @returns path of the Python interpreter in it
 */
export function virtualEnvironment(folder: string, packages: string[], log: (line: string) => void = () => {}): string {
  const place = join(ROOT, folder), stamp = join(place, STAMP);
  const python = join(place, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = createHash('sha256').update(packages.join('\n')).digest('hex');
  if (existsSync(stamp) && existsSync(python) && readFileSync(stamp, 'utf8').trim() === wanted) return python;

  log(`Making the Python environment in ${folder} (once) …`);
  rmSync(place, { recursive: true, force: true });
  run(interpreter(), ['-m', 'venv', place], 'the Python module venv (Debian, Ubuntu: apt install python3-venv)');
  install(python, packages);
  writeFileSync(stamp, wanted);
  return python;
}

function install(python: string, packages: string[]): void {
  const pip = (...wanted: string[]) => run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...wanted], 'a Python package index that pip can reach');
  try {
    pip(INSTALLER);
    run(python, ['-m', 'uv', 'pip', 'install', '--quiet', '--python', python, ...packages], 'a Python package index that uv can reach');
  } catch {
    // Only pip knows the index that pip's own settings name.
    pip(...packages);
  }
}

function interpreter(): string {
  for (const candidate of CANDIDATES) {
    const answer = spawnSync(candidate, ['-c', 'import sys; print(sys.version_info[0], sys.version_info[1])'], { encoding: 'utf8' });
    const [major, minor] = (answer.stdout ?? '').trim().split(' ').map(Number);
    if (answer.status === 0 && (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]))) return candidate;
  }
  throw new PythonMissing(`Missing: Python ${OLDEST.join('.')} or newer on the PATH (tried ${CANDIDATES.join(', ')}).`);
}

function run(command: string, parameters: string[], need: string): void {
  try {
    execFileSync(command, parameters, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr ?? error).trim().split('\n').pop();
    throw new PythonMissing(`Missing: ${need} (${command} ${parameters.slice(0, 3).join(' ')}: ${said}).`);
  }
}

if (require.main === module) {
  try {
    console.log(pythonEnvironment((line) => console.error(line)));
  } catch (error) {
    console.error(error instanceof PythonMissing ? error.message : error);
    process.exit(1);
  }
}
