import { createHash } from 'crypto';

/** Where a resource is. */
interface Place {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

type Properties = Record<string, unknown>;
/** Those that are not known are undefined. */
type Attributes = Partial<Record<string, string>>;
type Names = (id: string, properties: Properties, place: Place) => Attributes;

const digest = (id: string, { stack }: Place) => createHash('sha256').update(`${stack}/${id}`).digest('hex');
const arnOf = (service: string, rest: string, { partition, region, account }: Place) => `arn:${partition}:${service}:${region}:${account}:${rest}`;

/** The name that a template gives, or one as CloudFormation makes them up; none where the template's own is not known. */
function nameOf(property: string, id: string, properties: Properties, place: Place): string | undefined {
  if (property in properties) return properties[property] as string | undefined;
  return `${place.stack}-${id}`.slice(0, 50) + `-${digest(id, place).slice(0, 12)}`;
}

/** Names as EC2 gives them, such as `vpc-0a1b2c3d4e5f60718`. */
const ofEc2 = (prefix: string, ...attributes: string[]): Names => (id, _, place) =>
  Object.fromEntries(['', ...attributes].map((attribute) => [attribute, `${prefix}-0${digest(id, place).slice(0, 16)}`]));

/** A resource that Ref calls by its name, and Arn by its ARN. */
const named = (property: string, service: string, prefix: string): Names => (id, properties, place) => {
  const name = nameOf(property, id, properties, place);
  return name === undefined ? {} : { '': name, 'Arn': arnOf(service, `${prefix}${name}`, place) };
};

const inIam = (kind: string, property: string, names: (name: string, arn: string) => Attributes): Names => (id, properties, place) => {
  const name = nameOf(property, id, properties, place), path = 'Path' in properties ? properties.Path : '/';
  return name === undefined || path === undefined ? {} : names(name, `arn:${place.partition}:iam::${place.account}:${kind}${path as string}${name}`);
};

/** What Ref (under '') and Fn::GetAtt are for a resource, by type. Other types' are not known before a deployment. */
const TYPES: Record<string, Names> = {
  'AWS::CodeBuild::Project': named('Name', 'codebuild', 'project/'),
  'AWS::EC2::RouteTable': ofEc2('rtb'),
  'AWS::EC2::SecurityGroup': ofEc2('sg', 'GroupId'),
  'AWS::EC2::Subnet': ofEc2('subnet', 'SubnetId'),
  'AWS::EC2::VPC': (id, properties, place) => ({ ...ofEc2('vpc', 'VpcId')(id, properties, place), DefaultSecurityGroup: `sg-0${digest(`${id}.default`, place).slice(0, 16)}` }),
  'AWS::EC2::VPCEndpoint': ofEc2('vpce', 'Id'),
  'AWS::ECR::Repository': named('RepositoryName', 'ecr', 'repository/'),
  'AWS::Events::EventBus': named('Name', 'events', 'event-bus/'),
  'AWS::Events::Rule': named('Name', 'events', 'rule/'),
  'AWS::IAM::ManagedPolicy': inIam('policy', 'ManagedPolicyName', (_, arn) => ({ '': arn, 'PolicyArn': arn })),
  'AWS::IAM::Role': inIam('role', 'RoleName', (name, arn) => ({ '': name, 'Arn': arn })),
  'AWS::KMS::Key': (id, _, place) => {
    const hex = digest(id, place), key = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
    return { '': key, 'KeyId': key, 'Arn': arnOf('kms', `key/${key}`, place) };
  },
  'AWS::Lambda::Function': named('FunctionName', 'lambda', 'function:'),
  'AWS::Logs::LogGroup': (id, properties, place) => {
    const name = nameOf('LogGroupName', id, properties, place);
    return name === undefined ? {} : { '': name, 'Arn': arnOf('logs', `log-group:${name}:*`, place) };
  },
  'AWS::S3::Bucket': (id, properties, place) => {
    const name = nameOf('BucketName', id, properties, place)?.toLowerCase();
    return name === undefined ? {} : { '': name, 'Arn': `arn:${place.partition}:s3:::${name}` };
  },
  'AWS::SageMaker::Domain': (id, _, place) => {
    const domain = `d-${digest(id, place).slice(0, 12)}`;
    return { '': domain, 'DomainId': domain, 'DomainArn': arnOf('sagemaker', `domain/${domain}`, place) };
  },
  'AWS::SageMaker::UserProfile': (id, properties, place) => {
    const name = nameOf('UserProfileName', id, properties, place), domain = properties.DomainId;
    return name === undefined || domain === undefined ? {} : { '': name, 'UserProfileArn': arnOf('sagemaker', `user-profile/${domain as string}/${name}`, place) };
  },
  'AWS::ServiceCatalog::CloudFormationProduct': (id, _, place) => ({ '': `prod-${digest(id, place).slice(0, 12)}` }),
  'AWS::SNS::Topic': (id, properties, place) => {
    const name = nameOf('TopicName', id, properties, place);
    return name === undefined ? {} : { '': arnOf('sns', name, place), 'TopicArn': arnOf('sns', name, place) };
  },
  'AWS::SQS::Queue': (id, properties, place) => {
    const name = nameOf('QueueName', id, properties, place);
    return name === undefined ? {} : { '': `https://sqs.${place.region}.amazonaws.com/${place.account}/${name}`, 'QueueName': name, 'Arn': arnOf('sqs', name, place) };
  },
  'AWS::SSO::PermissionSet': (id, _, place) => ({ PermissionSetArn: `arn:${place.partition}:sso:::permissionSet/ssoins-0000000000000000/ps-${digest(id, place).slice(0, 16)}` }),
  'AWS::SSM::Parameter': named('Name', 'ssm', 'parameter'),
};

/** Well-formed names and ARNs of a resource, the same in every run: what `Ref` says of it under '', what `Fn::GetAtt` says by attribute. */
export function attributesOf(type: string, logicalId: string, properties: Properties, place: Place): Attributes {
  return TYPES[type]?.(logicalId, properties, place) ?? {};
}
