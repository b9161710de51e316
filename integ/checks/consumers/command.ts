import { spawn } from 'child_process';

/** A tool that the machine does not have, said in one line. */
export class ToolMissing extends Error {}

/** A command that ended badly, with everything that it said. */
export class CommandFailed extends Error {
  constructor(message: string, public readonly output: string) {
    super(message);
  }
}

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
      // What it says is read and kept: no colours, whatever whoever called us wants for themselves.
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', NO_COLOR: '1', FORCE_COLOR: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    child.on('error', (error: NodeJS.ErrnoException) => failed(error.code === 'ENOENT' ? new ToolMissing(`Missing: ${options.need ?? executable}.`) : error));
    child.on('close', (code) => {
      if (code === 0) return done(output);
      const end = output.trim().split('\n').slice(-25).map((line) => line.slice(0, 500)).join('\n'); // a line may be a bundle
      failed(new CommandFailed(`${executable} ${parameters.join(' ')} ended with ${code}:\n${end}`, output));
    });
  });
}
