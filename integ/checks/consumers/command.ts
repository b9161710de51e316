import { spawn } from 'child_process';

/** A tool that the machine does not have, said in one line. */
export class ToolMissing extends Error {}

export interface CommandOptions {
  readonly cwd?: string;
  /** What to install when the command cannot be found. */
  readonly need?: string;
}

/** Runs a command to its end; what it said is part of the error when it fails. */
export function command(executable: string, parameters: string[], options: CommandOptions = {}): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(executable, parameters, {
      cwd: options.cwd,
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.on('error', (error: NodeJS.ErrnoException) => failed(error.code === 'ENOENT' ? new ToolMissing(`Missing: ${options.need ?? executable}.`) : error));
    child.on('close', (code) => (code === 0 ? done(output) : failed(new Error(`${executable} ${parameters.join(' ')} ended with ${code}:\n${output.trim().split('\n').slice(-25).join('\n')}`))));
  });
}
