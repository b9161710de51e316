import { ExitCode } from './report';

export function print(text: string): ExitCode {
  process.stdout.write(text);
  return ExitCode.FINE;
}

export function isColored(): boolean {
  return process.stdout.isTTY && !process.env.NO_COLOR;
}

/** For people who look on, on one line that is written over. */
export function progress(where: string, what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${where}: ${what} …`);
}

export function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
