import { join } from 'path';
import { setFlagsFromString } from 'v8';
import { runInNewContext } from 'vm';
import { App, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';

/**
 * One synthesis in a process of its own, for `synth.ts`: `synth-app.js <environments> <project templates> <out>`, or
 * `synth-app.js <template> <out>` for `CfnInclude` of a template. What only one of them needs, only that one loads.
 */
const [what, ...others] = process.argv.slice(2);
const app = new App({ outdir: others[others.length - 1] });
if (what.endsWith('.json')) include(what);
else environments(Number(what), Number(others[0]));
app.synth();
report();

function include(templateFile: string): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { CfnInclude } = require('aws-cdk-lib/cloudformation-include') as typeof import('aws-cdk-lib/cloudformation-include');
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }); // it is in the template already
  new CfnInclude(new Stack(app, 'Included', { synthesizer }), 'Template', { templateFile });
}

function environments(count: number, templates: number): void {
  // Names are looked up where they are used, as TypeScript compiles an import of them.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const library = require(join(__dirname, '..', '..', 'src')) as typeof import('../../src');
  const makers = [() => library.ProjectBlueprint.buildTrain(), () => library.ProjectBlueprint.deploy()];
  const blueprints = makers.slice(0, templates).map((make) => make());
  const deploymentStages = templates < 2 ? [] : [library.DeploymentStage.accounts('production', { accounts: ['222222222222'] })];
  for (let index = 1; index <= count; index++) {
    const stack = new Stack(app, `Environment${index}`, { env: { account: '111111111111', region: 'eu-west-1' } });
    const churn = new library.DataScienceEnvironment(stack, 'Churn', { environmentName: `churn-${index}`, deploymentStages });
    blueprints.forEach((blueprint, at) => churn.addProjectTemplate(`Template ${at + 1}`, { blueprint }));
  }
}

/** What is in use counts only after what is not was thrown away, which is not part of the time. */
function report(): void {
  const { maxRSS } = process.resourceUsage();
  const { user, system } = process.cpuUsage();
  const began = process.hrtime.bigint();
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const held = process.memoryUsage().heapUsed;
  const collected = Number(process.hrtime.bigint() - began) / 1e9;
  console.log(JSON.stringify({ cpu: (user + system) / 1e6, peak: maxRSS / 1024, held: held / 2 ** 20, collected }));
  if (app.node.children.length === 0) throw new Error('nothing was synthesized'); // also keeps the app until here
}
