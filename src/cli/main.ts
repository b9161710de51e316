import { parseArgs, ParseArgsConfig } from 'util';
import { ACCESS_OPTIONS, runAccess } from './access/command';
import { Unread } from './aws/account';
import { CLEAN_UP_OPTIONS, runCleanUp } from './clean-up/command';
import { HELP } from './help';
import { clearProgress, print } from './output';
import { PREFLIGHT_OPTIONS, runPreflight } from './preflight-command';
import { PRICES_OPTIONS, runPrices } from './prices/command';
import { ExitCode } from './report';
import { CHECK_OPTIONS, runCheck } from './template-check/command';
import { WrongUse } from './wrong-use';

const HELP_OPTION = { help: { type: 'boolean', short: 'h' }, debug: { type: 'boolean' } } as const;

function parsed<T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  try {
    return parseArgs({ args, options: { ...options, ...HELP_OPTION }, allowPositionals: true });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}

async function main([command, ...args]: string[]): Promise<ExitCode> {
  if (command === '--help' || command === '-h' || args.includes('--help') || args.includes('-h')) return print(HELP);
  if (command === 'preflight') {
    const { values, positionals } = parsed(args, PREFLIGHT_OPTIONS);
    return runPreflight(values, positionals);
  }
  if (command === 'clean-up') {
    const { values, positionals } = parsed(args, CLEAN_UP_OPTIONS);
    return runCleanUp(values, positionals);
  }
  if (command === 'check') {
    const { values, positionals } = parsed(args, CHECK_OPTIONS);
    return runCheck(values, positionals);
  }
  if (command === 'prices') {
    const { values, positionals } = parsed(args, PRICES_OPTIONS);
    return runPrices(values, positionals);
  }
  if (command === 'access') {
    const { values, positionals } = parsed(args, ACCESS_OPTIONS);
    return runAccess(values, positionals);
  }
  throw new WrongUse(command === undefined ? 'Say which command: access, check, preflight, clean-up or prices.' : `There is no command ${command}, only access, check, preflight, clean-up and prices.`);
}

/** What is said of an error, and how the command ends. */
function told(error: unknown): [text: string, code: ExitCode] {
  if (error instanceof WrongUse) return [`${error.message}\nSee npx cdk-secure-mlops --help.\n`, ExitCode.WRONG_USE];
  if (error instanceof Unread) return [`AWS could not be read. ${error.message}. Allow ${error.action}, or see that the credentials hold.\n`, ExitCode.UNREAD];
  const isDebugged = process.argv.includes('--debug');
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const what = isDebugged ? stack ?? message : `${message.replace(/[.]$/, '')}.`;
  const remedy = isDebugged ? 'Report this, with what was looked at.' : 'Run it again with --debug, which says where in the program it was, and report that.';
  return [`It stopped at an error that it does not expect: ${what}\n${remedy}\n`, ExitCode.UNREAD];
}

main(process.argv.slice(2)).then((code) => { process.exitCode = code; }, (error: unknown) => {
  clearProgress();
  const [text, code] = told(error);
  process.stderr.write(text);
  process.exitCode = code;
});
