import { Environment } from './environment';
import { Policy } from './policies';
import { Question } from './questions';
import { Context } from './simulator';

/** From where somebody asks. */
export interface Place {
  /** As sentences have it. */
  readonly title: string;
  /** As tables have it. */
  readonly letter: string;
  readonly explanation: string;
  /** What the place adds to a request. */
  readonly of: (environment: Environment, question: Question) => Way | NoWay;
}

/** Why nothing comes from there, or nothing is known of it. */
export type NoWay = { readonly unreachable: string } | { readonly unknown: string };

export interface Way {
  readonly context: Context;
  readonly endpointPolicy?: Policy;
}

/** Services that tell whose an endpoint is: SageMaker, STS and CloudWatch Logs do not. */
const TELL_THE_OWNER = new Set(['s3', 'kms', 'ecr', 'sqs', 'lambda', 'cloudformation', 'athena']);

export const PLACES: readonly Place[] = [
  {
    title: 'from the VPC',
    letter: 'V',
    explanation: 'from the VPC of the environment, through its VPC endpoints',
    of: (environment, { action, endpoint }) => {
      const [service] = action.split(':');
      // Handing on a role is no request of its own, and IAM has no endpoint.
      if (action === 'iam:PassRole') return { context: {} };
      const way = environment.endpointOf(endpoint);
      if (way === undefined) return { unknown: `no template says whether ${endpoint} is reached from the VPC, and how` };
      if (way === false) return { unreachable: `the VPC has no VPC endpoint for ${endpoint}` };
      const owner: Context = TELL_THE_OWNER.has(service) ? { 'aws:VpceAccount': environment.account } : {};
      return { context: { 'aws:SourceVpce': way.id, 'aws:SourceVpc': way.vpc, 'aws:VpcSourceIp': '10.0.0.9', ...owner }, endpointPolicy: way.policy };
    },
  },
  {
    title: 'from the internet',
    letter: 'I',
    explanation: 'from the internet, such as in the AWS console, or with credentials that were copied to a laptop',
    of: () => ({ context: { 'aws:SourceIp': '203.0.113.9' } }),
  },
  {
    title: 'through an AWS service',
    letter: 'A',
    explanation: 'through an AWS service that asks another one in the caller\'s name (`aws:ViaAWSService`), as CloudFormation does, or Amazon S3 that asks AWS KMS',
    of: ({ region }, { action }) => {
      const asking: Context = action.startsWith('kms:') ? { 'kms:ViaService': `s3.${region}.amazonaws.com` } : {};
      return { context: { 'aws:ViaAWSService': 'true', ...asking } };
    },
  },
];
