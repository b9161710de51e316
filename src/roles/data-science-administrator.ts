import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { from, READ_REPORTS } from './bucket-use';
import { PersonaContext, RoleCard } from './card';
import { EnvironmentRole } from '../names';
import { approveStages, seeStudio, watch } from './statements/person';
import { NEVER_BUT_READING } from './statements/studio-user';
import { findProducts } from './statements/studio-work';
import { seeTracking, stopTracking } from './statements/tracking';

/** A data science administrator: runs environments, and approves models for the last stage, production. */
export const DATA_SCIENCE_ADMINISTRATOR: RoleCard<PersonaContext> = {
  role: EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR,
  id: 'DataScienceAdministrator',
  description: 'Runs data-science environments and approves for production',
  person: 'a data science administrator',
  assumedBy: 'people',
  may: (context) => {
    const { arns, deploymentStages } = context;
    return [
      ...seeStudio(context),
      ...watch(context),
      // What the environment costs. Cost Explorer takes no narrower resource than the account, and shows costs by tag.
      new PolicyStatement({ actions: ['GetCostAndUsage', 'GetCostForecast', 'GetDimensionValues', 'GetTags'].map((name) => `ce:${name}`), resources: ['*'] }),
      ...findProducts('roleLevel'),
      ...approveStages(context, deploymentStages.slice(-1)),
      // Endpoints go from accounts that have left a stage: by their stack sets, and by nothing that could make or change one. The
      // roles of the road into targets do it, and no role is passed.
      ...deploymentStages.length === 0 ? [] : [new PolicyStatement({
        actions: ['cloudformation:DeleteStackInstances', 'cloudformation:DescribeStackSetOperation'],
        resources: [...arns.ofProjects('cloudformation', '', 'stackset/'), ...arns.stackSetTargets, ...arns.resourceTypes],
      })],
    ];
  },
  mayTrack: ({ arns }) => [...seeTracking(arns), stopTracking(arns)],
  mayLaunch: 'environments',
  buckets: [from('browsed', READ_REPORTS)], // who approves a version reads how good it is
  never: [...NEVER_BUT_READING, 'sagemaker:CreatePresignedDomainUrl', 'sagemaker:Create*', 'sagemaker:UpdateModelPackage', 'iam:PassRole', 'cloudformation:Create*', 'cloudformation:Update*'],
};
