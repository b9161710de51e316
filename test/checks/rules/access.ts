import { CaseTemplate, GIVEN, IS_GIVEN, one, PARAMETERS, PERHAPS, RuleCases } from './case';
import { ACTIONS } from '../../../src/checks/rules/access/guardrail';

const trust = (principal: unknown, condition?: unknown) => ({ Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, Condition: condition }] });
const SAGEMAKER = trust({ Service: 'sagemaker.amazonaws.com' });
const role = (properties: Record<string, unknown>, others = {}) => one('AWS::IAM::Role', { AssumeRolePolicyDocument: SAGEMAKER, ...properties }, others);
const allow = (actions: unknown, resources: unknown, more = {}) => ({ Effect: 'Allow', Action: actions, Resource: resources, ...more });
const deny = (actions: unknown, condition: unknown, resource: unknown = '*') => ({ Effect: 'Deny', Action: actions, Resource: resource, Condition: condition });
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

const SECOND = 'It, AssumeRolePolicyDocument.Statement.1';
const ALL_JOBS = ACTIONS.join(', ');
const policyOfAws = (name: string) => ({ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` });
const OTHERS_POLICY = 'arn:aws:iam::111111111111:policy/jobs';
/** What a rule that looks at permissions says of a policy that only its ARN names. */
const elsewhere = (arn: string) => `ManagedPolicyArns has ${arn}, and what it says is not in the template.`;
const outsider = (principal: unknown, condition?: unknown) => (
  role({ AssumeRolePolicyDocument: { Statement: [...SAGEMAKER.Statement, ...trust(principal, condition).Statement] } })
);
const trusting = (condition: unknown) => role({ AssumeRolePolicyDocument: trust({ Service: 'sagemaker.amazonaws.com' }, condition) });
const WHOEVER = 'It, AssumeRolePolicyDocument.Statement.0 trusts SageMaker whoever it works for.';
const FREE = `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`;
/** A policy of another kind that names the role, and one that perhaps does. */
const attached = (type: string, names: Record<string, unknown>, statement: unknown) => (
  role({ RoleName: 'jobs' }, { Policy: { Type: type, Properties: { ...names, PolicyDocument: { Statement: [statement] } } } })
);

export const ACCESS: RuleCases[] = [
  {
    rule: 'ExecutionRoleWildcards',
    complies: [may(allow('s3:GetObject', '*'), allow('s3:*', 'arn:aws:s3:::data/*'), deny('*', {})), others(allow('*', '*')), role({ ManagedPolicyArns: [policyOfAws('AmazonSageMakerFeatureStoreAccess')] })],
    breaks: [
      [may(allow('*:*', '*')), `${OWN} allows *:* on every resource.`],
      [may({ Effect: 'Allow', Action: 's3:*', NotResource: 'arn:aws:s3:::data/*' }), `${OWN} allows s3:* on all but a few resources.`],
      [may(allow('*', '*')), `${OWN} allows * on every resource.`],
      [may(allow(['s3:*', 'kms:Decrypt'], ['*'])), `${OWN} allows s3:* on every resource.`],
      [given(allow('sagemaker:*', '*')), 'Policy, PolicyDocument.Statement.0 allows sagemaker:* on every resource.'],
      [naming(allow('sagemaker:*', '*')), 'Policy, PolicyDocument.Statement.0 allows sagemaker:* on every resource.'],
      [may({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }), `${OWN} allows all but a few actions on every resource.`],
      // Every resource and every action can be written in many ways.
      ...['arn:*', 'arn:aws:s3:::*', 'arn:aws:s3:::*/*', 'arn:aws:s3*', '**', 'arn:aws:s3:::?*'].map((every): [CaseTemplate, string] => [may(allow('S3:*', every)), `${OWN} allows S3:* on every resource.`]),
      [may(allow('s3:**', '*')), `${OWN} allows s3:** on every resource.`],
      [may(allow('s3:?*', '*')), `${OWN} allows s3:?* on every resource.`],
      // A policy may be JSON in a text, and attached from its own side, by whatever kind of resource.
      [role({ Policies: [{ PolicyName: 'own', PolicyDocument: JSON.stringify({ Statement: [allow('*', '*')] }) }] }), `${OWN} allows * on every resource.`],
      [attached('AWS::IAM::RolePolicy', { RoleName: 'jobs' }, allow('*', '*')), 'Policy, PolicyDocument.Statement.0 allows * on every resource.'],
      [attached('AWS::IAM::Policy', { Roles: ['jobs'] }, allow('*', '*')), 'Policy, PolicyDocument.Statement.0 allows * on every resource.'],
      [
        role({ ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:policy/ml/all' }] }, { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'all', Path: '/ml/', PolicyDocument: { Statement: [allow('*', '*')] } } } }),
        'Policy, PolicyDocument.Statement.0 allows * on every resource.',
      ],
      // An element that is left out does not move those behind it.
      [role({ Policies: [{ Ref: 'AWS::NoValue' }, { PolicyName: 'own', PolicyDocument: { Statement: [allow('*', '*')] } }] }), `${OWN} allows * on every resource.`],
      [role({ ManagedPolicyArns: [policyOfAws('AmazonSageMakerFullAccess')] }), 'ManagedPolicyArns has AmazonSageMakerFullAccess, which allows a service as a whole on every resource.'],
      // Whom everybody can be, SageMaker can.
      [one('AWS::IAM::Role', { AssumeRolePolicyDocument: trust('*'), Policies: [{ PolicyDocument: { Statement: [allow('*', '*')] } }] }), `${OWN} allows * on every resource.`],
    ],
    unknown: [
      [may(allow(GIVEN, '*')), `${OWN} allows what ${IS_GIVEN} on what may be every resource.`],
      [role({ ManagedPolicyArns: [OTHERS_POLICY] }), elsewhere(OTHERS_POLICY)],
      [role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/OfTomorrow'] }), elsewhere('arn:aws:iam::aws:policy/OfTomorrow')],
      [role({ ManagedPolicyArns: [GIVEN] }), `A policy in ManagedPolicyArns ${IS_GIVEN}, and what it says is not in the template.`],
      // It may be this role that the policy is for.
      [attached('AWS::IAM::Policy', { Roles: [GIVEN] }, allow('*', '*')), 'Policy, PolicyDocument.Statement.0 allows * on what may be every resource.'],
      [may(allow('s3:*', { 'Fn::Sub': 'arn:aws:s3:::${Given}' })), `${OWN} allows s3:* on what may be every resource.`],
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
      trusting({ StringEquals: { 'aws:SourceAccount': GIVEN } }),
      trusting({ ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:sagemaker:*:${AWS::AccountId}:*' } } }),
      trusting({ ArnLike: { 'aws:SourceArn': 'arn:aws:sagemaker:eu-west-1:111111111111:*' } }),
      trusting({ ArnLike: { 'aws:SourceArn': '*' }, StringEquals: { 'aws:SourceAccount': '111111111111' } }),
      role({ AssumeRolePolicyDocument: trust({ Service: 'lambda.amazonaws.com' }) }),
    ],
    breaks: [
      [role({}), WHOEVER],
      ...['*', 'arn:*', 'arn:aws:sagemaker:*:*:*', 'arn:aws:sagemaker:eu-west-1:*:training-job/*', 'arn:aws:sagemaker:*'].map((arn): [CaseTemplate, string] => [trusting({ ArnLike: { 'aws:SourceArn': arn } }), WHOEVER]),
      [trusting({ ArnLike: { 'aws:SourceArn': ['arn:aws:sagemaker:*:111111111111:*', 'arn:aws:sagemaker:*:*:*'] } }), WHOEVER],
      // These hold where the key is not sent.
      [trusting({ StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } }), WHOEVER],
      [trusting({ 'ForAllValues:StringEquals': { 'aws:SourceAccount': '111111111111' } }), WHOEVER],
      [trusting({ StringLike: { 'aws:SourceAccount': '1*' } }), WHOEVER],
      [trusting({ Null: { 'aws:SourceAccount': 'false' } }), WHOEVER],
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
      [trusting({ ArnLike: { 'aws:SourceArn': GIVEN } }), 'It, AssumeRolePolicyDocument.Statement.0 has a part that only the deployment knows.'],
      [role({ AssumeRolePolicyDocument: trust({ Service: 'sagemaker.amazonaws.com' }, GIVEN) }), 'It, AssumeRolePolicyDocument.Statement.0 has a part that only the deployment knows.'],
    ],
  },
  {
    rule: 'ExecutionRoleOutsiders',
    complies: [
      role({}), outsider({ AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } }), outsider({ AWS: { Ref: 'AWS::AccountId' } }),
      outsider('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } }), outsider({ AWS: '*' }, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/*' } }),
      one('AWS::IAM::Role', { AssumeRolePolicyDocument: trust({ AWS: '222222222222' }) }),
      role({ AssumeRolePolicyDocument: { Statement: [...SAGEMAKER.Statement, ...trust({ AWS: { 'Fn::GetAtt': ['Other', 'Arn'] } }).Statement] } }, { Other: { Type: 'AWS::IAM::Role' } }),
    ],
    breaks: [
      [outsider('*'), `${SECOND} trusts everybody.`],
      [outsider({ AWS: ['*'] }), `${SECOND} trusts everybody.`],
      [role({ AssumeRolePolicyDocument: { Statement: [...SAGEMAKER.Statement, { Effect: 'Allow', Action: 'sts:*', NotPrincipal: { AWS: '222222222222' } }] } }), `${SECOND} trusts everybody.`],
      // An external id is no secret, and who is anybody of any account is nobody in particular.
      [outsider('*', { StringEquals: { 'sts:ExternalId': 'x' } }), `${SECOND} trusts everybody.`],
      [outsider('*', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }), `${SECOND} trusts everybody.`],
      [outsider('*', { StringNotEquals: { 'aws:PrincipalAccount': '222222222222' } }), `${SECOND} trusts everybody.`],
      [outsider('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/jobs' } }), `${SECOND} trusts everybody.`],
    ],
    unknown: [
      [outsider({ AWS: '222222222222' }), `${SECOND} trusts 222222222222, and whose account that is only you know.`],
      [outsider({ AWS: 'arn:aws:iam::222222222222:role/a' }), `${SECOND} trusts arn:aws:iam::222222222222:role/a, and whose account that is only you know.`],
      [outsider({ AWS: GIVEN }), `${SECOND} may trust everybody.`],
      [role({ AssumeRolePolicyDocument: GIVEN }), 'AssumeRolePolicyDocument is only known to the deployment.'],
      [outsider({ AWS: { 'Fn::Sub': 'arn:aws:iam::${Given}:root' } }), `${SECOND} trusts arn:aws:iam::⟨?⟩:root.`],
    ],
  },
  {
    rule: 'ExecutionRolePassRole',
    complies: [may(allow('iam:PassRole', 'arn:aws:iam::111111111111:role/jobs')), may(allow('iam:Get*', '*'))],
    breaks: [
      [may(allow('iam:*', '*')), `${OWN} allows iam:PassRole on *.`],
      ...['arn:*', 'arn:aws:iam::*', 'arn:aws:iam::111111111111:role/**', 'arn:aws:iam::*:role*', 'arn:aws:iam::111111111111:r*', 'arn:aws:iam::*:role/?*'].map((every): [CaseTemplate, string] => [may(allow('iam:Pass*', every)), `${OWN} allows iam:PassRole on ${every}.`]),
      [role({ ManagedPolicyArns: [policyOfAws('AdministratorAccess')] }), 'ManagedPolicyArns has AdministratorAccess, which allows iam:PassRole on every role.'],
      [may(allow('iam:PassRole', 'arn:aws:iam::111111111111:*')), `${OWN} allows iam:PassRole on arn:aws:iam::111111111111:*.`],
      [may({ Effect: 'Allow', Action: 'iam:PassRole', NotResource: 'arn:aws:iam::111111111111:role/a' }), `${OWN} allows iam:PassRole on all but a few roles.`],
      [may(allow('iam:PassRole', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*' })), `${OWN} allows iam:PassRole on arn:⟨AWS::Partition⟩:iam::⟨AWS::AccountId⟩:role/*.`],
    ],
    unknown: [[role({ ManagedPolicyArns: [OTHERS_POLICY] }), elsewhere(OTHERS_POLICY)], [may(allow('iam:PassRole', GIVEN)), `${OWN} allows iam:PassRole on what ${IS_GIVEN}.`], [role({ Policies: GIVEN }), 'A policy of the role is only known to the deployment.'], [may(allow('iam:PassRole', { 'Fn::Sub': 'arn:aws:iam::111111111111:role/${Given}' })), `${OWN} allows iam:PassRole on arn:aws:iam::111111111111:role/⟨?⟩.`], [may(allow(GIVEN, '*')), `${OWN} allows iam:PassRole on *.`]],
  },
  {
    rule: 'ExecutionRoleGuardrail',
    complies: [
      may(allow(TRAINING, '*'), deny('sagemaker:Create*', WITHOUT_VPC)),
      may(allow(TRAINING, 'arn:aws:sagemaker:*:*:training-job/a*'), deny(TRAINING, WITHOUT_VPC, 'arn:aws:sagemaker:*:*:training-job/*')),
      may(allow(TRAINING, '*'), deny(TRAINING, WITHOUT_VPC, { 'Fn::Sub': 'arn:${AWS::Partition}:sagemaker:*:*:*' })),
      may(allow(TRAINING, '*'), deny(TRAINING, { Null: { 'sagemaker:VpcSubnets': 'True' } })),
      role({ ManagedPolicyArns: [policyOfAws('AmazonSageMakerReadOnly')] }),
      role({ ManagedPolicyArns: [policyOfAws('AmazonSageMakerFullAccess')], Policies: [{ PolicyDocument: { Statement: [deny('sagemaker:*', WITHOUT_VPC)] } }] }),
      // What the boundary does not allow, nobody can do.
      role(
        { PermissionsBoundary: { Ref: 'Boundary' }, Policies: [{ PolicyDocument: { Statement: [allow(TRAINING, '*')] } }] },
        { Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [allow('s3:*', '*')] } } } },
      ),
      may(allow(TRAINING, '*', { Condition: { ...SUBNETS, Null: { 'sagemaker:VpcSubnets': 'false' } } })),
      may(allow(TRAINING, '*'), deny('sagemaker:Create*', { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'x' } }), deny(TRAINING, {})),
      may(allow('sagemaker:Describe*', '*')),
      role(
        { PermissionsBoundary: { Ref: 'Boundary' }, Policies: [{ PolicyDocument: { Statement: [allow(TRAINING, '*')] } }] },
        { Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [allow('*', '*'), deny('sagemaker:*', WITHOUT_VPC)] } } } },
      ),
    ],
    breaks: [
      [may(allow(TRAINING, '*')), FREE],
      // A denial of some jobs, or on a further condition, leaves others.
      [may(allow(TRAINING, '*'), deny(TRAINING, WITHOUT_VPC, 'arn:aws:sagemaker:*:*:training-job/a*')), FREE],
      [may(allow(TRAINING, '*'), deny(TRAINING, { ...WITHOUT_VPC, StringEquals: { 'aws:PrincipalTag/team': 'a' } })), FREE],
      [may(allow(TRAINING, '*'), deny(TRAINING, { Null: { 'sagemaker:VpcSubnets': 'true', 'sagemaker:VpcSecurityGroupIds': 'true' } })), FREE],
      [may(allow(TRAINING, '*'), { Effect: 'Deny', Action: TRAINING, NotResource: 'arn:aws:sagemaker:*:*:training-job/a*', Condition: WITHOUT_VPC }), FREE],
      [may(allow(TRAINING, '*'), { Effect: 'Deny', NotAction: TRAINING, Resource: '*', Condition: WITHOUT_VPC }), FREE],
      [role({ ManagedPolicyArns: [policyOfAws('AmazonSageMakerFullAccess')] }), 'ManagedPolicyArns has AmazonSageMakerFullAccess, which allows jobs outside of the VPC.'],
      // All of no subnets are among those that are named.
      [may(allow(TRAINING, '*', { Condition: SUBNETS })), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      [may(allow(TRAINING, '*'), deny(TRAINING, { Null: { 'sagemaker:VpcSubnets': 'false' } })), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      [may(allow(TRAINING, '*'), deny(TRAINING, { StringEquals: { 'sagemaker:VpcSubnets': 'subnet-1' } })), `Allowed without a condition on sagemaker:VpcSubnets: ${TRAINING}.`],
      [may(allow('sagemaker:Create*Job', '*'), deny([TRAINING, 'sagemaker:CreateAutoMLJob'], WITHOUT_VPC)), 'Allowed without a condition on sagemaker:VpcSubnets: sagemaker:CreateHyperParameterTuningJob, sagemaker:CreateJob, sagemaker:CreateProcessingJob.'],
    ],
    unknown: [
      [role({ Policies: GIVEN }), 'A policy of the role is only known to the deployment.'],
      [role({ ManagedPolicyArns: [OTHERS_POLICY] }), elsewhere(OTHERS_POLICY)],
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
      [may(allow([TRAINING, GIVEN], '*'), deny([TRAINING], GIVEN)), `Allowed without a condition on sagemaker:VpcSubnets: ${ALL_JOBS}.`],
    ],
  },
];
