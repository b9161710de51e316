import { App, Stack } from 'aws-cdk-lib';
import { DataScienceEnvironment, DeploymentStage, ModelPromotion } from '../../../src';
import { resourcesOf, Template, Value } from '../template/template';
import { WrittenOut } from '../template/written-out';

/** What grows, or does not, with the number of target accounts. */
export interface Size {
  readonly accounts: number;
  readonly resources: number;
  readonly bucketPolicies: number;
  readonly keyPolicies: number;
  readonly repositoryPolicies: number;
  readonly endpointPolicies: number;
  readonly rolePolicies: number;
}

/** An account of an organization. */
export interface Member {
  readonly id: string;
  readonly unitPath: string;
}

const ORGANIZATION = 'o-exampleorg';
const PRODUCTION = `${ORGANIZATION}/r-ab12/ou-ab12-prod1111/`;

/** So many accounts, spread over units below the production unit. */
export function members(count: number): Member[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(200_000_000_000 + index),
    unitPath: `${PRODUCTION}ou-ab12-team${String(index % 97).padStart(4, '0')}/`,
  }));
}

/** A stage of the unit that all of these accounts are in. */
export function unitOf(accounts: Member[], promotion?: ModelPromotion): DeploymentStage {
  const above = accounts.map(({ unitPath }) => unitPath.split('/').slice(0, 3).join('/') + '/');
  const units = { organizationId: ORGANIZATION, organizationalUnitPaths: [...new Set(above)] };
  return DeploymentStage.organizationalUnits('production', { ...units, promotion, monitoring: {} });
}

/** A stage of these accounts one by one. */
export function listOf(accounts: Member[]): DeploymentStage {
  return DeploymentStage.accounts('production', { accounts: accounts.map(({ id }) => id), monitoring: {} });
}

/** An environment that deploys to a stage. */
export function environmentFor(stage: DeploymentStage): DataScienceEnvironment {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Churn', { env: { account: '111111111111', region: 'eu-west-1' } });
  return new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', deploymentStages: [stage] });
}

/** What an environment for so many accounts consists of. */
export function sizeOf(accounts: number, stage: DeploymentStage): Size {
  const environment = environmentFor(stage);
  const app = environment.node.root as App;
  const template = app.synth().getStackByName('Churn').template as Template;
  const written = new WrittenOut(template);
  const bytes = (type: string, property: string) => resourcesOf(template, type)
    .map(([, { Properties }]) => Properties?.[property])
    .filter((value): value is Value => value !== undefined)
    .reduce((sum: number, value) => sum + written.json(value).length, 0);
  return {
    accounts,
    resources: Object.keys(template.Resources).length,
    bucketPolicies: bytes('AWS::S3::BucketPolicy', 'PolicyDocument'),
    keyPolicies: bytes('AWS::KMS::Key', 'KeyPolicy'),
    repositoryPolicies: bytes('AWS::ECR::Repository', 'RepositoryPolicyText'),
    endpointPolicies: bytes('AWS::EC2::VPCEndpoint', 'PolicyDocument'),
    rolePolicies: bytes('AWS::IAM::ManagedPolicy', 'PolicyDocument'),
  };
}

/** What synthesis would say against a stage. */
export function refusals(stage: DeploymentStage): string[] {
  return environmentFor(stage).node.findAll().flatMap(({ node }) => node.validate());
}

/** The longest list of accounts that fits. */
export function longestList(): number {
  let fits = 1, doesNot = 4_096;
  while (doesNot - fits > 1) {
    const count = Math.floor((fits + doesNot) / 2);
    if (refusals(listOf(members(count))).length === 0) fits = count;
    else doesNot = count;
  }
  return fits;
}
