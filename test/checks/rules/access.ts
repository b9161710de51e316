import { CaseTemplate, GIVEN, IS_GIVEN, one, PARAMETERS, PERHAPS, RuleCases } from './case';

const trust = (principal: unknown, condition?: unknown) => ({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, Condition: condition }] });
const SAGEMAKER = trust({ Service: 'sagemaker.amazonaws.com' });
const role = (properties: Record<string, unknown>, others = {}) => one('AWS::IAM::Role', { AssumeRolePolicyDocument: SAGEMAKER, ...properties }, others);
const allow = (actions: unknown, resources: unknown, more = {}) => ({ Effect: 'Allow', Action: actions, Resource: resources, ...more });
const deny = (actions: unknown, condition: unknown) => ({ Effect: 'Deny', Action: actions, Resource: '*', Condition: condition });
/** A role with an inline policy. */
const may = (...statements: unknown[]) => role({ Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: statements } }] });
/** A role with a policy that is attached from its own side. */
const given = (...statements: unknown[]) => role({}, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'It' }], PolicyDocument: { Statement: statements } } } });
/** A role with a policy that it names. */
const naming = (...statements: unknown[]) => role({ ManagedPolicyArns: [{ Ref: 'Policy' }] }, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: statements } } } });
const others = (statement: unknown): CaseTemplate => one('AWS::IAM::Role', { AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }), Policies: [{ PolicyDocument: { Statement: [statement] } }] });
const OWN = 'It, Policies.0.PolicyDocument.Statement.0';
const WITHOUT_VPC = { Null: { 'sagemaker:VpcSubnets': 'true' } };
const SUBNETS = { 'ForAllValues:StringEquals': { 'sagemaker:VpcSubnets': ['subnet-1'] } };
const TRAINING = 'sagemaker:CreateTrainingJob';

export const ACCESS: RuleCases[] = [
  {
    rule: 'ExecutionRoleWildcards',
    complies: [may(allow('s3:GetObject', '*'), allow('s3:*', 'arn:aws:s3:::data/*'), deny('*', {})), others(allow('*', '*'))],
    breaks: [
      [may(allow('*:*', '*')), `${OWN} allows *:* on every resource.`],
      [may({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::data/*' }), `${OWN} allows s3:* on all but a few resources.`],
      [may(allow('*', '*')), `${OWN} allows * on every resource.`],
      [may(allow(['s3:*', 'kms:Decrypt'], ['*'])), `${OWN} allows s3:* on every resource.`],
      [given(allow('sagemaker:*', '*')), 'Policy, PolicyDocument.Statement.0 allows sagemaker:* on every resource.'],
      [naming(allow('sagemaker:*', '*')), 'Policy, PolicyDocument.Statement.0 allows sagemaker:* on every resource.'],
      [may({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), `${OWN} allows all but a few actions on every resource.`],
    ],
    unknown: [
      [may(allow(GIVEN, '*')), `${OWN} allows what ${IS_GIVEN} on what may be every resource.`],
      [role({ Policies: GIVEN }), 'A policy of the role is only known to the deployment.'],
      [may(allow({ 'Fn::Sub': '${Given}:*' }, '*')), `${OWN} allows ⟨?⟩:* on what may be every resource.`],
      [
        one('AWS::IAM::Role', { AssumeRolePolicyDocument: trust({ Service: { 'Fn::Sub': '${Given}.amazonaws.com' } }), Policies: [{ PolicyDocument: { Statement: [allow('*', '*')] } }] }),
        `${OWN} allows * on every resource.`,
      ],
      [one('AWS::IAM::Role', { AssumeRolePolicyDocument: GIVEN, Policies: [{ PolicyDocument: { Statement: [allow('*', '*')] } }] }), `${OWN} allows * on every resource.`],
    ],
  },
  {
    rule: 'ExecutionRoleManagedPolicies',
    complies: [role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSageMakerFeatureStoreAccess'] }), naming(allow('s3:GetObject', '*'))],
    breaks: [
      [role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSageMakerFullAccess'] }), 'ManagedPolicyArns has AmazonSageMakerFullAccess.'],
      [role({ ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess' }] }), 'ManagedPolicyArns has AdministratorAccess.'],
    ],
    unknown: [[role({ ManagedPolicyArns: [GIVEN] }), `A policy in ManagedPolicyArns ${IS_GIVEN}.`]],
  },
  {
    rule: 'ExecutionRoleTrust',
    complies: [
      role({ AssumeRolePolicyDocument: trust({ Service: 'sagemaker.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': GIVEN } }) }),
      role({ AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }) }),
    ],
    breaks: [
      [role({}), 'It, AssumeRolePolicyDocument.Statement.0 trusts SageMaker whoever it works for.'],
      [
        role({ AssumeRolePolicyDocument: trust({ Service: 'sagemaker.amazonaws.com' }, { StringLike: { 'aws:SourceAccount': '*' } }) }),
        'It, AssumeRolePolicyDocument.Statement.0 trusts SageMaker whoever it works for.',
      ],
      [
        role({ AssumeRolePolicyDocument: trust({ Service: 'sagemaker.amazonaws.com' }, { StringNotEquals: { 'aws:SourceAccount': '111111111111' } }) }),
        'It, AssumeRolePolicyDocument.Statement.0 trusts SageMaker whoever it works for.',
      ],
      [
        role({ AssumeRolePolicyDocument: trust({ Service: [{ 'Fn::Sub': 'sagemaker.${AWS::URLSuffix}' }] }) }),
        'It, AssumeRolePolicyDocument.Statement.0 trusts SageMaker whoever it works for.',
      ],
    ],
    unknown: [
      [role({ AssumeRolePolicyDocument: GIVEN }), 'AssumeRolePolicyDocument may trust SageMaker: only the deployment will tell.'],
      [role({ AssumeRolePolicyDocument: trust({ Service: 'sagemaker.amazonaws.com' }, GIVEN) }), 'It, AssumeRolePolicyDocument.Statement.0 has a part that only the deployment knows.'],
    ],
  },
  {
    rule: 'ExecutionRolePassRole',
    complies: [may(allow('iam:PassRole', 'arn:aws:iam::111111111111:role/jobs')), may(allow('iam:Get*', '*'))],
    breaks: [
      [may(allow('iam:*', '*')), `${OWN} allows iam:PassRole on *.`],
      [may(allow('iam:PassRole', 'arn:aws:iam::111111111111:*')), `${OWN} allows iam:PassRole on arn:aws:iam::111111111111:*.`],
      [may({ Effect: 'Allow', Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111111111111:role/a' }), `${OWN} allows iam:PassRole on all but a few roles.`],
      [may(allow('iam:PassRole', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' })), `${OWN} allows iam:PassRole on arn:⟨AWS::Partition⟩:iam::⟨AWS::AccountId⟩:role/*.`],
    ],
    unknown: [[may(allow('iam:PassRole', GIVEN)), `${OWN} allows iam:PassRole on what ${IS_GIVEN}.`], [role({ Policies: GIVEN }), 'A policy of the role is only known to the deployment.'], [may(allow('iam:PassRole', { 'Fn::Sub': 'arn:aws:iam::111111111111:role/${Given}' })), `${OWN} allows iam:PassRole on arn:aws:iam::111111111111:role/⟨?⟩.`], [may(allow(GIVEN, '*')), `${OWN} allows iam:PassRole on *.`]],
  },
  {
    rule: 'ExecutionRoleGuardrail',
    complies: [
      may(allow(TRAINING, '*'), deny('sagemaker:Create*', WITHOUT_VPC)),
      may(allow(TRAINING, '*', { Condition: { ...SUBNETS, Null: { 'sagemaker:VpcSubnets': 'false' } } })),
      may(allow(TRAINING, '*'), deny('sagemaker:Create*', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'x' } }), deny(TRAINING, {})),
      may(allow('sagemaker:Describe*', '*')),
      role(
        { PermissionsBoundary: { Ref: 'Boundary' }, Policies: [{ PolicyDocument: { Statement: [allow(TRAINING, '*')] } }] },
        { Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [allow('*', '*'), deny('sagemaker:*', WITHOUT_VPC)] } } } },
      ),
    ],
    breaks: [
      [may(allow(TRAINING, '*')), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      // All of no subnets are among those that are named.
      [may(allow(TRAINING, '*', { Condition: SUBNETS })), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      [may(allow(TRAINING, '*'), deny(TRAINING, { Null: { 'sagemaker:VpcSubnets': 'false' } })), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      [may(allow(TRAINING, '*'), deny(TRAINING, { StringEquals: { 'sagemaker:VpcSubnets': 'subnet-1' } })), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      [may(allow('sagemaker:Create*Job', '*'), deny([TRAINING, 'sagemaker:CreateAutoMLJob'], WITHOUT_VPC)), 'Allowed without a condition on sagemaker:VpcSubnets: sagemaker:CreateHyperParameterTuningJob, sagemaker:CreateProcessingJob.'],
    ],
    unknown: [
      [role({ Policies: GIVEN }), 'A policy of the role is only known to the deployment.'],
      [may(allow(TRAINING, '*'), deny(TRAINING, { Null: { 'sagemaker:VpcSubnets': GIVEN } })), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      [
        {
          Parameters: PARAMETERS,
          Conditions: PERHAPS,
          Resources: {
            ...may(allow(TRAINING, '*')).Resources,
            Denial: { Type: 'AWS::IAM::Policy', Condition: 'Perhaps', Properties: { Roles: [{ Ref: 'It' }], PolicyDocument: { Statement: [deny(TRAINING, WITHOUT_VPC)] } } },
          },
        },
        `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`,
      ],
      [role({ PermissionsBoundary: 'arn:aws:iam::111111111111:policy/boundary', Policies: [{ PolicyDocument: { Statement: [allow(TRAINING, '*')] } }] }), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      [may(allow([TRAINING, GIVEN], '*'), deny([TRAINING], GIVEN)), 'Allowed without a condition on sagemaker:VpcSubnets: sagemaker:CreateAutoMLJob, sagemaker:CreateAutoMLJobV2, sagemaker:CreateHyperParameterTuningJob, sagemaker:CreateModel, sagemaker:CreateProcessingJob, sagemaker:CreateTrainingJob.'],
    ],
  },
];
