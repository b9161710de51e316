import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const bucket = (properties: Record<string, unknown>, policy?: unknown) => (
  one('AWS::S3::Bucket', properties, policy === undefined ? {} : { Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'It' }, PolicyDocument: policy } } })
);
const denying = (condition: unknown, more = {}) => bucket({}, { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*', Condition: condition, ...more }] });
const key = (...statements: unknown[]) => one('AWS::KMS::Key', { KeyPolicy: { Statement: statements } });
const using = (principal: unknown, condition?: unknown) => ({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Principal: principal, Condition: condition });
const encrypted = (by: unknown) => bucket({ BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: by }] } });
const ENCRYPTION = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';
const BLOCKS = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true };
const blocked = (block: unknown) => bucket({ PublicAccessBlockConfiguration: { ...BLOCKS, RestrictPublicBuckets: block } });
const HAS_NONE = 'No statement of the bucket\'s policy denies by network or by who is trusted.';

export const DATA: RuleCases[] = [
  {
    rule: 'BucketPerimeter',
    complies: [denying({ StringNotEquals: { 'aws:SourceVpce': GIVEN } }), denying({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } }, { Principal: { AWS: '*' } })],
    breaks: [
      [bucket({}), 'The bucket has no policy.'],
      [denying({ Bool: { 'aws:SecureTransport': 'false' } }), HAS_NONE],
      [denying({ StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } }, { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }), HAS_NONE],
    ],
    unknown: [[bucket({}, GIVEN), 'A policy of the bucket is only known to the deployment.'], [denying(GIVEN), HAS_NONE]],
  },
  {
    rule: 'BucketTls',
    complies: [denying({ Bool: { 'aws:SecureTransport': 'false' } }), denying({ Bool: { 'aws:SecureTransport': false } })],
    breaks: [[bucket({}), 'No statement of the bucket\'s policy denies requests without TLS.']],
    unknown: [[denying({ Bool: { 'aws:SecureTransport': GIVEN } }), 'No statement of the bucket\'s policy denies requests without TLS.'], [bucket({}, GIVEN), 'A policy of the bucket is only known to the deployment.']],
  },
  {
    rule: 'BucketEncryption',
    complies: [encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' }), encrypted({ SSEAlgorithm: 'aws:kms:dsse', KMSMasterKeyID: 'key' })],
    breaks: [
      [bucket({}), `${ENCRYPTION}.SSEAlgorithm is not given, and is then AES256.`],
      [encrypted({ SSEAlgorithm: 'AES256' }), `${ENCRYPTION}.SSEAlgorithm is AES256.`],
      [encrypted({ SSEAlgorithm: 'aws:kms' }), `${ENCRYPTION}.KMSMasterKeyID is not given.`],
    ],
    unknown: [[encrypted({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: GIVEN }), `${ENCRYPTION}.KMSMasterKeyID ${IS_GIVEN}.`]],
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
    breaks: [[key(using('*')), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.'], [key(using({ AWS: ['*'] })), 'It, KeyPolicy.Statement.0 allows everybody, from anywhere.']],
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
