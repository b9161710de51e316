import { ChildProcess, spawn } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { freePort } from '../../../integ/free-port';
import { sharedPython } from '../../python/shared-python';

/** AWS as moto emulates it, on a port of this machine. Nobody here has written it. */
export class Moto {
  private server?: ChildProcess;
  private port = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'moto-'));

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.port = await freePort();
    this.server = spawn(await sharedPython(), ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(this.port)], {
      cwd: this.folder, stdio: 'ignore', env: { PATH: process.env.PATH, HOME: this.folder, PYTHONDONTWRITEBYTECODE: '1' },
    });
    for (const deadline = Date.now() + 60_000; ;) {
      if (await fetch(`${this.url}/moto-api/data.json`).then(({ ok }) => ok, () => false)) return;
      if (this.server.exitCode !== null || Date.now() > deadline) throw new Error('moto did not start');
      await sleep(50);
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server!.once('exit', resolve));
    this.server!.kill('SIGKILL'); // it keeps nothing
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
