import { ADMINISTRATOR, call, DEPLOYMENT, Event, roleSession, ROOT, STRANGER } from './events';

/** Events that must raise an alarm, and those near to them that must not. */
export interface AlarmCases {
  readonly raise: Record<string, Event>;
  readonly pass: Record<string, Event>;
}

const KEY = { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab' };

export const ALARM_CASES: Record<string, AlarmCases> = {
  RootUse: {
    raise: {
      'root creates an access key': call('iam', 'CreateAccessKey', ROOT),
      'root signs in': call('signin', 'ConsoleLogin', ROOT, null, { eventType: 'AwsConsoleSignIn', additionalEventData: { MFAUsed: 'Yes' } }),
    },
    pass: {
      'an administrator creates an access key': call('iam', 'CreateAccessKey', ADMINISTRATOR),
      'a service works for root': call('s3', 'GetBucketAcl', { ...ROOT, invokedBy: 'support.amazonaws.com' }),
      'AWS tells of an event of its own': call('kms', 'RotateKey', ROOT, null, { eventType: 'AwsServiceEvent' }),
    },
  },
  Logging: {
    raise: {
      'somebody stops the trail': call('cloudtrail', 'StopLogging', ADMINISTRATOR, { name: 'trail' }),
      'a deployment stops the trail': call('cloudtrail', 'StopLogging', DEPLOYMENT, { name: 'trail' }),
      'somebody deletes flow logs': call('ec2', 'DeleteFlowLogs', ADMINISTRATOR),
      'somebody stops the recorder': call('config', 'StopConfigurationRecorder', ADMINISTRATOR),
      'somebody deletes the detector': call('guardduty', 'DeleteDetector', ADMINISTRATOR),
      'somebody makes the trail record less': call('cloudtrail', 'PutEventSelectors', ADMINISTRATOR),
      'somebody deletes a metric filter': call('logs', 'DeleteMetricFilter', ADMINISTRATOR),
      'somebody tries to': call('cloudtrail', 'StopLogging', ADMINISTRATOR, { name: 'trail' }, { errorCode: 'AccessDenied' }),
      'somebody is signed in by a service that works for people': call('logs', 'DeleteLogGroup', { ...ADMINISTRATOR, invokedBy: 'cloud9.amazonaws.com' }),
    },
    pass: {
      'a deployment changes what the trail records': call('cloudtrail', 'PutEventSelectors', DEPLOYMENT),
      'a deployment deletes a log group': call('logs', 'DeleteLogGroup', DEPLOYMENT),
      'somebody starts the trail': call('cloudtrail', 'StartLogging', ADMINISTRATOR),
      'somebody looks at the trail': call('cloudtrail', 'GetTrailStatus', ADMINISTRATOR),
    },
  },
  KeyChange: {
    raise: {
      'somebody changes a key policy': call('kms', 'PutKeyPolicy', ADMINISTRATOR, { ...KEY, policyName: 'default' }),
      'somebody schedules the deletion of a key': call('kms', 'ScheduleKeyDeletion', ADMINISTRATOR, { ...KEY, pendingWindowInDays: 7 }),
      'root disables a key': call('kms', 'DisableKey', ROOT, KEY),
      'somebody points an alias elsewhere': call('kms', 'UpdateAlias', ADMINISTRATOR),
    },
    pass: {
      'a deployment changes a key policy': call('kms', 'PutKeyPolicy', DEPLOYMENT, { ...KEY, policyName: 'default' }),
      'somebody decrypts': call('kms', 'Decrypt', ADMINISTRATOR),
      'another service has an operation of that name': call('example', 'DisableKey', ADMINISTRATOR, KEY),
    },
  },
  IdentityPolicy: {
    raise: {
      'somebody gives a role a policy': call('iam', 'PutRolePolicy', ADMINISTRATOR, { roleName: 'churn--data-scientist-eu-west-1', policyName: 'more' }),
      'somebody lets another one become a role': call('iam', 'UpdateAssumeRolePolicy', ADMINISTRATOR, { roleName: 'churn--data-scientist-eu-west-1' }),
      'somebody takes a boundary away': call('iam', 'DeleteRolePermissionsBoundary', ADMINISTRATOR, { roleName: 'churn--data-scientist-eu-west-1' }),
      'a role gives itself a policy, and is refused': call('iam', 'AttachRolePolicy', roleSession('churn--data-scientist-eu-west-1'), null, { errorCode: 'AccessDenied' }),
    },
    pass: {
      'a deployment gives a role a policy': call('iam', 'AttachRolePolicy', DEPLOYMENT, { roleName: 'churn--data-scientist-eu-west-1' }),
      'somebody reads a policy': call('iam', 'GetRolePolicy', ADMINISTRATOR, { roleName: 'churn--data-scientist-eu-west-1', policyName: 'more' }),
      'somebody passes a role on': call('iam', 'PassRole', ADMINISTRATOR),
    },
  },
  ResourcePolicy: {
    raise: {
      'somebody changes the policy of a bucket': call('s3', 'PutBucketPolicy', ADMINISTRATOR, { bucketName: 'data' }),
      'somebody opens a bucket': call('s3', 'DeleteBucketPublicAccessBlock', ADMINISTRATOR, { bucketName: 'data' }),
      'somebody changes a private endpoint': call('ec2', 'ModifyVpcEndpoint', ADMINISTRATOR),
      'somebody lets others pull images': call('ecr', 'SetRepositoryPolicy', ADMINISTRATOR, { repositoryName: 'churn/releases' }),
      'somebody shares a model group': call('sagemaker', 'PutModelPackageGroupPolicy', ADMINISTRATOR, { modelPackageGroupName: 'churn--forecast' }),
    },
    pass: {
      'a deployment changes the policy of a bucket': call('s3', 'PutBucketPolicy', DEPLOYMENT, { bucketName: 'data' }),
      'somebody reads the policy of a bucket': call('s3', 'GetBucketPolicy', ADMINISTRATOR, { bucketName: 'data' }),
      'somebody makes a private endpoint': call('ec2', 'CreateVpcEndpoint', ADMINISTRATOR),
    },
  },
  Perimeter: {
    raise: {
      'the policy of a private endpoint refuses a stranger': call('kms', 'ListKeys', STRANGER, null, {
        errorCode: 'VpceAccessDenied', errorMessage: 'The request was denied due to a VPC endpoint policy', eventType: 'AwsVpceEvent', eventCategory: 'NetworkActivity',
      }),
      'the policy of a bucket refuses a role of the account': call('s3', 'GetObject', ADMINISTRATOR, { bucketName: 'data', key: 'a.csv' }, {
        errorCode: 'AccessDenied', errorMessage: refused('s3:GetObject', 'with an explicit deny in a resource-based policy'), eventCategory: 'Data',
      }),
      'the policy of a key refuses a role of the account': call('kms', 'Decrypt', ADMINISTRATOR, null, {
        errorCode: 'AccessDenied', errorMessage: refused('kms:Decrypt', 'with an explicit deny in a resource-based policy'),
      }),
      'a guardrail of the organization refuses': call('sagemaker', 'CreateTrainingJob', ADMINISTRATOR, null, {
        errorCode: 'AccessDenied', errorMessage: refused('sagemaker:CreateTrainingJob', 'with an explicit deny in a service control policy: arn:aws:organizations::111111111111:policy/o-exampleorg/service_control_policy/p-example'),
      }),
      'a stranger is refused an object': call('s3', 'GetObject', STRANGER, { bucketName: 'data', key: 'a.csv' }, { errorCode: 'AccessDenied', errorMessage: 'Access Denied' }),
    },
    pass: {
      'a role lacks a permission': call('s3', 'GetObject', ADMINISTRATOR, { bucketName: 'data', key: 'a.csv' }, {
        errorCode: 'AccessDenied', errorMessage: refused('s3:GetObject', 'because no identity-based policy allows the s3:GetObject action'), eventCategory: 'Data',
      }),
      'a guardrail of a role refuses, which happens every day': call('sagemaker', 'CreateTrainingJob', ADMINISTRATOR, null, {
        errorCode: 'AccessDenied', errorMessage: refused('sagemaker:CreateTrainingJob', 'with an explicit deny in an identity-based policy'),
      }),
      'somebody reads an object': call('s3', 'GetObject', ADMINISTRATOR, { bucketName: 'data', key: 'a.csv' }, { eventCategory: 'Data' }),
      'a stranger that is trusted reads an object': call('s3', 'GetObject', STRANGER, { bucketName: 'releases', key: 'model.tar.gz' }, { eventCategory: 'Data' }),
    },
  },
  ModelApproval: {
    raise: {
      'a data scientist approves a version': call('sagemaker', 'UpdateModelPackage', roleSession('churn--data-scientist-eu-west-1'), approved()),
      'an administrator of the account approves a version': call('sagemaker', 'UpdateModelPackage', ADMINISTRATOR, approved()),
      'root approves a version': call('sagemaker', 'UpdateModelPackage', ROOT, approved()),
      'a team administrator of another environment approves a version': call('sagemaker', 'UpdateModelPackage', roleSession('other--team-administrator-eu-west-1'), approved()),
      'a pipeline registers a version as approved': call('sagemaker', 'CreateModelPackage', roleSession('churn--pipeline-execution-eu-west-1'), {
        modelPackageGroupName: 'churn--forecast', modelApprovalStatus: 'Approved',
      }),
    },
    pass: {
      'a team administrator approves a version': call('sagemaker', 'UpdateModelPackage', roleSession('churn--team-administrator-eu-west-1'), approved()),
      'somebody rejects a version': call('sagemaker', 'UpdateModelPackage', ADMINISTRATOR, { ...approved(), modelApprovalStatus: 'Rejected' }),
      'a pipeline registers a version as pending': call('sagemaker', 'CreateModelPackage', roleSession('churn--pipeline-execution-eu-west-1'), {
        modelPackageGroupName: 'churn--forecast', modelApprovalStatus: 'PendingManualApproval',
      }),
      'a target registers its copy': call('sagemaker', 'CreateModelPackage', roleSession('churn--staging--promotion-eu-west-1'), {
        modelPackageGroupName: 'churn--forecast', modelApprovalStatus: 'Approved',
      }),
    },
  },
  DeploymentApproval: {
    raise: {
      'a data scientist approves a deployment': call('codepipeline', 'PutApprovalResult', roleSession('churn--data-scientist-eu-west-1'), answered('Approved')),
      'an administrator of the account approves a deployment': call('codepipeline', 'PutApprovalResult', ADMINISTRATOR, answered('Approved')),
    },
    pass: {
      'a team administrator approves a deployment': call('codepipeline', 'PutApprovalResult', roleSession('churn--team-administrator-eu-west-1'), answered('Approved')),
      'a data science administrator approves a deployment': call('codepipeline', 'PutApprovalResult', roleSession('churn--data-science-administrator-eu-west-1'), answered('Approved')),
      'somebody rejects a deployment': call('codepipeline', 'PutApprovalResult', ADMINISTRATOR, answered('Rejected')),
    },
  },
  JobOutsideVpc: {
    raise: {
      'a training job has no VPC': call('sagemaker', 'CreateTrainingJob', ADMINISTRATOR, { trainingJobName: 'train' }),
      'a processing job has network settings and no VPC': call('sagemaker', 'CreateProcessingJob', ADMINISTRATOR, { networkConfig: { enableNetworkIsolation: false } }),
      'a model has no VPC': call('sagemaker', 'CreateModel', ADMINISTRATOR, { modelName: 'churn' }),
      'an AutoML job has no VPC': call('sagemaker', 'CreateAutoMLJobV2', ADMINISTRATOR, { autoMLJobName: 'auto' }),
    },
    pass: {
      'a training job has subnets': call('sagemaker', 'CreateTrainingJob', ADMINISTRATOR, { vpcConfig: { subnets: ['subnet-0a'], securityGroupIds: ['sg-0a'] } }),
      'a processing job has subnets': call('sagemaker', 'CreateProcessingJob', ADMINISTRATOR, { networkConfig: { vpcConfig: { subnets: ['subnet-0a'] } } }),
      'an AutoML job has subnets': call('sagemaker', 'CreateAutoMLJob', ADMINISTRATOR, { autoMLJobConfig: { securityConfig: { vpcConfig: { subnets: ['subnet-0a'] } } } }),
      'a guardrail refused the job': call('sagemaker', 'CreateTrainingJob', ADMINISTRATOR, null, { errorCode: 'AccessDenied' }),
      'a job is described': call('sagemaker', 'DescribeTrainingJob', ADMINISTRATOR, { trainingJobName: 'train' }),
    },
  },
  WorkOutsideVpc: {
    raise: {
      'a notebook instance has no subnet': call('sagemaker', 'CreateNotebookInstance', ADMINISTRATOR, { notebookInstanceName: 'mine' }),
      'a domain reaches the internet': call('sagemaker', 'CreateDomain', ADMINISTRATOR, { domainName: 'mine', appNetworkAccessType: 'PublicInternetOnly' }),
      'a domain says nothing': call('sagemaker', 'CreateDomain', ADMINISTRATOR, { domainName: 'mine' }),
      'a tuning job has no VPC': call('sagemaker', 'CreateHyperParameterTuningJob', ADMINISTRATOR, { trainingJobDefinition: { roleArn: 'arn:aws:iam::111111111111:role/job' } }),
      'a monitoring schedule has no VPC': call('sagemaker', 'CreateMonitoringSchedule', ADMINISTRATOR, { monitoringScheduleConfig: { monitoringJobDefinition: { roleArn: 'arn:aws:iam::111111111111:role/job' } } }),
    },
    pass: {
      'a notebook instance has a subnet': call('sagemaker', 'CreateNotebookInstance', ADMINISTRATOR, { subnetId: 'subnet-0a' }),
      'a domain stays in its VPC': call('sagemaker', 'CreateDomain', ADMINISTRATOR, { appNetworkAccessType: 'VpcOnly' }),
      'several jobs are tuned in subnets': call('sagemaker', 'CreateHyperParameterTuningJob', ADMINISTRATOR, { trainingJobDefinitions: [{ vpcConfig: { subnets: ['subnet-0a'] } }] }),
      'a monitoring schedule names a definition': call('sagemaker', 'CreateMonitoringSchedule', ADMINISTRATOR, { monitoringScheduleConfig: { monitoringJobDefinitionName: 'drift' } }),
    },
  },
};

/** As the message of a refusal goes on: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function refused(action: string, why: string): string {
  return `User: arn:aws:sts::111111111111:assumed-role/Admin/alice is not authorized to perform: ${action} on resource: arn:aws:s3:::data/a.csv ${why}`;
}

function approved(): Event {
  return { modelPackageArn: 'arn:aws:sagemaker:eu-west-1:111111111111:model-package/churn--forecast/1', modelApprovalStatus: 'Approved' };
}

function answered(status: string): Event {
  return { pipelineName: 'churn--forecast-deploy', stageName: 'ApproveStaging', actionName: 'Approve', result: { summary: 'good', status } };
}
