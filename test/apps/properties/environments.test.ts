import { App, Stack } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { accepted, appOf } from './accepted-environments';
import { follow, Recipe } from './recipe';
import { synthesize } from '../catalog/synthesized';
import { excesses } from '../template/limits';
import { ResourceGraph } from '../template/resource-graph';

const RUNS = 25;

test('props within the rules synthesize, without circles and within every limit of size', () => {
  fc.assert(fc.property(accepted, (recipe) => {
    for (const { template, body } of synthesize(appOf(recipe)).templates) {
      expect(ResourceGraph.of(template).circles()).toEqual([]);
      expect(excesses(template, body)).toEqual([]);
    }
  }), { numRuns: RUNS, seed: 1 });
}, 180_000);

const outside = (min: number, max: number) => fc.oneof(fc.integer({ min: -10, max: min - 1 }), fc.integer({ min: max + 1, max: max * 3 }));
/** Characters that no name, prefix or path may have, somewhere in the text. */
const foreign = fc.tuple(fc.constantFrom('A', 'ab', ''), fc.constantFrom('é', ' ', '$', '*', '\n')).map(([before, character]) => `${before}${character}x`);
const noAccount = fc.constantFrom('12345', '1234567890123', 'abcdefghijkl', '');

/** A rule and what breaks it, in an environment that is right otherwise. */
const REFUSED: [property: string, broken: fc.Arbitrary<(recipe: Recipe) => Partial<Recipe>>][] = [
  ['environmentName', fc.oneof(foreign, fc.constantFrom('', '-a', 'a-', 'a--b', '1a', 'Churn', 'a'.repeat(21))).map((environmentName) => () => ({ environmentName }))],
  ['zoneCount', outside(1, 4).map((zoneCount) => ({ network }) => ({ network: { ...network, zoneCount } }))],
  ['cidr', fc.constantFrom('10.0.0.0/29', '10.0.0.0/8', '300.0.0.0/16', 'here', '').map((cidr) => ({ network }) => ({ network: { ...network, cidr } }))],
  ['subnetMask', outside(16, 28).map((subnetMask) => ({ network }) => ({ network: { ...network, subnetMask } }))],
  ['count', outside(1, 4).map((natGateways) => ({ network }) => ({ network: { ...network, natGateways, allowedDomains: undefined } }))],
  ['natGateways', outside(1, 4).map((natGateways) => ({ network }) => ({ network: { ...network, natGateways, allowedDomains: ['pypi.org'] } }))],
  ['internetAccess.count', fc.integer({ min: 1, max: 3 }).map((zoneCount) => ({ network }) => ({
    network: { ...network, zoneCount, natGateways: zoneCount + 1, allowedDomains: undefined },
  }))],
  ['allowedDomains', fc.constantFrom('https://pypi.org', '*.pypi.org', 'org', '10.0.0.1', '').map((name) => ({ network }) => ({ network: { ...network, allowedDomains: [name] } }))],
  ['maxAggregationInterval', outside(600, 600).filter((seconds) => seconds !== 60).map((maxAggregationInterval) => ({ network }) => ({ network: { ...network, flowLogs: { maxAggregationInterval } } }))],
  ['endpoints.excludedServices', fc.constant(({ network }: Recipe) => ({ network: { ...network, without: [0, 0] } }))],
  ['pendingWindow', fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 31, max: 99 })).map((pendingWindowDays) => ({ keys }) => ({ keys: { ...keys, pendingWindowDays } }))],
  ['rotationPeriod', fc.oneof(fc.integer({ min: 0, max: 89 }), fc.integer({ min: 2561, max: 9999 })).map((rotationDays) => ({ keys }) => ({ keys: { ...keys, rotationDays } }))],
  ['outputPrefixes', fc.constantFrom('/outputs/', 'outputs', 'out puts/', '*/', '').map((prefix) => () => ({ outputPrefixes: [prefix] }))],
  ['bytesScannedLimit', fc.integer({ min: 0, max: 9 }).map((bytesScannedMegabytes) => () => ({ bytesScannedMegabytes }))],
  ['instanceTypes', fc.constantFrom('m5.large', 'ml.m5', 'ml..large', '*', '').map((type) => () => ({ instanceTypes: [type] }))],
  ['maximumRuntime', fc.constantFrom(0, 28 * 24 * 60 + 1).map((maximumRuntimeMinutes) => () => ({ maximumRuntimeMinutes }))],
  ['timeout', fc.oneof(fc.integer({ min: 0, max: 59 }), fc.integer({ min: 525_601, max: 999_999 })).map((idleMinutes) => () => ({ idleMinutes }))],
  ['sourceCidrs', fc.constantFrom('203.0.113.0', 'everywhere', '').map((range) => () => ({ sourceCidrs: [range] }))],
  ['homeFileSystem', fc.constant(() => ({ homeFileSystem: 'destroy' as const, destroys: false }))],
  ['userName', fc.oneof(foreign, fc.constantFrom('', 'Alice', 'a_b', '-a', 'a'.repeat(64))).map((user) => () => ({ users: [user] }))],
  ['userName', fc.constant(() => ({ users: ['alice', 'alice'] }))],
  ['prefix', fc.constantFrom('/sales/', 'sales*/', 'sa les/').map((prefix) => () => ({ dataSources: [{ prefix, writable: false }] }))],
  ['accounts', noAccount.map((account) => () => ({ accounts: [account] }))],
  ['accounts', fc.constant(() => ({ accounts: ['111111111111', '111111111111'] }))],
  ['path', fc.constantFrom('company', '/company', 'company/', '/com pany/').map((path) => () => ({ path }))],
];

test.each(REFUSED)('what breaks the rule of %s is refused, and the message names the property', (property, broken) => {
  fc.assert(fc.property(accepted, broken, (recipe, breaking) => {
    const wrong = { ...recipe, ...breaking(recipe) };
    const stack = new Stack(new App(), 'Refused', { env: wrong.env });
    expect(() => follow(wrong, stack)).toThrow(new RegExp(`\\b${property.replace('.', '\\.')}\\b.* must `));
  }), { numRuns: 5, seed: 1 });
});
