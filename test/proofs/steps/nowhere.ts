/** Actions that change something, as whom nobody comes to work, and why: all that are allowed to anybody here, but for those of steps. */
export const NOWHERE: [actions: string[], why: string][] = [
  [
    ['application-autoscaling:*', 'cloudwatch:*', 'logs:*', 'sns:Publish', 'sqs:DeleteMessage', 'ssm:*Parameter', 'elasticfilesystem:DeleteMountTarget', 'events:PutEvents'],
    'scales, records or tells: nothing runs as a role for it',
  ],
  [['athena:*', 'glue:*'], 'Athena asks as its caller'],
  [['ec2:*'], 'network interfaces and security groups: nothing runs as a role for them'],
  [['kms:*', 'signer:SignPayload'], 'uses keys'],
  [['*:Delete*', '*:Terminate*', '*:Stop*', '*:TagResource', '*:UntagResource', '*:AbortMultipartUpload', '*:Disassociate*'], 'nothing runs for it that did not run before, and no access is decided by these tags but where a step says so'],
  [
    ['cloudformation:*StackInstances', 'cloudformation:ExecuteChangeSet', 'cloudformation:RollbackStack', 'cloudformation:CancelUpdateStack', 'cloudformation:ContinueUpdateRollback', 'cloudformation:SetStackPolicy'],
    'does what a template says that somebody has written before',
  ],
  [
    ['servicecatalog:ProvisionProduct', 'servicecatalog:UpdateProvisionedProduct', 'servicecatalog:AcceptPortfolioShare', 'sagemaker:CreateProject', 'sagemaker:UpdateProject'],
    'does what a template of the environment says, in which nothing can be exchanged, as the chains that are searched hold for every template',
  ],
  [['codepipeline:StartPipelineExecution', 'codepipeline:PutApprovalResult', 'codepipeline:RollbackStage', 'lambda:InvokeFunction'], 'starts what is there: what runs says what it does'],
  [['sagemaker:StartPipelineExecution', 'sagemaker:RetryPipelineExecution', 'sagemaker:UpdatePipelineExecution', 'sagemaker:StartMlflowTrackingServer'], 'starts what is there: what runs says what it does'],
  [
    ['codecommit:CreatePullRequest', 'codecommit:PostComment*', 'codecommit:UpdatePullRequestStatus', 'codecommit:CreateRepository', 'codecommit:UpdateRepository*', 'codecommit:UploadArchive'],
    'changes no branch that a build reads',
  ],
  [['events:PutRule', 'events:RemoveTargets'], 'a rule without a target starts nothing, and a target needs its role passed'],
  [
    ['ecr:PutImage', 'ecr:*LayerUpload', 'ecr:UploadLayerPart', 'sagemaker:CreateImageVersion', 'sagemaker:CreateModelPackage*', 'sagemaker:UpdateModelPackage'],
    'images and models run only where somebody who has the role names them, and on stages once they are approved',
  ],
  [['s3:PutObjectTagging', 's3:PutObjectAcl'], 'leaves what is in the object'],
  [['sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:CreatePresignedMlflowTrackingServerUrl', 'sagemaker-mlflow:*'], 'people open spaces by applications, which is a step; MLflow runs nothing as its caller'],
  [['sagemaker:CreateEndpoint', 'sagemaker:UpdateEndpoint*'], 'runs a model with the role that was passed as the model was made'],
  [
    [
      'sagemaker:AddTags', 'sagemaker:Add*', 'sagemaker:Associate*', 'sagemaker:CreateAction', 'sagemaker:CreateArtifact', 'sagemaker:CreateContext', 'sagemaker:CreateExperiment', 'sagemaker:CreateTrial*',
      'sagemaker:UpdateAction', 'sagemaker:UpdateArtifact', 'sagemaker:UpdateContext', 'sagemaker:UpdateExperiment', 'sagemaker:UpdateTrial*', 'sagemaker:BatchPutMetrics', 'sagemaker:*Record',
      'sagemaker:UpdateFeature*', 'sagemaker:EnableSagemakerServicecatalogPortfolio',
    ],
    'records what others have done, or marks it',
  ],
];
