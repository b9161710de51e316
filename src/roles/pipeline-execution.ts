import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { from, READ_REPORTS, REGISTER_MODELS } from './bucket-use';
import { ExecutionContext, RoleCard } from './card';
import { VOLUMES } from './key-use';
import { SAGEMAKER } from './service-trust';
import { EnvironmentParameter, EnvironmentRole } from '../names';
import { encryptVolumes, END_JOBS_AND_RECORDS, JOBS, LINEAGE, ofDomain, registerModels, seeSageMaker, startJobs, trackExperiments } from './statements/studio-work';

/** What SageMaker pipelines orchestrate as: starts work, and reads no data. */
export const PIPELINE_EXECUTION: RoleCard<ExecutionContext> = {
  role: EnvironmentRole.PIPELINE_EXECUTION,
  id: 'Pipeline',
  description: 'What SageMaker pipelines orchestrate as',
  assumedBy: [SAGEMAKER],
  may: (context) => {
    const { arns } = context;
    const types = [...JOBS, ...LINEAGE];
    // Names of what a SageMaker pipeline makes, unless its definition says otherwise.
    const names = arns.here('sagemaker', ...types.map((type) => `${type}/pipelines-*`));
    return [
      ...seeSageMaker(),
      ...startJobs(arns),
      // What SageMaker starts for a pipeline, and records with it, it ends. Nobody but SageMaker works as this role.
      new PolicyStatement({ actions: END_JOBS_AND_RECORDS, resources: [...arns.ours(...types), ...names] }),
      ...registerModels(context),
      ...trackExperiments(arns),
      ...encryptVolumes(context),
    ];
  },
  mayInDomain: ({ arns }, domainArn) => [
    new PolicyStatement({ actions: END_JOBS_AND_RECORDS, resources: arns.anything, conditions: ofDomain(domainArn) }),
  ],
  buckets: [from('service', READ_REPORTS), REGISTER_MODELS],
  keys: [VOLUMES],
  passes: { sagemaker: [EnvironmentRole.JOB_EXECUTION, EnvironmentRole.BATCH_INFERENCE] },
  isGuarded: true,
  isIsolated: true,
  never: ['sagemaker:UpdateModelPackage', 'sagemaker:CreateEndpoint*', 'sagemaker:CreateApp', 'sagemaker:CreatePipeline', 'sagemaker:StartPipelineExecution', 's3:PutObject', 'iam:Create*', 'sts:AssumeRole'],
  publishedAs: EnvironmentParameter.PIPELINE_EXECUTION_ROLE_ARN,
};
