import { NamedPolicy } from '../policy-document';
import { Account, ACCOUNTS } from './organization';
import { Context } from './requester';

/** What a place adds to a request. */
export interface Place {
  readonly context: Context;
  /** Policy of the endpoint that the request passes. */
  readonly endpointPolicy?: NamedPolicy;
  /** An AWS service makes the request for the caller. */
  readonly viaService?: boolean;
  /** Nothing gets there from here: the VPC has no endpoint of the service. */
  readonly unreachable?: boolean;
}

/** An endpoint that requests pass. */
export interface EndpointInUse {
  readonly id: string;
  readonly vpcId: string;
  readonly policy?: NamedPolicy;
}

/** Services that send aws:VpceAccount, aws:VpceOrgID and aws:VpceOrgPaths; SageMaker, STS and Logs do not. */
const SENDS_ENDPOINT_OWNER = new Set(['s3', 'kms', 'ecr', 'sqs', 'lambda', 'cloudformation', 'athena']);

const PUBLIC_ADDRESS: Context = { 'aws:SourceIp': '203.0.113.9' };

function through(account: Account, endpoint: EndpointInUse, service: string): Place {
  const owner: Context = SENDS_ENDPOINT_OWNER.has(service)
    ? { 'aws:VpceAccount': account.id, 'aws:VpceOrgID': account.organization.id, 'aws:VpceOrgPaths': account.organization.paths }
    : {};
  return {
    context: { 'aws:SourceVpce': endpoint.id, 'aws:SourceVpc': endpoint.vpcId, 'aws:VpcSourceIp': '10.0.0.9', ...owner },
    endpointPolicy: endpoint.policy,
  };
}

/** Through the endpoint of a deployment target; where it has none, as if somebody had added one that lets everything through. */
export function inTarget(account: Account, service: string, endpoint: EndpointInUse | undefined): Place {
  if (endpoint) return through(account, endpoint, service);
  // SageMaker itself looks at the network with a model's role, from its own side.
  if (service === 'ec2') return { context: {} };
  return { ...through(account, elsewhere('0abab00000000abab'), service), unreachable: service !== 'iam' };
}

const elsewhere = (name: string): EndpointInUse => ({ id: `vpce-0${name}`, vpcId: `vpc-0${name}` });

/** What a service learns of where a request comes from; `endpoint` is the environment's own. */
export function place(from: string, service: string, endpoint: EndpointInUse | undefined): Place {
  switch (from) {
    case 'environmentVpc':
      // iam:PassRole is no call of its own, and IAM has no endpoint in a VPC.
      return endpoint ? through(ACCOUNTS.data, endpoint, service) : { context: PUBLIC_ADDRESS, unreachable: service !== 'iam' };
    // Some VPC of a target's account; which is the target's own, a system knows.
    case 'targetVpc':
    case 'targetNeighbourVpc': return through(ACCOUNTS.target, elsewhere('0aaaa00000000aaaa'), service);
    case 'productionVpc':
    case 'productionNeighbourVpc': return through(ACCOUNTS.production, elsewhere('0eeee00000000eeee'), service);
    case 'siblingVpc': return through(ACCOUNTS.sibling, elsewhere('0bbbb00000000bbbb'), service);
    case 'foreignVpc': return through(ACCOUNTS.foreign, elsewhere('0cccc00000000cccc'), service);
    // Another VPC of the data-science account itself: its owner is ours, its endpoint and VPC are not.
    case 'neighbourVpc': return through(ACCOUNTS.data, elsewhere('0dddd00000000dddd'), service);
    case 'serviceNetwork': return { context: {} }; // a service that has assumed the role: neither endpoint nor flag
    case 'awsService': return {
      viaService: true,
      context: { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:CalledViaFirst': 'cloudformation.amazonaws.com' },
    };
    // Athena runs a query for the caller, who came to it directly.
    case 'athena': return {
      viaService: true,
      context: { 'aws:CalledVia': ['athena.amazonaws.com'], 'aws:CalledViaFirst': 'athena.amazonaws.com', 'aws:CalledViaLast': 'athena.amazonaws.com' },
    };
    // The same, for a service that asked Athena for the caller.
    case 'serviceAskingAthena': return {
      viaService: true,
      context: {
        'aws:CalledVia': ['cloudformation.amazonaws.com', 'athena.amazonaws.com'],
        'aws:CalledViaFirst': 'cloudformation.amazonaws.com',
        'aws:CalledViaLast': 'athena.amazonaws.com',
      },
    };
    case 'internet': return { context: PUBLIC_ADDRESS };
    default: throw new Error(`there is no place ${from}`);
  }
}
