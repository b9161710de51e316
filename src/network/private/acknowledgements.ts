import { Acknowledgement, everywhere, rules } from '../../private/acknowledgements';

/** Of a network. */
export const NETWORK: Acknowledgement[] = [
  rules(['VPCDefaultSecurityGroupClosed'], /^\/Vpc\/Resource\/Resource$/, 'The default group is closed by the custom resource DefaultSecurityGroup of the same network, which the rule cannot see.'),
  rules(['EC2RestrictedCommonPorts'], /^\/WorkloadSecurityGroup\/from \w+:ALL TRAFFIC$/, 'From the group to itself only: SageMaker demands that containers of a distributed job reach each other on every port.'),
  rules(['VPCNoUnrestrictedRouteToIGW'], /^\/Vpc\/Resource\/PublicSubnet\d\/DefaultRoute$/, 'Only with InternetAccess.natGateways(), in subnets that hold nothing but the NAT gateways.'),
];

/** Of what closes the default security group of a VPC. */
export const CLOSING: Acknowledgement[] = [
  everywhere(/ec2:DescribeSecurityGroups/, /^\/Handler\/Policy\/Resource$/, 'Has no narrower resource; changing rules is bound to the one group.'),
];

/** Of flow logs. */
export const FLOW_LOGS: Acknowledgement[] = [
  everywhere(/logs:DescribeLogGroups/, /^\/Role\/Delivery\/Resource$/, 'Lists the groups of an account only as a whole.'),
];
