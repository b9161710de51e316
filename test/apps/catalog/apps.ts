import { App, Environment, Stack, StackProps } from 'aws-cdk-lib';
import { corrects, limits } from './controls';
import { endpointAlone } from './endpoint-alone';
import { broughtAlong, destroyed, inOwnVpc, inspectedEgress, largest, namedByParameter, oneLine, preparesData, together, twoInOneStack } from './environments';
import { guarded } from './guarded';
import { monitoredTarget } from './monitored-target';
import { offered } from './offered';
import { promoting } from './promoting';
import { keepsFeatures, tracksExperiments } from './tracking';
import { watched } from './watched';
import { INTEG_APPS } from '../../../integ/apps/apps';
import { StudioAloneStack } from '../../../integ/rehearsal/apps/studio-alone';
import { testApp } from '../../test-app';

/** An app whose templates are checked as a whole. */
export interface CheckedApp {
  readonly name: string;
  readonly build: (app: App) => unknown;
  readonly context?: Record<string, unknown>;
  /** Whether its user asked for everything to be destroyed. */
  readonly destroys?: boolean;
}

const ACCOUNT = '111111111111';
const ONE_LINE: [string, Environment][] = [
  ['in an account and region', { account: ACCOUNT, region: 'eu-west-1' }],
  ['in China', { account: ACCOUNT, region: 'cn-north-1' }],
  ['in GovCloud', { account: ACCOUNT, region: 'us-gov-west-1' }],
];
const inAStack = (what: (stack: Stack) => unknown, env?: Environment, props: StackProps = {}) => (app: App) => void what(new Stack(app, 'SecureMlops', { env, ...props }));

/** Every app that whole-template checks run over. */
export const APPS: CheckedApp[] = [
  ...INTEG_APPS,
  { name: 'one line', build: inAStack(oneLine) },
  ...ONE_LINE.map(([where, env]) => ({ name: `one line ${where}`, build: inAStack(oneLine, env) })),
  { name: 'Studio alone', build: (app) => void new StudioAloneStack(app, 'Studio', { users: ['alice'] }) },
  { name: 'guardrails of an organization', build: inAStack(guarded, { account: ACCOUNT, region: 'us-east-1' }) },
  { name: 'model endpoint alone', build: (app) => void endpointAlone(new Stack(app, 'Endpoint')) },
  { name: 'two environments in one stack', build: inAStack(twoInOneStack) },
  { name: 'prepares data with Glue and Athena', build: inAStack(preparesData) },
  { name: 'tracks experiments with MLflow', build: inAStack(tracksExperiments) },
  { name: 'keeps features', build: inAStack(keepsFeatures) },
  { name: 'named by a parameter', build: inAStack(namedByParameter) },
  { name: 'brought along', build: inAStack(broughtAlong, { account: ACCOUNT, region: 'eu-west-1' }) },
  { name: 'in an own VPC', build: inAStack(inOwnVpc) },
  { name: 'inspected egress', build: inAStack(inspectedEgress) },
  // Without indentation, as anybody writes templates who is near the limit of a megabyte.
  { name: 'largest', build: inAStack(largest, { account: ACCOUNT, region: 'ap-southeast-1' }, { suppressTemplateIndentation: true }) },
  { name: 'monitored target', build: inAStack(monitoredTarget, { account: '222222222222', region: 'eu-west-1' }) },
  { name: 'with copies of models in targets', build: promoting },
  { name: 'destroyed', build: inAStack(destroyed), context: { '@cdk-secure-mlops/destroy-data': true }, destroys: true },
  { name: 'offered in Service Catalog', build: inAStack(offered, { account: ACCOUNT, region: 'eu-west-1' }) },
  { name: 'watched by every control', build: inAStack(watched, { account: ACCOUNT, region: 'eu-west-1' }) },
  { name: 'corrects what breaks a rule', build: inAStack(corrects, { account: ACCOUNT, region: 'eu-west-1' }) },
  { name: 'limits what is spent', build: inAStack(limits, { account: ACCOUNT, region: 'eu-west-1' }) },
  { name: 'together in Studio', build: inAStack(together, { account: ACCOUNT, region: 'eu-west-1' }) },
];

/** An app with its stacks in it, not synthesized yet. */
export function make(checked: CheckedApp, outdir?: string): App {
  const app = testApp({ outdir, context: checked.context, analyticsReporting: false });
  checked.build(app);
  return app;
}
