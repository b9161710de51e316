import { writeFileSync } from 'fs';
import { differencesAsMarkdown, differencesOf } from './differences';
import { Matrix, matrixOf } from './matrix';
import { htmlOf, markdownOf } from './outputs';
import { SIMULATOR, Simulator, simulatorIn } from './simulator';
import { stacksOf } from '../assembly';
import { print } from '../output';
import { ExitCode } from '../report';
import { WrongUse } from '../wrong-use';

export const ACCESS_OPTIONS = {
  json: { type: 'boolean' },
  html: { type: 'string' },
  against: { type: 'string' },
} as const;

interface Values {
  readonly json?: boolean;
  readonly html?: string;
  readonly against?: string;
}

export async function runAccess(values: Values, [path = 'cdk.out', ...more]: string[]): Promise<ExitCode> {
  if (more.length > 0) throw new WrongUse(`One directory or template is read, and ${more.join(', ')} comes after it. Name the other version of the app with --against.`);
  const simulator = simulatorIn(process.cwd());
  const matrix = await read(path, simulator);
  const before = values.against === undefined ? undefined : await read(values.against, simulator);
  const differences = before && differencesOf(before, matrix);
  if (!simulator) process.stderr.write(`Nothing is decided without the policy simulator. Install it beside the app: npm install --save-dev ${SIMULATOR}\n`);
  if (values.html !== undefined) write(values.html, htmlOf(matrix));
  if (values.json) print(`${JSON.stringify({ ...matrix, ...(differences && { differences }) }, undefined, 2)}\n`);
  else print(differences ? differencesAsMarkdown(differences) : markdownOf(matrix));
  if (differences?.some(({ kind }) => kind === 'more')) return ExitCode.FOUND;
  return matrix.cells.some(({ answer }) => answer === 'unknown') || before?.cells.some(({ answer }) => answer === 'unknown') ? ExitCode.UNREAD : ExitCode.FINE;
}

async function read(path: string, simulator: Simulator | undefined): Promise<Matrix> {
  const matrix = await matrixOf(stacksOf(path), simulator);
  if (matrix.environments.length > 0) return matrix;
  throw new WrongUse(`In ${path} is no environment: none makes the parameters by which others find it. Name the directory that "npx cdk synth" writes for an app with a DataScienceEnvironment.`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new WrongUse(`${file} cannot be written: ${(error as Error).message}.`);
  }
}
