/** What apps of this project make themselves, beside what the library makes: as in anybody's app, the reasons are theirs. */
interface OwnThing {
  /** Rules, without the names of their packs. */
  readonly rules: RegExp;
  readonly constructs: RegExp;
  readonly reason: string;
}

export const OWN_THINGS: OwnThing[] = [
  { rules: /^(VPC7|VPCFlowLogsEnabled|VPCDefaultSecurityGroupClosed|EC23|EC2RestrictedCommonPorts|EC2RestrictedSSH)$/, constructs: /^(Studio|SecureMlops|Endpoint)\/Vpc\//, reason: 'Somebody\'s own VPC in an app that checks SecureStudioDomain, SecureModelEndpoint and EnvironmentNetwork.fromVpc.' },
  { rules: /^(VPC7|VPCFlowLogsEnabled|VPCDefaultSecurityGroupClosed|S1|S3BucketLoggingEnabled|S3BucketReplicationEnabled|S3BucketDefaultLockEnabled)$/, constructs: /^SecureMlopsCompany\/(Vpc|Data)\/Resource$/, reason: 'A company\'s own VPC and bucket in an app that is given them: logs and copies are the company\'s affair.' },
  { rules: /^(S10|S3BucketSSLRequestsOnly)$/, constructs: /^SecureMlopsCompany\/Data\/Resource$/, reason: 'The bucket\'s policy, which demands TLS, is in the stack of the environment: it names the environment\'s network, which is made later than the bucket.' },
  { rules: /^(IAM5\[Action::\*\]|IAM5\[Resource::\*\]|IAMPolicyNoStatementsWith(Admin|Full)Access)$/, constructs: /^SecureMlops(Company|SelfService)\/Boundary\/Resource$/, reason: 'A permissions boundary: it grants nothing, and says what no role may exceed.' },
  { rules: /^(IAM5\[Resource::\*\]|IAMNoInlinePolicy)$/, constructs: /^SecureMlopsSelfService\/Administrators\/DefaultPolicy\/Resource$/, reason: 'A company\'s own role, to which launching is granted: searches of Service Catalog take no resource, and what was launched is narrowed by who did.' },
  { rules: /^(IAM5\[Resource::<CorrectiveFunction[0-9A-F]{8}\.Arn>:\*\]|IAMNoInlinePolicy)$/, constructs: /^SecureMlopsControls\/Responders\/DefaultPolicy\/Resource$/, reason: 'A company\'s own role, to which taking decisions back is granted: Lambda invokes one version of a function or another.' },
];
