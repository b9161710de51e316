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
const HAS_NONE = 'No statement of the bucket\'s policy denies by network or by who is trusted.';

const HAS_NO_TLS = 'No statement of the bucket\'s policy denies requests without TLS.';

export const DATA: RuleCases[] = [
  {
    rule: 'BucketPerimeter',
    complies: [denying({ StringNotEquals: { 'aws:SourceVpce': GIVEN } }), denying({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, { Principal: { AWS: '*' } })],
    breaks: [
      [bucket({}), 'The bucket has no policy.'],
      [denying({ Bool: { 'aws:SecureTransport': 'false' } }), HAS_NONE],
      [denying({ StringEquals: { 'aws:PrincipalAccount': '111111111111' } }), HAS_NONE],
      [denying({ Null: { 'aws:SourceVpce': 'false' } }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Action: 's3:DeleteBucket' }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }), HAS_NONE],
    ],
    unknown: [
      [bucket({}, GIVEN), 'A policy of the bucket is only known to the deployment.'],
      [denying(GIVEN), HAS_NONE],
      [perhaps(denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } })), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Action: GIVEN }), HAS_NONE],
    ],
  },
  {
    rule: 'BucketTls',
    complies: [denying({ Bool: { 'aws:SecureTransport': 'false' } }), denying({ Bool: { 'aws:SecureTransport': false } })],
    breaks: [
      [bucket({}), HAS_NO_TLS],
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
      one('AWS::KMS::Key', {}),
    ],
    breaks: [[key(using('*', { StringNotEquals: { 'kms:CallerAccount': '111111111111' } })), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.'], [key(using('*')), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.'], [key(using({ AWS: ['*'] })), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.']],
    unknown: [
      [one('AWS::KMS::Key', { KeyPolicy: GIVEN }), 'KeyPolicy is only known to the deployment.'],
      [key(using({ AWS: GIVEN })), 'It, KeyPolicy.Statement.0 has a part that only the deployment knows.'],
    ],
  },
  {
    rule: 'KeyRotation',
    complies: [one('AWS::KMS::Key', { EnableKeyRotation: true }), one('AWS::KMS::Key', { KeySpec: 'RSA_4096' })],
    breaks: [[one('AWS::KMS::Key', {}), 'EnableKeyRotation is not given, and is then false.']],
    unknown: [
      [one('AWS::KMS::Key', { EnableKeyRotation: GIVEN }), `EnableKeyRotation ${IS_GIVEN}.`],
      [one('AWS::KMS::Key', { KeySpec: GIVEN }), 'EnableKeyRotation is not given, and is then false.'],
    ],
  },
];
