import { DescribeDomainCommand } from '@aws-sdk/client-sagemaker';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { sagemaker, unlessGone } from './aws';
import { deleteFileSystem, deleteMountTargets, fileSystemsLeftBehind } from './file-systems';
import { deleteRecord, readRecord, writeRecord } from './record';
import { deleteSecurityGroups } from './security-groups';
import { FixedSettings } from './settings';
import { untilNothingIsLeft } from './wait-until';
import { Outcome } from '../cloudformation/respond';

/** A domain that is gone, and the file systems that SageMaker left behind for it. */
interface Leftovers {
  readonly domainId: string;
  readonly fileSystems: string[];
}

/**
 * What a domain leaves behind. Made and updated before the domain, so it can refuse what would replace the domain;
 * deleted after the domain, so it can take away what SageMaker leaves and what would hold the VPC for ever.
 */
export async function cleanUpLeftovers(event: CloudFormationCustomResourceEvent, context: Context): Promise<Outcome> {
  const properties = event.ResourceProperties as Record<string, string>;
  if (event.RequestType === 'Create') return begin(properties);
  const settings = FixedSettings.fromPhysicalId(event.PhysicalResourceId);
  if (event.RequestType === 'Update') settings.refuseChange(properties);
  else await takeAway(event, settings, context);
  return { physicalResourceId: event.PhysicalResourceId };
}

/** From now on SageMaker may make something; until the domain's id is known, it is searched for. */
async function begin(properties: Record<string, string>): Promise<Outcome> {
  const { physicalId } = FixedSettings.of(properties, new Date());
  await writeRecord(properties.Record, {});
  return { physicalResourceId: physicalId };
}

/** An event whose answer was lost comes again. Then the record is gone, and what may be found now is somebody else's. */
async function takeAway(event: CloudFormationCustomResourceEvent, settings: FixedSettings, context: Context): Promise<void> {
  const { Record, VpcId, SubnetIds, HomeFileSystem } = event.ResourceProperties;
  const record = await readRecord(Record);
  if (record === undefined) return;
  const found = await fileSystemsLeftBehind(record.domainId !== undefined
    ? { domainId: record.domainId }
    : { subnetIds: SubnetIds, since: settings.madeAt });
  for (const left of byDomain(found, record.domainId)) {
    const where = `what Studio domain ${left.domainId} left behind`;
    if (!await isGoneForGood(left.domainId, context)) continue;
    // Without mount targets a file system is no longer found by our subnets: the next deletion must know it.
    if (record.domainId === undefined) await writeRecord(Record, { domainId: left.domainId, fileSystemId: left.fileSystems[0] });
    await untilNothingIsLeft(context, where, () => deleteMountTargets(left.fileSystems));
    await untilNothingIsLeft(context, where, () => deleteSecurityGroups(left.domainId, VpcId));
    if (HomeFileSystem === 'destroy') await untilNothingIsLeft(context, where, () => deleteFileSystem(left.fileSystems));
  }
  await deleteRecord(Record);
}

/** The recorded domain is looked after even without a file system: one may have been taken away by hand. */
function byDomain(found: { domainId: string; fileSystemId: string }[], recorded?: string): Leftovers[] {
  const ids = [...new Set([...(recorded === undefined ? [] : [recorded]), ...found.map(({ domainId }) => domainId)])];
  return ids.map((domainId) => ({
    domainId,
    fileSystems: found.filter((one) => one.domainId === domainId).map(({ fileSystemId }) => fileSystemId),
  }));
}

/** A domain that was kept, or that is somebody else's and alive, keeps what belongs to it. */
async function isGoneForGood(domainId: string, context: Context): Promise<boolean> {
  let status: string | undefined;
  await untilNothingIsLeft(context, `Studio domain ${domainId}`, async () => {
    const domain = await unlessGone(() => sagemaker.send(new DescribeDomainCommand({ DomainId: domainId })));
    status = domain?.Status;
    return status === 'Deleting' ? ['the domain (being deleted)'] : [];
  });
  return status === undefined;
}
