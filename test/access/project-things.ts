import { SIGNING_PROFILE } from './cast';
import { thing } from './request/bystander-things';
import { Account, ACCOUNTS, IMAGE_ACCOUNT } from './request/organization';
import { Thing } from './request/thing';
import { PolicyOf } from './target-things';
import { EnvironmentNames } from '../../src/names';

/** What the templates of projects bring, that no name tells. */
export interface ProjectParts {
  /** Product of the template that trains. */
  readonly trainProduct: string;
  /** Product of the template that deploys. */
  readonly deployProduct: string;
  /** Product of the template that monitors. */
  readonly monitorProduct: string;
  readonly batchProduct: string;
  readonly imageProduct: string;
  /** Product from which members are added, where there is one. */
  readonly memberProduct?: string;
  /** Address of the template that is in a bucket. */
  readonly templateUrl: string;
  /** ARNs of the buckets. */
  readonly buckets: Record<'artifacts' | 'templates', string>;
  /** Whose buckets these are, where they are another account's. */
  readonly bucketOwner?: Account;
  /** Who waits for an approval is told here. */
  readonly approvalTopic: string;
  /** What could not be delivered is kept here. */
  readonly undeliveredEvents: string;
}

const { data } = ACCOUNTS;
export const PROJECT = 'churn-forecast';
export const PROJECT_ID = 'p-abcdefghijkl';

/** What a launched project holds, by the names that the templates give, and what the templates stand on. */
export function projectThings(
  names: EnvironmentNames, parts: ProjectParts, policyOf: PolicyOf, domainArn: string,
): Record<string, () => Thing> {
  const prefix = `${names.projectPrefix}${PROJECT}-${PROJECT_ID}`;
  return {
    ...buckets(names, prefix, parts, policyOf),
    ...deliveries(prefix),
    ...launches(parts),
    ownProject: () => ({ ...thing('sagemaker', `project/${PROJECT}`), tags: { 'sagemaker:domain-arn': domainArn } }),
    undeliveredEvents: () => ({ arn: parts.undeliveredEvents, account: data, policy: policyOf(parts.undeliveredEvents) }),
    otherQueue: () => thing('sqs', 'payroll'),
    projectRule: () => thing('events', `rule/${names.projectPrefix}${PROJECT_ID}-push`),
    otherRule: () => thing('events', 'rule/payroll'),
    endpointStackSet: () => thing('cloudformation', `stackset/${names.endpointName('staging', 'forecast')}:1`),
    buildLogGroup: () => thing('logs', `log-group:/aws/codebuild/${prefix}-build`),
    accountsLogStream: () => thing('logs', `log-group:/aws/codebuild/${prefix}-accounts:log-stream:s`),
    releaseLogStream: () => thing('logs', `log-group:/aws/codebuild/${prefix}-release:log-stream:s`),
    otherModelPipeline: () => thing('sagemaker', 'pipeline/payroll'),
    otherModelPackageGroup: () => thing('sagemaker', 'model-package-group/payroll'),
    stackSetTarget: () => thing('cloudformation', `stackset-target/${names.endpointName('staging', 'forecast')}:1/${ACCOUNTS.target.id}`),
    regionlessStackSetTarget: () => ({
      arn: `arn:aws:cloudformation::${data.id}:stackset-target/${names.endpointName('staging', 'forecast')}:1/${ACCOUNTS.target.id}`, account: data,
    }),
    otherStackSetTarget: () => thing('cloudformation', `stackset-target/payroll:1/${ACCOUNTS.target.id}`),
    resourceType: () => thing('cloudformation', 'type/resource/AWS-SageMaker-Endpoint'),
    publicResourceType: () => ({ arn: `arn:aws:cloudformation:${names.region}::type/resource/AWS-SageMaker-Endpoint`, account: data, context: { 'aws:ResourceAccount': IMAGE_ACCOUNT } }),
    buildLogStream: () => thing('logs', `log-group:/aws/codebuild/${prefix}-build:log-stream:s`),
    builtImage: () => thing('ecr', `repository/${names.imagesRepositoryName}`),
    releasedProjectImage: () => thing('ecr', `repository/${names.releasedImagesRepositoryName}`),
    signingProfile: () => thing('signer', `/signing-profiles/${SIGNING_PROFILE}`),
    otherSigningProfile: () => thing('signer', '/signing-profiles/payroll'),
    projectStudioImage: () => thing('sagemaker', `image/${names.studioImageName(PROJECT)}`),
    projectStudioImageVersion: () => thing('sagemaker', `image-version/${names.studioImageName(PROJECT)}/7`),
    neighboursStudioImage: () => thing('sagemaker', `image/${names.environmentName}-2.${PROJECT}`),
    otherStudioImage: () => thing('sagemaker', 'image/payroll'),
    otherStudioImageVersion: () => thing('sagemaker', 'image-version/payroll/7'),
    imageLogStream: () => thing('logs', `log-group:/aws/codebuild/${prefix}-image:log-stream:s`),
    imageReleaseLogStream: () => thing('logs', `log-group:/aws/codebuild/${prefix}-image-release:log-stream:s`),
    releaseImage: () => thing('ecr', `repository/${names.releasesRepositoryName}`),
  };
}

/** Objects as CodePipeline, builds and the publisher name them. */
function buckets(names: EnvironmentNames, prefix: string, parts: ProjectParts, policyOf: PolicyOf): Record<string, () => Thing> {
  const { buckets: { artifacts, templates }, bucketOwner: account = data } = parts;
  const assets = `arn:aws:s3:::cdk-hnb659fds-assets-${data.id}-${names.region}`;
  const inBucket = (bucket: string, key: string) => () => ({ arn: `${bucket}/${key}`, account, policy: policyOf(bucket) });
  // CodePipeline cuts the pipeline's name to 20 characters and the artifact's to 10.
  const artifact = (name: string) => inBucket(artifacts, `${prefix.slice(0, 20)}/${name.slice(0, 10)}/aB3dE5f`);
  return {
    artifactBucket: () => ({ arn: artifacts, account, policy: policyOf(artifacts) }),
    artifactObject: artifact('BuildOutput'),
    sourceArtifact: artifact('Code'),
    releaseArtifact: artifact('Release'),
    accountsArtifact: artifact('AccountsProduction'),
    builtLookalike: artifact('Rebuild'),
    codeObject: inBucket(artifacts, `code/${prefix}/train.py`),
    codeLikeBuilt: inBucket(artifacts, `code/${prefix}/Build/train.py`),
    codeLikeAccounts: inBucket(artifacts, `code/${prefix}/Accounts/train.py`),
    templateBucket: () => ({ arn: templates, account, policy: policyOf(templates) }),
    templateObject: inBucket(templates, 'projects/Deploy-0123456789ab.yaml'),
    productTemplate: inBucket(templates, 'products/Deploy-0123456789ab.json'),
    seedObject: inBucket(templates, 'seed-code/repository-0123456789ab.zip'),
    releaseProgram: inBucket(templates, 'programs/release-0123456789ab.js'),
    // The CDK's bucket of assets, which holds what everybody in the account deploys.
    assetsBucket: () => ({ arn: assets, account: data }),
    publishedAsset: () => ({ arn: `${assets}/secure-mlops-${'0123456789abcdef'.repeat(4)}.zip`, account: data }),
    otherAsset: () => ({ arn: `${assets}/${'0123456789abcdef'.repeat(4)}.zip`, account: data }),
    // Where Service Catalog keeps its own copy, and marks it.
    catalogObject: () => ({
      arn: `arn:aws:s3:::cf-templates-service-catalog-${names.region}/product.template`,
      account: { id: IMAGE_ACCOUNT },
      policy: {
        kind: 'bucket',
        name: 'bystander/service-catalog',
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*' }] },
      },
    }),
  };
}

/** Repositories, builds and pipelines: a project that trains and one that deploys, and what is nobody's project. */
function deliveries(prefix: string): Record<string, () => Thing> {
  const build = (what: string) => () => thing('codebuild', `project/${prefix}-${what}`);
  const pipeline = (rest: string) => () => thing('codepipeline', rest);
  return {
    projectRepository: () => thing('codecommit', prefix),
    otherRepository: () => thing('codecommit', 'payroll'),
    projectPipeline: pipeline(`${prefix}-build`),
    deployPipeline: pipeline(`${prefix}-deploy`),
    deployStage: pipeline(`${prefix}-deploy/Production`),
    deployStageAction: pipeline(`${prefix}-deploy/Production/Deploy`),
    stagingApproval: pipeline(`${prefix}-deploy/ApproveStaging/Approve`),
    productionApproval: pipeline(`${prefix}-deploy/ApproveProduction/Approve`),
    otherPipeline: pipeline('payroll'),
    otherPipelineStage: pipeline('payroll/Production'),
    otherPipelineApproval: pipeline('payroll/Production/Approve'),
    ownBuildProject: build('build'),
    releaseBuildProject: build('release'),
    imageBuildProject: build('image'),
    imageReleaseProject: build('image-release'),
    accountsBuildProject: build('accounts'),
    testBuildProject: build('test'),
    otherBuildProject: () => thing('codebuild', 'project/payroll'),
  };
}

function launches(parts: ProjectParts): Record<string, () => Thing> {
  return {
    projectProduct: () => thing('catalog', `product/${parts.trainProduct}`),
    deployProduct: () => thing('catalog', `product/${parts.deployProduct}`),
    monitorProduct: () => thing('catalog', `product/${parts.monitorProduct}`),
    batchProduct: () => thing('catalog', `product/${parts.batchProduct}`),
    imageProduct: () => thing('catalog', `product/${parts.imageProduct}`),
    memberProduct: () => thing('catalog', `product/${parts.memberProduct}`),
    environmentProduct: () => thing('catalog', 'product/prod-environment'),
    projectStack: () => thing('cloudformation', `stack/SC-${data.id}-pp-1/1`),
    s3ProjectStack: () => thing('cloudformation', `stack/SP-${PROJECT_ID}/1`),
    otherStack: () => thing('cloudformation', 'stack/Payroll/1'),
    templateAddress: () => ({ arn: parts.templateUrl, account: data }),
    strangersAddress: () => ({ arn: 'https://attacker-drop.s3.us-east-1.amazonaws.com/projects/evil.yaml', account: data }),
    otherFolderAddress: () => ({ arn: parts.templateUrl.replace('/projects/', '/code/'), account: data }),
    approvalTopic: () => ({ arn: parts.approvalTopic, account: data }),
    anyPortfolio: () => thing('catalog', 'portfolio/port-0123456789ab'),
    otherTopic: () => thing('sns', 'payroll'),
  };
}
