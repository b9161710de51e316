import { DescribeNotebookInstanceCommand, StopNotebookInstanceCommand } from '@aws-sdk/client-sagemaker';
import { atAction, keyArn, sagemaker } from './sagemaker';
import { unlessGone } from '../faults';
import { command, Kind } from '../seen';

/** Notebook instances. Stopped: their volumes stay. */
export const NOTEBOOK: Kind = {
  action: 'stop-notebook',
  look: async ({ name: { NotebookInstanceName } }) => {
    const notebook = await unlessGone(() => sagemaker.send(new DescribeNotebookInstanceCommand({ NotebookInstanceName })));
    if (notebook === undefined) return undefined;
    const { DirectInternetAccess, RootAccess, SubnetId, SecurityGroups, KmsKeyId, InstanceType } = notebook;
    const about = { DirectInternetAccess, RootAccess, SubnetId, SecurityGroups, KmsKeyId, InstanceType };
    return {
      arn: notebook.NotebookInstanceArn!,
      since: String(notebook.LastModifiedTime?.toISOString()), // of its last start
      isActive: notebook.NotebookInstanceStatus === 'InService',
      about,
      roles: () => Promise.resolve(notebook.RoleArn === undefined ? [] : [notebook.RoleArn]),
      resources: { Notebook: { Type: 'AWS::SageMaker::NotebookInstance', Properties: about } },
      requests: [atAction('CreateNotebookInstance', {
        DirectInternetAccess,
        RootAccess,
        VpcSubnets: SubnetId === undefined ? undefined : [SubnetId],
        VpcSecurityGroupIds: SecurityGroups,
        VolumeKmsKeyArn: keyArn(KmsKeyId),
        InstanceTypes: InstanceType === undefined ? undefined : [InstanceType],
      })],
      correct: () => sagemaker.send(new StopNotebookInstanceCommand({ NotebookInstanceName })),
      undo: [command('sagemaker', 'start-notebook-instance', { 'notebook-instance-name': NotebookInstanceName })],
    };
  },
};
