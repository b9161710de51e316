import { Port } from 'aws-cdk-lib/aws-ec2';

/** Between Studio's parts. https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-and-internet-access.html */
export const STUDIO_PORTS = Port.tcpRange(8192, 65535);
