import { DescribeMlflowTrackingServerCommand, paginateListMlflowTrackingServers } from '@aws-sdk/client-sagemaker';
import { Finding, latest, limitOf, ofInstances } from './finding';
import { sagemaker } from './sagemaker';
import { everyPage } from '../aws/sdk';
import { unlessGone } from '../corrective/faults';

/** MLflow tracking servers that run: AWS gives no measure of their use, so that they are reported and nothing more. */
export async function trackingServers(now: Date): Promise<Finding[]> {
  const pages = paginateListMlflowTrackingServers({ client: sagemaker }, {});
  const listed = await everyPage(pages, ({ TrackingServerSummaries }) => TrackingServerSummaries);
  const found: Finding[] = [];
  for (const { TrackingServerName, IsActive, CreationTime, LastModifiedTime } of listed) {
    const since = latest(CreationTime, LastModifiedTime);
    if (IsActive !== 'Active' || since === undefined || since > limitOf(now)) continue;
    const server = await unlessGone(() => sagemaker.send(new DescribeMlflowTrackingServerCommand({ TrackingServerName })));
    if (server?.TrackingServerArn === undefined) continue;
    found.push({
      kind: 'mlflow-tracking-server',
      arn: server.TrackingServerArn,
      since: since.toISOString(),
      why: 'It has run since then, and SageMaker does not tell whether somebody uses it. Who needs it no more can stop it and start it again.',
      ...ofInstances('mlflow', server.TrackingServerSize),
    });
  }
  return found;
}
