import { CriticalPath, ResourceGraph } from './resource-graph';
import { Resource, Template } from './template';

/** Seconds that the slow ones take to create; a rough table, one for every template that is compared with it. */
export const SECONDS: Record<string, number> = { 'AWS::EC2::VPCEndpoint': 120, 'AWS::EC2::NatGateway': 120, 'AWS::SageMaker::Domain': 180 };
const OTHERS = 15;

/** A gateway endpoint is an entry of a route table; only an interface takes its time. */
const secondsOf = ({ Type, Properties }: Resource) => (Type === 'AWS::EC2::VPCEndpoint' && Properties?.VpcEndpointType === 'Gateway' ? OTHERS : SECONDS[Type] ?? OTHERS);

/** How long CloudFormation takes at least for a template, or until one of its resources is there, and because of which resources. */
export function creationTimeOf(template: Template, resource?: string): CriticalPath {
  return ResourceGraph.of(template).criticalPath((id) => (id in template.Resources ? secondsOf(template.Resources[id]) : 0), resource);
}
