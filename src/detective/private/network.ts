import { CfnFlowLog, IVpc } from 'aws-cdk-lib/aws-ec2';
import { FilterPattern, IFilterPattern, ILogGroup } from 'aws-cdk-lib/aws-logs';
import { DataScienceEnvironment } from '../../environment';
import { FlowLogs } from '../../network/flow-logs';
import { IDataScienceEnvironment } from '../../stages';

/** Fields of the default format. @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html */
const FIELDS = ['version', 'account', 'interface', 'source', 'destination', 'sourcePort', 'destinationPort', 'protocol', 'packets', 'bytes', 'start', 'end', 'action', 'status'];

/** Records of traffic that security groups or network ACLs did not let through. */
export const REJECTED: IFilterPattern = FilterPattern.spaceDelimited(...FIELDS).whereString('action', '=', 'REJECT');

/** Records within five minutes that are no slip of one program any more: somebody looks for a way out, or around. */
export const MANY_REJECTED = 100;

/** The VPC of an environment, where more than its names is known. */
export function vpcOf(environment: IDataScienceEnvironment): IVpc | undefined {
  return environment instanceof DataScienceEnvironment ? environment.network.vpc : undefined;
}

/** Where the environment's own flow logs go, in the default format: another one has its fields elsewhere. */
export function flowLogGroupOf(environment: IDataScienceEnvironment): ILogGroup | undefined {
  if (!(environment instanceof DataScienceEnvironment)) return undefined;
  const flowLogs = environment.network.node.findAll().find((construct): construct is FlowLogs => construct instanceof FlowLogs);
  const { logFormat } = (flowLogs?.node.findChild('Resource') ?? {}) as Partial<CfnFlowLog>;
  return logFormat === undefined ? flowLogs?.logGroup : undefined;
}
