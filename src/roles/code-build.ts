import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HAND_ON_BUILT, READ_TEMPLATES, WRITE_CODE } from './bucket-use';
import { ProjectContext, RoleCard } from './card';
import { builds } from './service-trust';
import { EnvironmentRole, TargetRole } from '../names';
import { becomeInTargets, buildInNetwork, readVersions } from './statements/builds';

/** What builds of projects run as, and so the code in people's repositories. */
export const CODE_BUILD: RoleCard<ProjectContext> = {
  role: EnvironmentRole.CODE_BUILD,
  id: 'CodeBuild',
  description: 'What builds of projects run as',
  assumedBy: [builds('*')],
  may: (context) => {
    const { arns, names, deploymentStages } = context;
    const pipelines = arns.here('sagemaker', `pipeline/${names.projectPrefix}*`);
    return [
      ...buildInNetwork(context),
      // A project's SageMaker pipelines, which orchestrate with the role that is handed to them.
      new PolicyStatement({
        actions: ['CreatePipeline', 'UpdatePipeline', 'DescribePipeline', 'StartPipelineExecution', 'DescribePipelineExecution', 'ListPipelineExecutionSteps'].map((name) => `sagemaker:${name}`),
        resources: pipelines,
      }),
      new PolicyStatement({ actions: ['sagemaker:AddTags'], resources: pipelines, conditions: { Null: { 'sagemaker:TaggingAction': 'false' } } }),
      readVersions(arns),
      // Endpoints of the stages are invoked as a role that can do nothing else.
      ...becomeInTargets(names, TargetRole.ENDPOINT_TEST, deploymentStages),
    ];
  },
  // What runs code of a repository must not write what another pipeline deploys: a release or a list of accounts.
  buckets: [HAND_ON_BUILT, WRITE_CODE, READ_TEMPLATES],
  installsPackages: true,
  passes: { sagemaker: [EnvironmentRole.PIPELINE_EXECUTION] },
  never: ['sagemaker:UpdateModelPackage', 'sagemaker:CreateModelPackage', 'sagemaker:Create*Job', 'codepipeline:*', 'cloudformation:*', 'codecommit:*'],
};
