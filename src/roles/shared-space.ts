import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { READ_DATA, READ_MODELS, READ_REPORTS, WRITE_OUTPUTS } from './bucket-use';
import { ExecutionContext, RoleCard } from './card';
import { STUDIO_STORAGE, VOLUMES } from './key-use';
import { SAGEMAKER } from './service-trust';
import { EnvironmentRole } from '../names';
import { containerStatements } from './statements/container-statements';
import { READ_LOGS, READ_METRICS, STOP_JOBS } from './statements/perms';
import { encryptVolumes, JOBS, ofDomain, seeSageMaker, startJobs, trackExperiments } from './statements/studio-work';

/**
 * What applications in shared spaces run as: less than a person's own. Nobody can tell who of them did something, so it registers
 * no models, writes no pipelines, pushes no code, launches no projects, and opens nobody's Studio.
 */
export const SHARED_SPACE: RoleCard<ExecutionContext> = {
  role: EnvironmentRole.SHARED_SPACE,
  id: 'SharedSpace',
  description: 'What Studio applications in shared spaces run as',
  onlyWith: 'shared spaces',
  assumedBy: [SAGEMAKER],
  may: (context) => {
    const { arns, scope, subnets, images } = context;
    return [
      ...seeSageMaker(),
      new PolicyStatement({ actions: READ_LOGS, resources: arns.sageMakerLogs }),
      new PolicyStatement({ actions: READ_METRICS, resources: ['*'] }), // CloudWatch takes no resource for metrics
      ...startJobs(arns),
      new PolicyStatement({ actions: STOP_JOBS, resources: arns.ours(...JOBS) }),
      ...trackExperiments(arns),
      new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'], resources: [...arns.parameters, arns.awsParameters] }),
      ...encryptVolumes(context),
      ...containerStatements(scope, subnets, images),
    ];
  },
  mayInDomain: ({ arns }, domainArn) => [
    new PolicyStatement({ actions: STOP_JOBS, resources: arns.anything, conditions: ofDomain(domainArn) }),
  ],
  buckets: [READ_DATA, WRITE_OUTPUTS, READ_MODELS, READ_REPORTS],
  keys: [VOLUMES, STUDIO_STORAGE],
  installsPackages: true,
  clonesRepositories: true,
  passes: { sagemaker: [EnvironmentRole.JOB_EXECUTION] },
  isGuarded: true,
  isIsolated: true,
  never: [
    'sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:DeleteSpace', 'sagemaker:CreateApp', 'sagemaker:CreatePresignedDomainUrl', 'sagemaker:CreateProject',
    'sagemaker:CreateModelPackage', 'sagemaker:UpdateModelPackage', 'sagemaker:CreatePipeline', 'sagemaker:UpdatePipeline', 'sagemaker:StartPipelineExecution', 'sagemaker:CreateEndpoint*',
    'codecommit:GitPush', 'servicecatalog:*', 'iam:Create*', 'iam:Put*', 'iam:Attach*', 'sts:AssumeRole', 'kms:PutKeyPolicy',
  ],
};
