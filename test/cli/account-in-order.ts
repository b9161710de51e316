import { spawn } from 'child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { DataScienceEnvironment, EnvironmentKeys, EnvironmentNetwork, EnvironmentRole } from '../../src';
import { stacksOf } from '../../src/cli/assembly';
import { PlannedStack } from '../../src/cli/planned-stack';
import { Client, Element } from '../../src/handlers/aws/client';
import { Service } from '../../src/handlers/aws/service-endpoints';
import { Answer, Refusal } from '../handlers/fake-aws/answer';
import { Call, EmulatedAws } from '../handlers/fake-aws/emulated-aws';
import { testApp } from '../test-app';

const COMMAND = resolve(__dirname, '..', '..', 'assets', 'cli', 'cdk-secure-mlops.js');
const { ACCOUNT, REGION } = EmulatedAws;
const VERSIONS: Record<string, string> = { ec2: '2016-11-15', iam: '2010-05-08', cloudformation: '2010-05-15' };

/** Those that an environment has endpoints for, as the region lists them. */
const ENDPOINT_SERVICES = [
  ...['s3', 'sagemaker.api', 'sagemaker.runtime', 'sagemaker.metrics', 'sts', 'logs', 'monitoring', 'kms', 'ecr.api', 'ecr.dkr', 'ssm', 'servicecatalog',
    'codecommit', 'git-codecommit', 'codebuild', 'ec2'].map((name) => `com.amazonaws.${REGION}.${name}`),
  `aws.sagemaker.${REGION}.studio`,
];

/** What the command found. */
export interface Reported {
  readonly kind: string;
  readonly message: string;
  readonly remedy: string;
}

/** What the environment prints for the owner of a role. */
export interface Printed {
  readonly trust: { Statement: PrintedStatement[] };
  readonly policies: { Statement: PrintedStatement[] }[];
}

interface PrintedStatement {
  Sid?: string;
  Effect?: string;
  Action?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
  Principal?: unknown;
}

/** How the command ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** An emulated account with what a company gives to an environment, all of it as it should be, and an app whose environment takes it. */
export class AccountInOrder {
  /** With which CloudFormation deploys what the CDK hands to it. */
  static readonly DEPLOYING = `cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`;

  readonly aws = new EmulatedAws();
  readonly folder = mkdtempSync(join(tmpdir(), 'preflight-'));
  /** What the emulator lacks: quotas by their code. */
  quotas: Record<string, number> = {};
  /** Answers of this test, by operation. */
  answers: Record<string, (call: Call) => Answer | undefined> = {};
  lacking: string[] = [];
  domains: string[] = [];
  vpc = '';
  subnets: string[] = [];
  routeTable = '';
  key = '';

  async start(): Promise<void> {
    await this.aws.start();
    this.aws.intercept = ({ operation, ...call }) => this.answers[operation]?.({ operation, ...call }) ?? this.always(operation);
    this.aws.services = {
      ServiceQuotasV20190624: (operation, { QuotaCode: code }) => operation === 'ListServiceQuotas'
        ? { Quotas: Object.entries(this.quotas).map(([name, Value]) => ({ QuotaName: name, QuotaCode: 'L-00000000', Value })) }
        : { Quota: { Value: this.quotas[code] ?? 1_000 } },
      SWBExternalService: () => ({ Instances: [] }),
      SageMaker: (operation) => {
        if (operation === 'ListDomains') return { Domains: this.domains.map((DomainName) => ({ DomainName })) };
        if (operation === 'ListUserProfiles') return { UserProfiles: [{ UserProfileName: 'alice' }] };
        throw new Refusal('ResourceNotFound');
      },
      AWSOrganizationsV20161128: (operation) => operation === 'DescribeOrganization' ? { Organization: { FeatureSet: 'ALL' } } : { EnabledServicePrincipals: [] },
    };
    const vpc = await this.query('ec2', 'CreateVpc', { CidrBlock: '10.1.0.0/16' });
    this.vpc = String(vpc.vpc.vpcId);
    await this.query('ec2', 'ModifyVpcAttribute', { 'VpcId': this.vpc, 'EnableDnsHostnames.Value': 'true' });
    this.routeTable = String((await this.query('ec2', 'CreateRouteTable', { VpcId: this.vpc })).routeTable.routeTableId);
    for (const index of [0, 1]) {
      const { subnet } = await this.query('ec2', 'CreateSubnet', { VpcId: this.vpc, CidrBlock: `10.1.${index}.0/24`, AvailabilityZone: `${REGION}${'ab'[index]}` });
      this.subnets.push(String(subnet.subnetId));
      await this.query('ec2', 'AssociateRouteTable', { RouteTableId: this.routeTable, SubnetId: String(subnet.subnetId) });
    }
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
        { Effect: 'Allow', Principal: { Service: `logs.${REGION}.amazonaws.com` }, Action: 'kms:GenerateDataKey*', Resource: '*' },
      ],
    };
    this.key = (await this.json<{ KeyMetadata: { Arn: string } }>('kms', 'TrentService.CreateKey', { Policy: JSON.stringify(policy) })).KeyMetadata.Arn;
    await this.role(AccountInOrder.DEPLOYING, 'cloudformation.amazonaws.com');
    await this.query('iam', 'PutRolePolicy', { RoleName: AccountInOrder.DEPLOYING, PolicyName: 'all', PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' });
    await this.query('iam', 'CreatePolicy', { PolicyName: 'boundary', PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' });
    await this.parameter('/cdk-bootstrap/hnb659fds/version', '30');
    await this.studioRole('studio');
  }

  async stop(): Promise<void> {
    await this.aws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Answers are the emulator's again. */
  forget(): void {
    this.quotas = {};
    this.answers = {};
    this.lacking = [];
    this.domains = [];
  }

  /** A role for Studio that has what the environment prints for it, as its owner would give it, and then what a test changes of it. */
  async studioRole(name: string, change: (printed: Printed) => void = () => undefined, boundary?: string): Promise<string> {
    const role = `arn:aws:iam::${ACCOUNT}:role/${name}`;
    const [stack] = stacksOf(this.environment({ role })), known = { account: ACCOUNT, region: REGION, partition: 'aws', zones: [] };
    const [printed] = new PlannedStack(stack, known, new Set()).requiredRoles as unknown as Printed[];
    for (const { Statement } of printed.policies) {
      for (const statement of Statement) {
        // What only the deployment knows is filled in later; until then, it is nothing that there is.
        if (statement.NotResource === undefined) statement.Resource = [statement.Resource].flat().map((resource) => resource ?? 'arn:aws:s3:::made-later') as string[];
        for (const keys of Object.values(statement.Condition ?? {})) for (const [key, values] of Object.entries(keys)) keys[key] = [values].flat().map((value) => value ?? '*');
      }
    }
    change(printed);
    await this.query('iam', 'CreateRole', {
      RoleName: name, AssumeRolePolicyDocument: JSON.stringify(printed.trust), ...boundary === undefined ? {} : { PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/${boundary}` },
    });
    for (const [index, document] of printed.policies.entries()) {
      await this.query('iam', 'PutRolePolicy', { RoleName: name, PolicyName: `printed-${index}`, PolicyDocument: JSON.stringify({ Version: '2012-10-17', ...document }) });
    }
    return role;
  }

  /** The cloud assembly of an environment that takes what is given. */
  environment({ vpc = this.vpc, subnets = this.subnets, key = this.key, role = `arn:aws:iam::${ACCOUNT}:role/studio`, boundary = 'boundary' } = {}): string {
    const outdir = mkdtempSync(join(this.folder, 'cdk.out-'));
    const app = testApp({ outdir, analyticsReporting: false });
    const stack = new Stack(app, 'Churn', { env: { account: ACCOUNT, region: REGION } });
    new DataScienceEnvironment(stack, 'Churn', {
      environmentName: 'churn',
      network: EnvironmentNetwork.fromVpc(stack, 'Network', {
        vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: vpc, availabilityZones: [`${REGION}a`, `${REGION}b`] }),
        subnets: subnets.map((subnetId, index) => Subnet.fromSubnetAttributes(stack, `Subnet${index}`, {
          subnetId, availabilityZone: `${REGION}${'ab'[index]}`, routeTableId: this.routeTable,
        })),
      }),
      keys: EnvironmentKeys.fromKeys({ logs: Key.fromKeyArn(stack, 'Logs', key) }),
      roleOptions: {
        permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', boundary),
        exceptions: [{ role: EnvironmentRole.STUDIO_EXECUTION, existingRole: Role.fromRoleArn(stack, 'Studio', role) }],
      },
    });
    app.synth();
    return outdir;
  }

  /** A template with one resource. */
  template(type: string, properties: object, metadata?: object): string {
    const file = join(this.folder, 'one.template.json');
    writeFileSync(file, JSON.stringify({ Resources: { One: { Type: type, Properties: properties, Metadata: metadata } } }));
    return file;
  }

  run(parameters: string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return new Promise((done) => {
      const command = spawn(process.execPath, [COMMAND, ...parameters], {
        cwd: this.folder,
        env: {
          PATH: process.env.PATH,
          HOME: this.folder,
          AWS_ENDPOINT_URL: this.aws.url,
          AWS_REGION: REGION,
          AWS_ACCESS_KEY_ID: ACCOUNT,
          AWS_SECRET_ACCESS_KEY: 'secret',
          AWS_EC2_METADATA_DISABLED: 'true',
          ...environment,
        },
      });
      let output = '', errors = '';
      command.stdout.on('data', (chunk: Buffer) => output += chunk.toString());
      command.stderr.on('data', (chunk: Buffer) => errors += chunk.toString());
      command.on('close', (code) => done({ code, output, errors }));
    });
  }

  async found(path: string, environment: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; findings: Reported[] }> {
    const { code, output, errors } = await this.run(['preflight', path, '--json'], environment);
    if (output === '') throw new Error(errors);
    return { code, findings: (JSON.parse(output) as { findings: Reported[] }).findings };
  }

  /** The one thing that is wrong, and nothing else. */
  async problemOf(path: string, environment: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, findings } = await this.found(path, environment);
    expect(code).toBe(1);
    expect(findings.filter(({ remedy }) => !/^[A-Z].*[.]$/.test(remedy))).toEqual([]);
    return findings.map(({ message }) => message).join('\n');
  }

  query(service: 'ec2' | 'iam' | 'cloudformation', action: string, input: Record<string, string>): Promise<Element> {
    return this.client(service).query(VERSIONS[service], action, input);
  }

  json<T>(service: Service['name'], target: string, input: object): Promise<T> {
    return this.client(service).json<T>(target, input);
  }

  async role(name: string, service: string): Promise<void> {
    const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] };
    await this.query('iam', 'CreateRole', { RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) });
  }

  async parameter(name: string, value: string): Promise<void> {
    await this.json('ssm', 'AmazonSSM.PutParameter', { Name: name, Value: value, Type: 'String', Overwrite: true });
  }

  /** The endpoint services of the region, of which the emulator knows a few only: those of the environment, but what is lacking. */
  services(zones: (name: string) => string[] = () => ['a', 'b', 'c']): Answer {
    const items = ENDPOINT_SERVICES
      .filter((name) => !this.lacking.includes(name))
      .map((name) => `<item><serviceName>${name}</serviceName><availabilityZoneSet>${zones(name).map((zone) => `<item>${REGION}${zone}</item>`).join('')}</availabilityZoneSet></item>`);
    return Answer.xml('DescribeVpcEndpointServicesResponse', `<serviceDetailSet>${items.join('')}</serviceDetailSet>`);
  }

  private always(operation: string): Answer | undefined {
    return operation === 'DescribeVpcEndpointServices' ? this.services() : undefined;
  }

  private client(name: Service['name']): Client {
    return new Client({ name, region: REGION }, () => Promise.resolve({ accessKeyId: ACCOUNT, secretAccessKey: 'secret' }));
  }
}
