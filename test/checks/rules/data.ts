import { CaseTemplate, GIVEN, IS_GIVEN, one, PARAMETERS, PERHAPS, RuleCases } from './case';

const bucket = (properties: Record<string, unknown>, policy?: unknown) => (
  one('AWS::S3::Bucket', properties, policy === undefined ? {} : { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'It' }, PolicyDocument: policy } } })
);
const denying = (condition: unknown, more = {}) => bucket({}, { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: condition, ...more }] });
/** The same with a policy that may not be made. */
const perhaps = ({ Resources: { It, Policy } }: CaseTemplate): CaseTemplate => (
  { Parameters: PARAMETERS, Conditions: PERHAPS, Resources: { It, Policy: { ...Policy as object, Condition: 'Perhaps' } } }
);
const key = (...statements: unknown[]) => one('AWS::KMS::Key', { KeyPolicy: { Statement: statements } });
const using = (principal: unknown, condition?: unknown) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Principal: principal, Condition: condition });
const encrypted = (by: unknown) => bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: by }] } });
const ENCRYPTION = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';
const BLOCKS = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true };
const blocked = (block: unknown) => bucket({ PublicAccessBlockConfiguration: { ...BLOCKS, RestrictPublicBuckets: block } });
const HAS_NONE = 'No statement of the bucket\'s policy denies everything in it by network or by who is trusted.';

/** A bucket and everything in it, as people write it. */
const WHOLE = [
  [{ 'Fn::GetAtt': ['It', 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['It', 'Arn'] }, '/*']] }],
  [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${It}' }, { 'Fn::Sub': 'arn:aws:s3:::${It}/*' }], 'arn:aws:s3:::*', { 'Fn::Sub': '${It.Arn}*' },
];
const HAS_NO_TLS = 'No statement of the bucket\'s policy denies everything in it without TLS.';

export const DATA: RuleCases[] = [
  {
    rule: 'BucketPerimeter',
    complies: [
      ...WHOLE.map((Resource) => denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Resource })),
      denying({ NotIpAddressIfExists: { 'aws:SourceIp': '10.1.0.0/16' }, StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' }, BoolIfExists: { 'aws:ViaAWSService': 'false' } }),
      denying({ StringNotEquals: { 'aws:SourceVpce': GIVEN } }), denying({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, { Principal: { AWS: '*' } }),
    ],
    breaks: [
      [bucket({}), 'The bucket has no policy.'],
      // A further condition lets others in, as does one that names everybody.
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' }, StringEquals: { 's3:prefix': 'a' } }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' }, Null: { 'aws:SourceVpce': 'false' } }), HAS_NONE],
      [denying({ StringNotLike: { 'aws:SourceVpce': 'vpce-*' } }), HAS_NONE],
      [denying({ StringNotLike: { 'aws:PrincipalOrgID': ['o-1234567890', '*'] } }), HAS_NONE],
      [denying({ ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*' } }), HAS_NONE],
      [denying({ NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '0.0.0.0/0'] } }), HAS_NONE],
      // So does a denial of a part of the bucket, or of reading alone.
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Resource: { 'Fn::Sub': '${It.Arn}/public/*' } }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Resource: 'arn:aws:s3:::another/*' }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Resource: { 'Fn::GetAtt': ['It', 'Arn'] } }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Action: 's3:Get*' }), HAS_NONE],
      [denying({ Bool: { 'aws:SecureTransport': 'false' } }), HAS_NONE],
      [denying({ StringEquals: { 'aws:PrincipalAccount': '111111111111' } }), HAS_NONE],
      [denying({ Null: { 'aws:SourceVpce': 'false' } }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Action: 's3:DeleteBucket' }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }), HAS_NONE],
    ],
    unknown: [
      [bucket({}, GIVEN), 'A policy of the bucket is only known to the deployment.'],
      [denying(GIVEN), HAS_NONE],
      [denying({ StringNotLike: { 'aws:SourceVpce': GIVEN } }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Resource: GIVEN }), HAS_NONE],
      // It may be this bucket that the policy is for.
      [one('AWS::S3::Bucket', {}, { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: GIVEN, PolicyDocument: { Statement: [] } } } }), 'A policy of the bucket is only known to the deployment.'],
      [perhaps(denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Action: GIVEN }), HAS_NONE],
    ],
  },
  {
    rule: 'BucketTls',
    complies: [
      denying({ Bool: { 'aws:SecureTransport': 'false' } }), denying({ Bool: { 'aws:SecureTransport': false } }),
      ...WHOLE.map((Resource) => denying({ Bool: { 'aws:SecureTransport': 'false' } }, { Resource })),
    ],
    breaks: [
      [bucket({}), HAS_NO_TLS],
      // That denies who encrypts.
      [denying({ StringNotEquals: { 'aws:SecureTransport': 'false' } }), HAS_NO_TLS],
      [denying({ Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:PrincipalTag/team': 'a' } }), HAS_NO_TLS],
      [denying({ Bool: { 'aws:SecureTransport': 'false' } }, { Resource: 'arn:aws:s3:::another/*' }), HAS_NO_TLS],
      [denying({ Bool: { 'aws:SecureTransport': 'false' } }, { Principal: { Service: 'sagemaker.amazonaws.com' } }), HAS_NO_TLS],
      [denying({ Null: { 'aws:SecureTransport': 'false' } }), HAS_NO_TLS],
      [denying({ Bool: { 'aws:SecureTransport': 'false' } }, { Action: 's3:DeleteBucket' }), HAS_NO_TLS],
    ],
    unknown: [
      [bucket({}, GIVEN), 'A policy of the bucket is only known to the deployment.'],
      [denying({ Bool: { 'aws:SecureTransport': GIVEN } }), HAS_NO_TLS],
      [perhaps(denying({ Bool: { 'aws:SecureTransport': 'false' } })), HAS_NO_TLS],
    ],
  },
  {
    rule: 'BucketEncryption',
    complies: [encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' }), encrypted({ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: 'key' })],
    breaks: [
      [bucket({}), `${ENCRYPTION}.SSEAlgorithm is not given, and is then AES256.`],
      [encrypted({ SSEAlgorithm: 'AES256' }), `${ENCRYPTION}.SSEAlgorithm is AES256.`],
      [encrypted({ SSEAlgorithm: 'aws:kms' }), `${ENCRYPTION}.KMSMasterKeyID is not given.`],
      [encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'alias/aws/s3' }), `${ENCRYPTION}.KMSMasterKeyID is alias/aws/s3, a key of AWS.`],
    ],
    unknown: [[encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: GIVEN }), `${ENCRYPTION}.KMSMasterKeyID ${IS_GIVEN}.`], [encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::Sub': '${Given}' } }), `${ENCRYPTION}.KMSMasterKeyID is ⟨?⟩, which the deployment decides.`]],
  },
  {
    rule: 'BucketPublicAccess',
    complies: [blocked(true)],
    breaks: [[blocked(false), 'PublicAccessBlockConfiguration.RestrictPublicBuckets is false.']],
    unknown: [[blocked(GIVEN), `PublicAccessBlockConfiguration.RestrictPublicBuckets ${IS_GIVEN}.`]],
  },
  {
    rule: 'KeyAccess',
    complies: [
      key(using({ AWS: 'arn:aws:iam::111111111111:root' })),
      key(using('*', { StringEquals: { 'kms:CallerAccount': '111111111111' } })),
      key({ ...using('*'), Effect: 'Deny' }),
      key(using('*', { StringLike: { 'aws:PrincipalOrgPaths': 'o-1234567890/*' } })),
      one('AWS::KMS::Key', {}),
    ],
    breaks: [
      ...[
        { StringLike: { 'aws:userid': '*:session' } }, { StringLike: { 'aws:PrincipalOrgPaths': '*/ou-1/*' } }, { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1234567890' } },
        { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/jobs' } }, { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }, { StringLike: { 'kms:CallerAccount': ['111111111111', '*'] } },
      ].map((condition): [CaseTemplate, string] => [key(using('*', condition)), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.']),
      [one('AWS::KMS::ReplicaKey', { KeyPolicy: { Statement: [using('*')] } }), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.'],
      [one('AWS::KMS::Key', { KeyPolicy: JSON.stringify({ Statement: using('*') }) }), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.'],
      [key(using('*', { StringNotEquals: { 'kms:CallerAccount': '111111111111' } })), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.'], [key(using('*')), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.'], [key(using({ AWS: ['*'] })), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.'],
    ],
    unknown: [
      [one('AWS::KMS::Key', { KeyPolicy: GIVEN }), 'KeyPolicy is only known to the deployment.'],
      [key(using({ AWS: { 'Fn::Sub': '${Given}' } })), 'It, KeyPolicy.Statement.0 has a part that only the deployment knows.'],
      [key(using('*', { StringLike: { 'aws:PrincipalOrgID': GIVEN } })), 'It, KeyPolicy.Statement.0 has a part that only the deployment knows.'],
      [key(using({ AWS: GIVEN })), 'It, KeyPolicy.Statement.0 has a part that only the deployment knows.'],
    ],
  },
  {
    rule: 'KeyRotation',
    complies: [one('AWS::KMS::Key', { EnableKeyRotation: true }), one('AWS::KMS::Key', { EnableKeyRotation: true, RotationPeriodInDays: 90 }), one('AWS::KMS::Key', { Origin: 'EXTERNAL' }), one('AWS::KMS::Key', { KeySpec: 'RSA_4096' })],
    breaks: [
      [one('AWS::KMS::Key', {}), 'EnableKeyRotation is not given, and is then false.'],
      [one('AWS::KMS::Key', { EnableKeyRotation: true, RotationPeriodInDays: 2560 }), 'RotationPeriodInDays is 2560.'],
    ],
    unknown: [
      [one('AWS::KMS::Key', { EnableKeyRotation: GIVEN }), `EnableKeyRotation ${IS_GIVEN}.`],
      [one('AWS::KMS::Key', { KeySpec: GIVEN }), 'EnableKeyRotation is not given, and is then false.'],
    ],
  },
];
