import { readFileSync } from 'fs';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Deployment } from './deployment';
import {
  DataScienceEnvironment, DeploymentStage, EndpointService, EnvironmentProduct, EnvironmentTemplate, InternetAccess, StudioAuthMode,
} from '../../../src';
import { NamedPolicy } from '../../access/policy-document';
import { ACCOUNTS, REGION } from '../../access/request/organization';
import { session } from '../../access/request/requester';
import { Template } from '../../access/template/synthesized-stack';
import { Found, TemplateReader } from '../../access/template/template-reader';
import { offerEveryBlueprint } from '../../mlops/blueprints';
import { testApp } from '../../test-app';
import { lenientValue } from '../lenient-values';

/** Permissions boundary that every role of such an environment has. */
export const BOUNDARY = `arn:aws:iam::${ACCOUNTS.data.id}:policy/boundary-of-teams`;

/** A template with everything that an environment of a product may have. */
class Everything extends EnvironmentTemplate {
  constructor(scope: Stack, id: string) {
    super(scope, id);
    const environment = new DataScienceEnvironment(this, 'Environment', {
      environmentName: this.environmentName,
      owner: this.owner,
      network: this.askForNetwork({
        internetAccess: InternetAccess.natGateways(),
        endpoints: { additionalServices: EndpointService.all().filter((service) => !service.onByDefault) },
        dhcpOptions: { domainName: 'example.internal' },
      }),
      deploymentStages: [DeploymentStage.accounts('staging', { accounts: [this.askForTargetAccount()], monitoring: {} })],
      packageIndex: {},
      dataPreparation: {},
      featureStore: true,
      mlflow: {},
      sharedSpaces: true,
      studio: { authMode: StudioAuthMode.IDENTITY_CENTER },
      roleOptions: { permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(this, 'Boundary', BOUNDARY) },
    });
    offerEveryBlueprint(environment);
    environment.addMemberProduct();
    environment.studio.assignGroup('1234567890-12345678-1234-1234-1234-123456789012');
    this.askForFirstMember(environment);
  }
}

/** An environment that is launched from a product with its launch role, and what the role may do. */
export function launchedEnvironment(): { deployment: Deployment; actions: string[] } {
  const app = testApp({ analyticsReporting: false });
  const place = { account: ACCOUNTS.data.id, region: REGION };
  const stack = new Stack(app, 'Catalog', { env: place });
  const template = new Everything(stack, 'V1');
  const { launchRoleName } = new EnvironmentProduct(stack, 'Environments', {
    productName: 'Environment',
    owner: 'Platform team',
    versions: [{ name: '1', template }],
    environmentBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', BOUNDARY),
    enableIdentityCenter: true,
  });
  const assembly = app.synth();
  const [role] = new TemplateReader([{ ...place, stackName: 'Catalog', template: assembly.getStackByName('Catalog').template as Template }]).roles()
    .filter(({ name }) => name === launchRoleName);
  const rendered = JSON.parse(readFileSync(join(assembly.directory, template.templateFile), 'utf8')) as Template;
  const parameters = { EnvironmentName: 'churn', Owner: 'team', NetworkRange: '10.0.0.0/16', TargetAccount: ACCOUNTS.target.id, FirstMember: 'alice' };
  const launched = new TemplateReader([{ ...place, stackName: `SC-${place.account}-pp-abcdefghijklm`, template: rendered, parameters }]);
  const policies = new Map([...launched.bucketPolicies(), ...launched.keyPolicies(), ...launched.busPolicies()]);
  const tags = new Map(launched.resources().filter(({ resource }) => PUT_INTO.test(resource.Type)).map((found) => [idOf(found), tagsOf(found)]));
  return {
    actions: actionsIn(role.identityPolicies),
    deployment: {
      who: 'the launch role of environments',
      role: { ...session(ACCOUNTS.data, role.name, { arn: role.arn, identityPolicies: role.identityPolicies }), session: 'AWSCloudFormation' },
      resources: launched.resources(),
      policyOf: (arn) => policies.get(arn),
      boundary: BOUNDARY,
      aliasesOf: (arn) => launched.keyAliases().get(arn) ?? [],
      tagsOf: (arn) => tags.get(arn.split('/').pop()!),
    },
  };
}

/** Parts of a network that other parts are put into. */
const PUT_INTO = /^AWS::EC2::(DHCPOptions|EIP|InternetGateway|NatGateway|RouteTable|SecurityGroup|Subnet|VPC|VPCEndpoint)$/;

function idOf({ resource, logicalId, values }: Found): string {
  return resource.Type === 'AWS::EC2::EIP' ? values.attributeOf(logicalId, 'AllocationId') : values.nameOf(logicalId);
}

function tagsOf({ resource, values }: Found): Record<string, string> {
  const tags = lenientValue(resource.Properties?.Tags ?? [], values) as { Key: string; Value: string }[];
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}

/** What policies allow. */
export function actionsIn(policies: NamedPolicy[] = []): string[] {
  return policies.flatMap(({ document }) => document.Statement as { Action: string | string[] }[]).flatMap(({ Action }) => Action);
}
