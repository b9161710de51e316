import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { PersonaContext, RoleCard } from '../card';
import { READ_LOGS } from './perms';
import { openOwnStudio, seeStudio } from './person';
import { findProducts } from './studio-work';
import { openTracking, seeTracking } from './tracking';
import { EnvironmentRole } from '../../names';

/** What personas have in common that work in Studio: everything else they do there, as its role. */
export function studioUser(role: EnvironmentRole, worksAs: EnvironmentRole): Omit<RoleCard<PersonaContext>, 'id' | 'description'> {
  return {
    role,
    assumedBy: 'people',
    worksAs,
    may: (context) => [
      ...openOwnStudio(context),
      ...seeStudio(context),
      new PolicyStatement({ actions: READ_LOGS, resources: context.arns.buildLogs }), // why the build after one's own push failed
      ...findProducts(),
    ],
    mayTrack: ({ arns, sourceCidrs }) => [...seeTracking(arns), ...openTracking(arns, sourceCidrs)],
    mayLaunch: 'projects',
    buckets: [],
    never: [...NEVER, 'sagemaker:Create*Job', 'sagemaker:UpdateModelPackage', 'codepipeline:PutApprovalResult', 'cloudformation:*', 'iam:PassRole'],
  };
}

/** Nobody touches data, models, keys or policies outside of Studio. */
export const NEVER = ['s3:*', 'kms:PutKeyPolicy', 'kms:CreateGrant', 'iam:Create*', 'iam:Put*', 'iam:Attach*', 'iam:Update*', 'iam:Delete*', 'sts:AssumeRole', 'sagemaker:CreateApp', 'codecommit:*'];

/** The same for those who read the reports of evaluations: they write no object, and list no other bucket. */
export const NEVER_BUT_READING = [...NEVER.filter((pattern) => pattern !== 's3:*'), 's3:Put*', 's3:Delete*', 's3:Create*', 's3:ListAllMyBuckets'];
