import { Environment } from './environment';
import { Policy } from './policies';
import { Question } from './questions';

export type Context = Record<string, string | string[]>;

/** From where somebody asks. */
export interface Place {
  readonly title: string;
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
    title: 'In the VPC',
    explanation: 'in Studio, or in a job: through an endpoint of the environment\'s VPC',
    of: (environment, { action, endpoint }) => {
      const [service] = action.split(':');
      // Handing on a role is no request of its own, and IAM has no endpoint.
      if (action === 'iam:PassRole') return { context: {} };
      const way = environment.endpointOf(endpoint);
      if (way === undefined) return { unknown: `whether ${endpoint} is reached from the VPC, and how, is in no template` };
      if (way === false) return { unreachable: `the VPC has no endpoint for ${endpoint}` };
      const owner: Context = TELL_THE_OWNER.has(service) ? { 'aws:VpceAccount': environment.account } : {};
      return { context: { 'aws:SourceVpce': way.id, 'aws:SourceVpc': way.vpc, 'aws:VpcSourceIp': '10.0.0.9', ...owner }, endpointPolicy: way.policy };
    },
  },
  { title: 'Outside of the VPC', explanation: 'on a laptop, with the AWS console or with credentials that were copied', of: () => ({ context: { 'aws:SourceIp': '203.0.113.9' } }) },
  {
    title: 'By an AWS service',
    explanation: 'an AWS service asks for somebody, as S3 asks KMS, or CloudFormation whatever is in a template',
    of: ({ region }, { action }) => {
      const asking: Context = action.startsWith('kms:') ? { 'kms:ViaService': `s3.${region}.amazonaws.com` } : {};
      return { context: { 'aws:ViaAWSService': 'true', ...asking } };
    },
  },
];
