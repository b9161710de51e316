import { Duration, Names } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { OrganizationGuardrailsProps } from './organization-guardrails-props';
import { OrganizationWorkloads } from './organization-workloads';
import { controlStatements } from './private/control-statements';
import { EC2_POLICY, S3_POLICY } from './private/declarative-policies';
import { checkOrganization } from './private/input';
import { originStatements } from './private/origin-statements';
import { checkFit, documentsOf, LARGEST } from './private/packing';
import { resourceStatements } from './private/resource-statements';
import { ADMINISTRATION, sageMakerStatements } from './private/sagemaker-statements';
import { deny } from './private/statements';
import { checkRequired, listOf, structOf, TEXT } from '../private/required-input';
import { byPatterns } from '../roles/guardrails/guardrail-table';

/** Policies of a type of AWS Organizations, by what they are called in `documents`. */
type Documents = Record<string, unknown>;

/**
 * Guardrails for whole accounts: service control policies, resource control policies, declarative policies and a permissions
 * boundary that hold where somebody is an administrator of the account.
 *
 * Deploy it in the management account of the organization or a delegated administrator's.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies.html
 */
export class OrganizationGuardrails extends Construct {
  /** The policies as JSON texts, by names such as `service-control-policy-1`. */
  public readonly documents: Record<string, string>;
  /** A permissions boundary for roles that people make, with the same guardrails. */
  public readonly permissionsBoundary: PolicyDocument;

  /** @throws ValidationError if a value is wrong, an exemption matches too much, or the policies are larger than AWS takes */
  constructor(scope: Construct, id: string, props: OrganizationGuardrailsProps) {
    super(scope, id);
    checkRequired(this, props, { organizationId: TEXT, deployingRoles: listOf(TEXT) });
    checkRequired(this, { workloads: props.workloads ?? [] }, {
      workloads: listOf(structOf<OrganizationWorkloads>({
        subnetIds: listOf(TEXT), securityGroupIds: listOf(TEXT), volumeKeyArns: listOf(TEXT), outputKeyArns: listOf(TEXT),
      })),
    });
    checkOrganization(this, props);

    const { targetIds, policyTypes } = props, boundary = boundaryOf(props), policies = policiesOf(props);
    this.permissionsBoundary = new PolicyDocument({ statements: boundary });
    checkFit(this, policies, boundary);
    this.documents = { ...texts(policies), 'permissions-boundary': JSON.stringify(this.permissionsBoundary) };
    if (targetIds === undefined) return;
    const name = Names.uniqueResourceName(this, { maxLength: 80, separator: '-' });
    for (const [type, documents] of Object.entries(policies)) {
      if (policyTypes?.includes(type) === false) continue;
      for (const [document, content] of Object.entries(documents)) {
        new CfnPolicy(this, document, { type, name: `${name}-${document}`, description: DESCRIPTIONS[type], content, targetIds });
      }
    }
  }
}

const DESCRIPTIONS: Record<string, string> = {
  SERVICE_CONTROL_POLICY: 'What nobody in the accounts does, administrators included',
  RESOURCE_CONTROL_POLICY: 'Who reaches resources of the accounts, whatever their own policies say',
  DECLARATIVE_POLICY_EC2: 'What networks, images and instances of the accounts are like',
  S3_POLICY: 'No public buckets in the accounts',
};

/** Every policy, by its type. */
function policiesOf(props: OrganizationGuardrailsProps): Record<string, Documents> {
  const { organizationId, deployingRoles: deploying, exemptRoles: exempt = [], workloads = [], trustedAccounts = [] } = props;
  const { corporateCidrs = [], permissionsBoundaryArn: permissionsBoundary } = props;
  const control = [
    ...controlStatements({ exempt, deploying, permissionsBoundary }),
    ...further(props),
    ...originStatements(workloads, exempt),
    ...sageMakerStatements({ ...limitsOf(props), exempt, deploying }),
  ];
  const dataBucketNames = workloads.flatMap((one) => one.dataBucketNames ?? []);
  return {
    SERVICE_CONTROL_POLICY: numbered('service-control-policy', 'SERVICE_CONTROL_POLICY', control),
    RESOURCE_CONTROL_POLICY: numbered('resource-control-policy', 'RESOURCE_CONTROL_POLICY', resourceStatements({ organizationId, trustedAccounts, exempt, dataBucketNames, corporateCidrs })),
    DECLARATIVE_POLICY_EC2: { 'ec2-policy': EC2_POLICY },
    S3_POLICY: { 's3-policy': S3_POLICY },
  };
}

/** What a boundary has no room for: SageMaker takes no subnets without security groups, and sharing is off where domains are ours. */
const LEFT_OUT = ['DenyMissingSecurityGroups', 'DenyForeignSharingKey'];

/**
 * Whoever has the boundary is exempt from nothing. It names no ids, so that it is the same in each account, and has no statement
 * ids, which take a tenth of the room.
 */
function boundaryOf(props: OrganizationGuardrailsProps): PolicyStatement[] {
  const statements = [
    new PolicyStatement({ effect: Effect.ALLOW, actions: ['*'], resources: ['*'] }),
    deny('DenyAdministration', byPatterns(ADMINISTRATION), {}),
    ...sageMakerStatements({ ...limitsOf(props), workloads: undefined, exempt: [], deploying: [], denied: ADMINISTRATION })
      .filter(({ sid }) => !LEFT_OUT.includes(sid!)),
  ];
  for (const statement of statements) statement.sid = undefined;
  return statements;
}

function limitsOf({ workloads, instanceTypes, requireNetworkIsolation, maximumRuntime = Duration.days(1) }: OrganizationGuardrailsProps) {
  return { workloads, instanceTypes, requireNetworkIsolation, maximumRuntime: maximumRuntime.toSeconds() };
}

function further({ deniedActions = [], deployingRoles, exemptRoles = [] }: OrganizationGuardrailsProps): PolicyStatement[] {
  return deniedActions.length === 0 ? [] : [deny('DenyFurtherActions', deniedActions, {}, [...exemptRoles, ...deployingRoles])];
}

function numbered(name: string, type: string, statements: PolicyStatement[]): Documents {
  return Object.fromEntries(documentsOf(statements, LARGEST[type]).map((document, index) => [`${name}-${index + 1}`, document.toJSON() as unknown]));
}

function texts(policies: Record<string, Documents>): Record<string, string> {
  const all = Object.values(policies).flatMap((documents) => Object.entries(documents));
  return Object.fromEntries(all.map(([name, content]) => [name, JSON.stringify(content)]));
}
