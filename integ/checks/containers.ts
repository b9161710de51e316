import { ChildProcess, spawn } from 'child_process';
import { cpSync, mkdirSync, readFileSync } from 'fs';
import { delimiter, dirname, join } from 'path';
import { freePort } from '../free-port';
import { virtualEnvironment } from '../python/environment';
import { PROJECTS } from '../python/seed-environment';
import { command } from './consumers/command';

/** What runs the toolkits as an image does. */
export const HARNESS = join(__dirname, '..', 'python', 'containers');
const LONGEST = 90_000;

/** The toolkits that AWS's images are made of, in an environment of their own (`.venv-containers/`). Made on first use, about a minute. */
export function containersEnvironment(log: (line: string) => void): string {
  return virtualEnvironment('.venv-containers', readFileSync(join(HARNESS, 'requirements.txt'), 'utf8').split('\n').filter(Boolean), log);
}

/**
 * A model as AWS's image of its framework serves it: sagemaker-containers under gunicorn (XGBoost, scikit-learn), or
 * sagemaker-pytorch-inference under TorchServe. The container is told what the version's `Environment` says, and nothing else
 * that matters; pip has no index, as with network isolation.
 */
export class Container {
  /** @param trained what a run of the seed code has written */
  public static async serving(trained: string, framework: string, seedPython: string, log: (line: string) => void): Promise<Container> {
    const python = containersEnvironment(log), optMl = join(trained, 'opt-ml'), packages = join(optMl, 'packages'), port = await freePort();
    for (const folder of ['packages', 'work']) mkdirSync(join(optMl, folder), { recursive: true });
    cpSync(join(trained, 'model'), join(optMl, 'model'), { recursive: true });
    const child = spawn(python, [join(HARNESS, 'serve.py'), framework, optMl], {
      cwd: join(optMl, 'work'),
      detached: true, // with its workers, to be stopped together
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...await variablesOfVersions(seedPython, optMl),
        PATH: `${dirname(python)}${delimiter}${process.env.PATH}`,
        HOME: optMl,
        SAGEMAKER_BASE_DIR: optMl,
        SAGEMAKER_SERVING_MODULE: 'script_mode:main',
        SAGEMAKER_USE_NGINX: 'false',
        SAGEMAKER_BIND_TO_PORT: `${port}`,
        SAGEMAKER_MODEL_SERVER_WORKERS: '1',
        PYTHONPATH: [HARNESS, packages].join(delimiter),
        LIBRARIES: await command(seedPython, ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"], end="")'], { cwd: optMl }),
        PIP_TARGET: packages,
        PIP_INDEX_URL: 'http://127.0.0.1:9/',
        PIP_RETRIES: '0',
        PYTHONDONTWRITEBYTECODE: '1',
        OMP_NUM_THREADS: '1',
      },
    });
    const container = new Container(child, `http://127.0.0.1:${port}`);
    await container.started();
    return container;
  }

  private said = '';

  private constructor(private readonly child: ChildProcess, public readonly url: string) {
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (text: Buffer) => { this.said = `${this.said}${text}`.slice(-8000); });
  }

  public stop(): void {
    try {
      process.kill(-this.child.pid!, 'SIGKILL');
    } catch { /* it has ended */ }
  }

  /** Answers /ping with 200, as SageMaker waits for it. */
  private async started(): Promise<void> {
    for (const until = Date.now() + LONGEST; ; await new Promise((done) => setTimeout(done, 200))) {
      const up = await fetch(`${this.url}/ping`).then(({ status }) => status === 200, () => false);
      if (up) return;
      if (this.child.exitCode === null && Date.now() < until) continue;
      this.stop();
      throw new Error(`the container does not answer /ping:\n${this.said}`);
    }
  }
}

/** What a version carries, with the folder that is `/opt/ml` in a container. */
async function variablesOfVersions(python: string, optMl: string): Promise<Record<string, string>> {
  const said = await command(python, ['-c', 'import json; from pipeline.definition import SERVED_BY; print(json.dumps(SERVED_BY))'], { cwd: PROJECTS.train });
  return JSON.parse(said.replaceAll('/opt/ml', optMl)) as Record<string, string>;
}
