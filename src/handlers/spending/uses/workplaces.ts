import {
  DeleteAppCommand, DescribeAppCommand, DescribeNotebookInstanceCommand, paginateListApps, paginateListNotebookInstances, StopNotebookInstanceCommand,
} from '@aws-sdk/client-sagemaker';
import { Owners } from './owners';
import { ofEach, sagemaker } from './sagemaker';
import { everyPage } from '../../aws/sdk';
import { unlessGone } from '../../corrective/faults';
import { settings } from '../settings';
import { Use, usesOf } from '../use';

/** What Studio's own small helpers run on, which cost nothing. */
const FREE = 'system';

/** Applications of the domain, whose projects nobody tells. */
export async function applications(owners: Owners): Promise<Use[]> {
  const apps = await everyPage(paginateListApps({ client: sagemaker }, { DomainIdEquals: settings().domainId }), ({ Apps }) => Apps);
  return ofEach(apps.filter(({ Status }) => Status === 'InService' || Status === 'Deleting' || Status === 'Deleted'), async (listed) => {
    const { DomainId, UserProfileName, SpaceName, AppType, AppName, Status, CreationTime } = listed;
    const name = { DomainId, UserProfileName, SpaceName, AppType, AppName };
    const hasEnded = Status === 'Deleted';
    // SageMaker lists what was deleted for a day, and does not say since when it is: of that only the last sign of life is known.
    const isUnknown = hasEnded || listed.ResourceSpec?.InstanceType === undefined;
    const described = isUnknown ? await unlessGone(() => sagemaker.send(new DescribeAppCommand(name))) : undefined;
    const end = (described?.LastHealthCheckTimestamp ?? described?.LastUserActivityTimestamp)?.getTime();
    const type = listed.ResourceSpec?.InstanceType ?? described?.ResourceSpec?.InstanceType;
    if (CreationTime === undefined || type === FREE || (hasEnded && end === undefined)) return [];
    return usesOf({
      kind: 'app',
      start: CreationTime.getTime(),
      end: hasEnded ? end : undefined,
      person: UserProfileName ?? await owners.ofSpace(SpaceName),
      stop: Status !== 'InService' ? undefined : {
        of: 'applications', what: `application ${AppType} ${SpaceName ?? UserProfileName}/${AppName}`, call: () => sagemaker.send(new DeleteAppCommand(name)),
      },
    }, [{ type, count: 1 }]);
  });
}

export async function notebookInstances(owners: Owners): Promise<Use[]> {
  const notebooks = await everyPage(paginateListNotebookInstances({ client: sagemaker }, {}), ({ NotebookInstances }) => NotebookInstances);
  return ofEach(notebooks.filter(({ NotebookInstanceStatus }) => NotebookInstanceStatus === 'InService'), async ({ NotebookInstanceName }) => {
    const notebook = await unlessGone(() => sagemaker.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName })));
    if (notebook?.LastModifiedTime === undefined || !owners.isOurs(notebook.RoleArn)) return [];
    return usesOf({
      kind: 'notebook',
      start: notebook.LastModifiedTime.getTime(), // since when it runs this time
      stop: { of: 'applications', what: `notebook instance ${NotebookInstanceName}`, call: () => sagemaker.send(new StopNotebookInstanceCommand({ NotebookInstanceName })) },
      ...await owners.ofTags(notebook.NotebookInstanceArn),
    }, [{ type: notebook.InstanceType, count: 1 }]);
  });
}
