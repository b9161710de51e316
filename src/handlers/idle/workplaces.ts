import {
  AppDetails, DeleteAppCommand, DescribeAppCommand, DescribeNotebookInstanceCommand, paginateListApps, paginateListNotebookInstances,
  paginateListSpaces, StopNotebookInstanceCommand,
} from '@aws-sdk/client-sagemaker';
import { Finding, latest, limitOf, ofInstances, ofStorage } from './finding';
import { sagemaker } from './sagemaker';
import { settings } from './settings';
import { everyPage } from '../aws/sdk';
import { unlessGone } from '../corrective/faults';

/** When an application was last seen in spaces: AWS forgets applications within a day. */
export interface Memory {
  /** When spaces were first looked at. */
  readonly since: string;
  /** By domain and space. */
  readonly seen: Readonly<Record<string, string>>;
}

const RUNNING = ['InService', 'Pending'];

export async function listedApplications(): Promise<AppDetails[]> {
  return everyPage(paginateListApps({ client: sagemaker }, {}), ({ Apps }) => Apps);
}

/** Applications that run and that nobody has worked with. */
export async function applications(apps: readonly AppDetails[], now: Date): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const { DomainId, UserProfileName, SpaceName, AppType, AppName, Status, CreationTime, ResourceSpec } of apps) {
    const type = ResourceSpec?.InstanceType;
    if (Status !== 'InService' || type === undefined || type === 'system' || CreationTime === undefined || CreationTime > limitOf(now)) continue;
    const app = { DomainId, UserProfileName, SpaceName, AppType, AppName };
    const described = await unlessGone(() => sagemaker.send(new DescribeAppCommand(app)));
    if (described?.AppArn === undefined) continue;
    const { LastUserActivityTimestamp: activity, LastHealthCheckTimestamp: check } = described;
    // A health check sets the time of activity as well: then it says nothing of a user.
    const used = activity !== undefined && activity.getTime() !== check?.getTime() ? activity : undefined;
    const since = latest(CreationTime, used)!;
    if (since > limitOf(now)) continue;
    found.push({
      kind: 'application',
      arn: described.AppArn,
      since: since.toISOString(),
      why: used === undefined ? 'It has run since then, and SageMaker does not tell whether somebody works with it.' : 'It runs, and nobody has worked with it.',
      ...ofInstances('app', type),
      action: used === undefined ? undefined : {
        name: 'delete-application',
        undo: 'Its owner starts it again in Studio: space and files are there.',
        run: () => sagemaker.send(new DeleteAppCommand(app)),
      },
    });
  }
  return found;
}

/** What is remembered next: applications that run now, or were made since the last time. */
export function remembered(memory: Memory, apps: readonly AppDetails[], now: Date): Memory {
  const seen = { ...memory.seen };
  for (const { DomainId, SpaceName, Status, CreationTime } of apps) {
    if (SpaceName === undefined) continue;
    const time = RUNNING.includes(Status ?? '') ? now : CreationTime, key = `${DomainId}/${SpaceName}`;
    if (time !== undefined && time.toISOString() > (seen[key] ?? '')) seen[key] = time.toISOString();
  }
  return { since: memory.since, seen };
}

/** Volumes of spaces in which no application has run. Nobody can make one again: they are reported only. */
export async function spaces(memory: Memory, now: Date): Promise<Finding[]> {
  const listed = await everyPage(paginateListSpaces({ client: sagemaker }, {}), ({ Spaces }) => Spaces);
  const { partition, region, account } = settings();
  return listed.flatMap(({ DomainId, SpaceName, LastModifiedTime, CreationTime, SpaceSettingsSummary }): Finding[] => {
    const size = SpaceSettingsSummary?.SpaceStorageSettings?.EbsStorageSettings?.EbsVolumeSizeInGb;
    const since = latest(CreationTime, LastModifiedTime, new Date(memory.seen[`${DomainId}/${SpaceName}`] ?? memory.since))!;
    if (size === undefined || since > limitOf(now)) return [];
    return [{
      kind: 'space',
      // eslint-disable-next-line no-restricted-syntax -- handlers import no room, arn.ts neither
      arn: `arn:${partition}:sagemaker:${region}:${account}:space/${DomainId}/${SpaceName}`,
      since: since.toISOString(),
      why: `It has a volume of ${size} GB, and no application has been seen in it.`,
      ...ofStorage('app', size),
    }];
  });
}

/** Notebook instances that have been stopped, or have run, for so long. */
export async function notebooks(now: Date): Promise<Finding[]> {
  const pages = paginateListNotebookInstances({ client: sagemaker }, { LastModifiedTimeBefore: limitOf(now) });
  const listed = await everyPage(pages, ({ NotebookInstances }) => NotebookInstances);
  const found: Finding[] = [];
  for (const { NotebookInstanceName } of listed) {
    const notebook = await unlessGone(() => sagemaker.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName })));
    const { NotebookInstanceArn: arn, NotebookInstanceStatus: status, LastModifiedTime: since, InstanceType, VolumeSizeInGB } = notebook ?? {};
    if (arn === undefined || since === undefined || since > limitOf(now)) continue;
    const storage = ofStorage('notebook', VolumeSizeInGB), about = { kind: 'notebook-instance' as const, arn, since: since.toISOString() };
    if (status === 'Stopped' || status === 'Failed') found.push({ ...about, why: `It is stopped, and its volume has ${VolumeSizeInGB} GB.`, ...storage });
    if (status !== 'InService') continue;
    const running = ofInstances('notebook', InstanceType);
    found.push({
      ...about,
      why: 'It has run without a stop, and SageMaker does not tell whether somebody works with it.',
      perMonth: running.perMonth, // its volume is paid anyhow
      unpriced: running.unpriced,
      action: {
        name: 'stop-notebook',
        undo: `aws sagemaker start-notebook-instance --notebook-instance-name '${NotebookInstanceName}'`,
        run: () => sagemaker.send(new StopNotebookInstanceCommand({ NotebookInstanceName })),
      },
    });
  }
  return found;
}
