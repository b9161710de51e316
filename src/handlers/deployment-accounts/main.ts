import { run } from './run';

/**
 * `node deployment-accounts.js '{ "stage": "production", … }'`, a step of a build. It reads and changes nothing; the step
 * after it deploys to the accounts that it prints.
 */
void run(process.argv[2] ?? process.env.DEPLOYMENT_ACCOUNTS, {
  plan: (text) => process.stdout.write(`${text}\n`),
  people: (text) => process.stderr.write(`${text}\n`),
}).then((code) => {
  process.exitCode = code;
});
