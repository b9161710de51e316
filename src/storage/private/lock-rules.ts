import { RemovalPolicy } from 'aws-cdk-lib';
import { InputCheck } from '../../private/input-check';
import { StorageOptions } from '../storage-options';

/** A lock is a setting of the bucket, and holds against whoever would empty it. */
export function checkLocks(check: InputCheck, props: StorageOptions & { readonly removalPolicy?: RemovalPolicy }): void {
  const { existingBuckets: existing = {}, releasesObjectLock, reportsObjectLock, removalPolicy } = props;
  for (const [name, lock, bucket] of [['releases', releasesObjectLock, existing.releasesBucket], ['reports', reportsObjectLock, existing.reportsBucket]] as const) {
    if (lock === undefined) continue;
    const property = `${name}ObjectLock`;
    if (bucket !== undefined) check.report(property, lock.mode, `not be set for a given ${name} bucket`, 'Settings of a given bucket are its owner\'s: lock it where it is made');
    if (removalPolicy === RemovalPolicy.DESTROY) {
      check.report(property, lock.mode, 'not be set where removalPolicy is DESTROY', 'Locked versions can be deleted by nobody, so the bucket would never be empty. Leave out one of the two');
    }
  }
}
