import { Stack } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { follow, Recipe } from './recipe';
import type { CheckedApp } from '../catalog/apps';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const word = (first: string, rest: string, maxLength: number) =>
  fc.tuple(fc.constantFrom(...first), fc.string({ unit: fc.constantFrom(...rest), maxLength: maxLength - 1 })).map(([head, tail]) => head + tail);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 3) => fc.uniqueArray(arbitrary, { maxLength });

/** Names as design and documentation allow them. */
export const environmentNames = fc.uniqueArray(word(letters, `${letters}0123456789`, 5), { minLength: 1, maxLength: 3 }).map((groups) => groups.join('-'));
const prefixes = fc.array(word(letters, `${letters}0123456789-_`, 8), { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}/`);
const accounts = fc.integer({ min: 100_000_000_000, max: 999_999_999_999 }).map(String);

const recipes: fc.Arbitrary<Recipe> = fc.record({
  environmentName: environmentNames,
  env: optional(fc.record({ account: accounts, region: fc.constantFrom('us-east-1', 'eu-central-1', 'ap-southeast-2') })),
  network: fc.record({
    cidr: optional(fc.constantFrom('10.0.0.0/16', '172.16.0.0/18', '192.168.0.0/20')),
    zoneCount: optional(fc.integer({ min: 1, max: 4 })),
    subnetMask: optional(fc.integer({ min: 23, max: 26 })),
    natGateways: optional(fc.integer({ min: 1, max: 4 })),
    allowedDomains: optional(fc.uniqueArray(fc.constantFrom('pypi.org', '.pythonhosted.org', 'conda.anaconda.org'), { minLength: 1 })),
    flowLogs: optional(fc.record({
      maxAggregationInterval: fc.constantFrom(undefined, 60, 600),
      retention: fc.constantFrom(undefined, RetentionDays.ONE_MONTH, RetentionDays.TEN_YEARS),
    })),
    without: fc.constant(undefined),
    additional: optional(some(fc.integer({ min: 0, max: 8 }))),
  }),
  keys: fc.record({
    pendingWindowDays: optional(fc.integer({ min: 7, max: 30 })),
    rotationDays: optional(fc.integer({ min: 90, max: 2560 })),
    givesDataKey: fc.boolean(),
  }),
  outputPrefixes: optional(fc.uniqueArray(prefixes, { minLength: 1, maxLength: 3 })),
  instanceTypes: optional(fc.uniqueArray(fc.constantFrom('ml.t3.medium', 'ml.m5.*', 'ml.c5.xlarge', 'ml.g5.2xlarge'), { minLength: 1 })),
  maximumRuntimeMinutes: optional(fc.integer({ min: 1, max: 28 * 24 * 60 })),
  requireNetworkIsolation: optional(fc.boolean()),
  idleMinutes: optional(fc.integer({ min: 60, max: 525_600 })),
  homeFileSystem: fc.constantFrom(undefined, 'none', 'retain', 'destroy'),
  packageIndex: fc.boolean(),
  bytesScannedMegabytes: optional(fc.integer({ min: 10, max: 1_000_000 })),
  sourceCidrs: optional(fc.uniqueArray(fc.constantFrom('203.0.113.0/24', '198.51.100.7/32'), { minLength: 1 })),
  sourceIdentity: fc.boolean(),
  users: some(word(`${letters}0123456789`, `${letters}0123456789`, 20)),
  dataSources: fc.array(fc.record({ prefix: optional(prefixes), writable: fc.boolean() }), { maxLength: 2 }),
  accounts: some(accounts),
  path: fc.constantFrom(undefined, '/', '/company/', '/company/data-science/'),
  boundary: fc.boolean(),
  owner: optional(fc.constantFrom('team@example.com', 'Data Science')),
  destroys: fc.boolean(),
});

/** Recipes within every rule of the documentation. */
export const accepted = recipes.map(({ network, ...recipe }): Recipe => ({
  ...recipe,
  network: { ...network, natGateways: network.natGateways && Math.min(network.natGateways, network.zoneCount ?? 2) },
  homeFileSystem: recipe.homeFileSystem === 'destroy' && !recipe.destroys ? 'retain' : recipe.homeFileSystem, // not kept and destroyed at once
}));

/** The app of a recipe. */
export function appOf(recipe: Recipe, name = 'drawn'): CheckedApp {
  return {
    name,
    build: (app) => void follow(recipe, new Stack(app, 'Drawn', { env: recipe.env })),
    context: { '@cdk-secure-mlops/destroy-data': recipe.destroys },
  };
}

/** The same apps in every run, drawn from everything that is accepted. */
export function acceptedEnvironments(count: number): CheckedApp[] {
  return fc.sample(accepted, { numRuns: count, seed: 20261123 }).map((recipe, index) => appOf(recipe, `drawn ${index}`));
}
