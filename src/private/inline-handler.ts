import { Aws, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Acknowledgement, acknowledge, everywhere, rules, wildcard } from './acknowledgements';
import { bundleOf } from './bundles';
import { checkLogGroup } from './given-log-group';
import { InputCheck } from './input-check';
import { RequiredRole } from './required-role';
import { NamedRoleSettings } from './role-settings';
import { ServiceRole } from './service-role';

/** The runtime of every handler: one constant, because AWS retires runtimes on a calendar. */
export const HANDLER_RUNTIME = Runtime.NODEJS_24_X;

/** Where a handler runs that must not leave a VPC. */
export interface HandlerNetwork {
  readonly vpc: IVpc;
  readonly subnets: ISubnet[];
  readonly securityGroups: ISecurityGroup[];
}

/** What a handler is made of. */
export interface InlineHandlerProps {
  /** Name of the folder of the handler in `src/handlers/`. */
  readonly handler: string;
  readonly description: string;
  readonly timeout: Duration;
  /** What the handler may do beyond writing its log. */
  readonly statements: PolicyStatement[];
  /** Name, path and permissions boundary of the role. @default - a generated name, path `/`, no boundary */
  readonly role?: NamedRoleSettings;
  /** Key of the log group. @default - CloudWatch Logs' own encryption */
  readonly logsKey?: IKey;
  /** @default - outside of any VPC */
  readonly network?: HandlerNetwork;
}

const FUNCTION = /^\/Function\/Resource$/;
const HANDLER: Acknowledgement[] = [
  rules(['LambdaTracing'], FUNCTION, 'CloudFormation calls it a few times in the life of a stack, and its log says what it did: a trace would add another place where that is kept.'),
  rules(['LambdaConcurrency'], FUNCTION, 'CloudFormation calls it once for each operation on a stack; reserving concurrency would take it from the account\'s other functions.'),
  wildcard(/arn:PARTITION:logs:REGION:ACCOUNT:log-group:[\w<>:/.#-]+:\*/, /^\/Policy\/Resource$/, 'Streams of its own log group: Lambda names them as it starts the function.'),
  rules(['LambdaDLQ'], FUNCTION, 'CloudFormation calls it and waits for its answer: a failure is an event of the stack, not a message to be read later.'),
];
const OUTSIDE_OF_A_VPC: Acknowledgement[] = [
  rules(['LambdaInsideVPC'], FUNCTION, 'Runs outside the VPC, so that deleting endpoints, routes or rules never cuts off its answer to CloudFormation (which would hang the stack for an hour). It carries no data and calls AWS APIs only.'),
];
const IN_A_VPC: Acknowledgement[] = [
  everywhere(/ec2:(\w+NetworkInterface|DescribeNetworkInterfaces|DescribeSubnets|(Una|A)ssignPrivateIpAddresses)/, /^\/Policy\/Resource$/, 'Lambda makes the network interfaces of a function in a VPC as the function\'s role; EC2 takes no narrower resource.'),
];
const WITHOUT_KEY: Acknowledgement[] = [
  rules(['CloudWatchLogGroupEncrypted'], /^\/Logs\/Resource$/, 'Used without an environment, and no key for logs was given (props logsKey, cleanUp.logsKey): CloudWatch Logs encrypts with its own key. The log names resources and holds no data.'),
];

/**
 * A Lambda function behind custom resources. Its code was bundled when this library was built and is inlined into the
 * template: nothing depends on an asset bucket, so the template can leave the app.
 */
export class InlineHandler extends Construct {
  public readonly function: Function;
  private readonly serviceRole: ServiceRole;
  /** Its permissions, unless the role is another's; a custom resource waits for them, so that its deletion still finds them. */
  private readonly policy?: ManagedPolicy;
  /** Unless it is another's. */
  private readonly logs?: LogGroup;
  private readonly timeout: Duration;

  constructor(scope: Construct, id: string, props: InlineHandlerProps) {
    super(scope, id);
    const { existingLogGroup, ...role } = props.role ?? {};
    acknowledge(this, [...HANDLER, ...(props.network ? IN_A_VPC : OUTSIDE_OF_A_VPC), ...(props.logsKey ? [] : WITHOUT_KEY)]);
    checkLogGroup(new InputCheck(this), this, 'existingLogGroup', existingLogGroup).throwIfInvalid();
    this.timeout = props.timeout;
    this.serviceRole = new ServiceRole(this, {
      ...role,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: props.description,
    });
    const logGroupNameIn = (stackName: string) => `/cdk-secure-mlops/${props.handler}/${stackName}/${this.node.addr}`;
    const logGroupName = logGroupNameIn(Aws.STACK_NAME);
    this.logs = existingLogGroup ? undefined : new LogGroup(this, 'Logs', {
      logGroupName,
      encryptionKey: props.logsKey,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // By its name: only custom resources wait until it is there, for function and policy it would be the longest way.
    const named = existingLogGroup ?? LogGroup.fromLogGroupName(this, 'LogsByName', logGroupName);
    // What the owner of an existing role is told is read elsewhere, where AWS::StackName is another stack.
    const told = role.existingRole === undefined || existingLogGroup ? named : LogGroup.fromLogGroupName(this, 'LogsOfStack', logGroupNameIn(Stack.of(this).stackName));
    this.policy = this.serviceRole.allow(this, 'Policy', [
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [told.logGroupArn] }),
      ...props.statements,
      ...(props.network ? [networkInterfaces()] : []),
    ]);
    this.function = new Function(this, 'Function', {
      code: Code.fromInline(bundleOf(props.handler)),
      handler: 'index.handler',
      runtime: HANDLER_RUNTIME,
      architecture: Architecture.ARM_64,
      description: props.description,
      timeout: props.timeout,
      memorySize: 256,
      role: this.serviceRole.role,
      logGroup: named,
      vpc: props.network?.vpc,
      vpcSubnets: props.network && { subnets: props.network.subnets },
      securityGroups: props.network?.securityGroups,
    });
    if (this.policy) this.function.node.addDependency(this.policy);
  }

  /** What its role needs, whoever makes it. */
  public get required(): RequiredRole {
    return this.serviceRole;
  }

  /** Lets the handler do more. */
  public addToPolicy(...statements: PolicyStatement[]): void {
    this.serviceRole.require(statements);
    this.policy?.addStatements(...statements);
  }

  /** Lets the handler do more by a policy of its own, which waits for other things; there is none where the role is another's. */
  public addPolicy(scope: Construct, id: string, description: string, statements: PolicyStatement[]): ManagedPolicy[] {
    return [this.serviceRole.allow(scope, id, statements, description)].filter((policy) => policy !== undefined);
  }

  /**
   * A custom resource that this handler answers for. It goes before the handler, its log group and its permissions do.
   *
   * CloudFormation waits as long as the function can run: one that died without an answer never gives any, and by default
   * the stack would hang for an hour over each attempt.
   */
  public customResource(scope: Construct, id: string, resourceType: string, properties: Record<string, unknown>): CustomResource {
    const { function: { functionArn: serviceToken }, timeout: serviceTimeout } = this;
    const resource = new CustomResource(scope, id, { serviceToken, serviceTimeout, resourceType, properties });
    if (this.logs) resource.node.addDependency(this.logs); // its token names the function, which waits for role and policies
    return resource;
  }
}

/** Lambda makes the network interfaces of a function in a VPC as the function's role; EC2 takes no narrower resource. */
function networkInterfaces(): PolicyStatement {
  return new PolicyStatement({
    actions: [
      'ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface', 'ec2:DescribeSubnets',
      'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses',
    ],
    resources: ['*'],
  });
}
