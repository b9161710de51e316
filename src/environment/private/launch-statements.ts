import { Stack } from 'aws-cdk-lib';
import { Conditions, IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import {
  CHANGE_ALARM, CHANGE_BUCKET_MORE, CHANGE_BUS, CHANGE_DATABASE, CHANGE_FUNCTION, CHANGE_PACKAGE_INDEX, CHANGE_PRODUCTS,
  CHANGE_SECURITY_CONFIGURATION, CHANGE_SIGN_IN, CHANGE_STUDIO, CHANGE_WAYS_OUT, CHANGE_WITHOUT_RESOURCE, CHANGE_WORK_GROUP, CREATE_WAYS_OUT,
  SEE_IMAGES, SEE_MORE,
} from './launch-actions';
import { arnIn } from '../../private/arn';
import { LAUNCH } from '../../roles/project-launch';
import { findPeople } from '../../roles/statements/find-people';
import {
  ATTACH_POLICY, CHANGE_BUCKET, CHANGE_KEY, CHANGE_LOG_GROUP, CHANGE_NETWORK, CHANGE_PARAMETER, CHANGE_POLICY, CHANGE_QUEUE, CHANGE_REPOSITORY,
  CHANGE_ROLE, CREATE_NETWORK, CREATE_ROLE, DELIVER_LOGS, LEND_KEY, NAME_KEY, SEE_ANYTHING, START_KEY, TAKE_KEY_BACK,
} from '../../roles/statements/stack-actions';

/** What a launch role is asked for. */
interface LaunchChoices {
  readonly environmentBoundary?: IManagedPolicy;
  readonly enableIdentityCenter?: boolean;
}

/** What Service Catalog names the stacks of provisioned products. */
const STACK = 'SC-*';
const NETWORK_PARTS = ['vpc', 'subnet', 'route-table', 'security-group', 'vpc-endpoint', 'vpc-flow-log', 'internet-gateway', 'natgateway', 'elastic-ip', 'dhcp-options', 'network-interface'];
/** Services to which roles of an environment are given by its resources. */
const PASSED_TO = ['lambda', 'sagemaker', 'vpc-flow-logs', 'servicecatalog'];
/** Services whose own roles handlers make where the account has none yet. */
const SERVICE_LINKED = ['sagemaker', 'vpce'];

/**
 * What launching, updating and terminating environments takes, as statements of the role that does it. Names of environments are
 * chosen in the form: what people name is told by the two hyphens after them, and the rest by the names of stacks or by its tag.
 */
export class LaunchStatements {
  constructor(private readonly scope: Construct, private readonly choices: LaunchChoices) {}

  public all(): PolicyStatement[] {
    return [
      allow([...SEE_ANYTHING, ...SEE_MORE], ['*']), // descriptions take no resource
      // Service Catalog keeps templates in buckets of its own, whose names it does not tell, and marks what may be launched.
      allow(['s3:GetObject'], ['*'], { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } }),
      allow(LAUNCH.stacks, this.here('cloudformation', `stack/${STACK}`)),
      ...this.network(), ...this.roles(), ...this.keys(), ...this.storage(), ...this.functions(), ...this.studio(), ...this.options(),
      ...this.products(), ...this.choices.enableIdentityCenter ? this.signIn() : [],
    ];
  }

  /** EC2 makes up the ids of what it creates; what is there already is told by its tag. */
  private network(): PolicyStatement[] {
    const parts = this.here('ec2', ...NETWORK_PARTS.map((part) => `${part}/*`));
    const create = [...CREATE_NETWORK, ...CREATE_WAYS_OUT];
    return [
      allow(create, parts),
      allow(['ec2:CreateTags'], parts, { StringEquals: { 'ec2:CreateAction': create.map((action) => action.replace('ec2:', '')) } }),
      allow([...CHANGE_NETWORK, ...CHANGE_WAYS_OUT, 'ec2:CreateTags', 'ec2:DeleteTags'], parts, OF_AN_ENVIRONMENT),
      // Rules have no tags; the group that they are in has.
      allow(['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupEgress'], this.here('ec2', 'security-group-rule/*')),
      // Private names of endpoints are a hosted zone that AWS makes and whose id nobody knows before.
      allow(['route53:AssociateVPCWithHostedZone'], [arnIn(this.scope, 'route53', 'hostedzone/*')]),
      allow(DELIVER_LOGS, ['*']), // takes no resource
    ];
  }

  private roles(): PolicyStatement[] {
    const { region } = Stack.of(this.scope), { environmentBoundary } = this.choices;
    const roles = this.inAnyPath('role', `*--*-${region}`), policies = this.inAnyPath('policy', STACK);
    const bounded = environmentBoundary && { StringEquals: { 'iam:PermissionsBoundary': environmentBoundary.managedPolicyArn } };
    return [
      allow(CREATE_ROLE, roles, bounded),
      allow(CHANGE_ROLE, roles),
      allow(ATTACH_POLICY, roles, { ...bounded, ArnLike: { 'iam:PolicyARN': policies } }),
      allow(CHANGE_POLICY, policies),
      allow(['iam:PassRole'], roles, { StringEquals: { 'iam:PassedToService': PASSED_TO.map((service) => `${service}.amazonaws.com`) } }),
      allow(['iam:CreateServiceLinkedRole'], [arnIn(this.scope, 'iam', 'role/aws-service-role/*')],
        { StringEquals: { 'iam:AWSServiceName': SERVICE_LINKED.map((service) => `${service}.amazonaws.com`) } }),
    ];
  }

  private keys(): PolicyStatement[] {
    const keys = this.here('kms', 'key/*'); // KMS makes up the ids, and sees a new key's tags minutes later only
    const through = (...services: string[]) => {
      const { region, urlSuffix } = Stack.of(this.scope);
      return { StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.${urlSuffix}`) } };
    };
    return [
      allow(['kms:CreateKey'], ['*']), // takes no resource
      allow(START_KEY, keys),
      allow(CHANGE_KEY, keys, OF_AN_ENVIRONMENT),
      allow(NAME_KEY, [...keys, ...this.here('kms', 'alias/*--*')]),
      allow(LEND_KEY, keys, { ...through('ecr', 'sagemaker', 'lambda'), Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
      allow(TAKE_KEY_BACK, keys, through('ecr')),
      // The storage of Studio is made with its key.
      allow(['kms:Decrypt', 'kms:GenerateDataKeyWithoutPlaintext'], keys, through('sagemaker', 'elasticfilesystem')),
    ];
  }

  private storage(): PolicyStatement[] {
    const { account, region } = Stack.of(this.scope);
    return [
      // Named by CloudFormation after the stack, or for other accounts to know.
      allow([...CHANGE_BUCKET, ...CHANGE_BUCKET_MORE], [arnIn(this.scope, 's3', 'sc-*'), arnIn(this.scope, 's3', `*--releases-${account}-${region}`)]),
      allow(CHANGE_LOG_GROUP, this.here('logs', `log-group:${STACK}`, `log-group:/cdk-secure-mlops/*/${STACK}`)),
      allow(CHANGE_PARAMETER, this.here('ssm', 'parameter/secure-mlops/*')),
      allow(CHANGE_REPOSITORY, this.here('ecr', 'repository/*/releases', 'repository/*/images')),
      allow(CHANGE_QUEUE, this.here('sqs', STACK)),
    ];
  }

  /** Functions, which CloudFormation asks for what it has no resource for. */
  private functions(): PolicyStatement[] {
    return [allow([...CHANGE_FUNCTION, 'lambda:InvokeFunction'], this.here('lambda', `function:${STACK}`))];
  }

  private studio(): PolicyStatement[] {
    return [
      allow(CHANGE_STUDIO, this.here('sagemaker', 'domain/*', 'user-profile/*', 'studio-lifecycle-config/*', 'mlflow-tracking-server/*--mlflow')),
      allow(SEE_IMAGES, this.here('sagemaker', 'image/*', 'image-version/*')), // of the platform, by any name
    ];
  }

  /** What only some environments have. */
  private options(): PolicyStatement[] {
    return [
      allow(CHANGE_ALARM, this.here('cloudwatch', `alarm:${STACK}`)),
      allow(CHANGE_BUS, this.here('events', 'event-bus/*--monitoring')),
      allow(CHANGE_WORK_GROUP, this.here('athena', 'workgroup/*--data-preparation')),
      allow(CHANGE_DATABASE, this.here('glue', 'catalog', 'database/*__data', 'table/*__data/*', 'userDefinedFunction/*__data/*')),
      allow(CHANGE_SECURITY_CONFIGURATION, ['*']), // takes no resource
      allow(CHANGE_PACKAGE_INDEX, this.here('codeartifact', 'domain/*--packages', 'repository/*--packages/*')),
    ];
  }

  /** Service Catalog makes up the ids of its products. */
  private products(): PolicyStatement[] {
    return [
      allow(CHANGE_PRODUCTS, this.here('catalog', 'product/*', 'portfolio/*')),
      allow(CHANGE_WITHOUT_RESOURCE, ['*']), // takes no resource
      // Service Catalog reads the templates of projects for whoever makes products of them.
      allow(['s3:GetObject'], [arnIn(this.scope, 's3', 'sc-*/products/*')]),
    ];
  }

  /** Groups that sign in to a domain, by the application that SageMaker makes for it in IAM Identity Center, whose id nobody knows before. */
  private signIn(): PolicyStatement[] {
    return [
      findPeople(),
      allow(CHANGE_SIGN_IN, ['*'], { StringEquals: { 'sso:ApplicationAccount': Stack.of(this.scope).account } }),
    ];
  }

  private here(service: string, ...resources: string[]): string[] {
    return resources.map((resource) => arnIn(this.scope, service, resource));
  }

  private inAnyPath(kind: string, name: string): string[] {
    return [`${kind}/${name}`, `${kind}/*/${name}`].map((resource) => arnIn(this.scope, 'iam', resource));
  }
}

/** Everything of an environment that has tags says of which it is. */
const OF_AN_ENVIRONMENT: Conditions = { Null: { 'aws:ResourceTag/environment': 'false' } };

function allow(actions: string[], resources: string[], conditions?: Conditions): PolicyStatement {
  return new PolicyStatement({ actions, resources, conditions });
}
