import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { BOTH_KEYS, bucketsOf, storageOf } from './parts';

const lock = ObjectLockRetention.compliance(Duration.days(3650));

function locksOf(...args: Parameters<typeof storageOf>): Record<string, unknown> {
  const { stack, storage } = storageOf(...args);
  return Object.fromEntries(Object.entries(bucketsOf(stack, storage)).flatMap(([name, { Properties }]) => {
    const { ObjectLockEnabled, ObjectLockConfiguration } = Properties as Record<string, unknown>;
    return ObjectLockEnabled === undefined ? [] : [[name, ObjectLockConfiguration]];
  }));
}

const LOCKED = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } };

test('nothing is locked unless it is asked for', () => {
  expect(locksOf()).toEqual({});
});

test('released models are locked where that is asked for', () => {
  expect(locksOf(() => ({ releasesObjectLock: lock }))).toEqual({ Releases: LOCKED });
});

test('evaluation reports are locked where that is asked for', () => {
  expect(locksOf(() => ({ reportsObjectLock: lock }))).toEqual({ Reports: LOCKED });
});

test('a lock changes no logical id', () => {
  const idsOf = (...args: Parameters<typeof storageOf>) => Object.values(storageOf(...args).storage.node.findAll()).map(({ node }) => node.path);
  expect(idsOf(() => ({ releasesObjectLock: lock, reportsObjectLock: lock }))).toEqual(idsOf());
});

test('what is locked cannot be destroyed by choice', () => {
  expect(() => storageOf(() => ({ releasesObjectLock: lock }), RemovalPolicy.DESTROY, BOTH_KEYS)).toThrow(
    '[Stack/Churn/Storage] releasesObjectLock must not be set where removalPolicy is DESTROY, got "COMPLIANCE". '
    + 'Locked versions can be deleted by nobody, so the bucket would never be empty. Leave out one of the two');
});

test('a given bucket is locked by its owner', () => {
  expect(() => storageOf((stack) => ({ reportsObjectLock: lock, existingBuckets: { reportsBucket: new Bucket(stack, 'Own') } }))).toThrow(
    '[Stack/Churn/Storage] reportsObjectLock must not be set for a given reports bucket, got "COMPLIANCE". '
    + 'Settings of a given bucket are its owner\'s: lock it where it is made');
});
