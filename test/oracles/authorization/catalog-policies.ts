import { App } from 'aws-cdk-lib';
import { listOf, PolicyDocument, PolicyKind, PolicyStatement } from '../../access/policy-document';
import { StackValues } from '../../access/template/stack-values';
import { TemplateResource } from '../../access/template/synthesized-stack';
import { APPS } from '../../apps/catalog/apps';
import { synthesize } from '../../apps/catalog/synthesized';
import { lenientValue } from '../lenient-values';
import { stackSetOfTargets } from '../stack-set-of-targets';

/** A statement of a policy of some app of the catalog. */
export interface CatalogStatement {
  /** App, template and logical id. */
  readonly where: string;
  readonly kind: PolicyKind | 'repository' | 'topic' | 'queue';
  readonly statement: PolicyStatement;
}

/** Where resource types keep their policies. */
const POLICIES: Record<string, [CatalogStatement['kind'], string]> = {
  'AWS::EC2::VPCEndpoint': ['endpoint', 'PolicyDocument'],
  'AWS::ECR::Repository': ['repository', 'RepositoryPolicyText'],
  'AWS::Events::EventBus': ['bus', 'Policy'],
  'AWS::IAM::ManagedPolicy': ['identity', 'PolicyDocument'],
  'AWS::IAM::Policy': ['identity', 'PolicyDocument'],
  'AWS::IAM::Role': ['trust', 'AssumeRolePolicyDocument'],
  'AWS::KMS::Key': ['key', 'KeyPolicy'],
  'AWS::S3::BucketPolicy': ['bucket', 'PolicyDocument'],
  'AWS::SNS::TopicPolicy': ['topic', 'PolicyDocument'],
  'AWS::SQS::QueuePolicy': ['queue', 'PolicyDocument'],
};

const PLACE = { account: '111111111111', region: 'us-east-1' };

/**
 * Every statement of every policy in every template of the catalog's apps, each once for each app that differs in it, and in the
 * templates of targets by a stack set and of its role, which people deploy themselves.
 */
export function catalogStatements(): CatalogStatement[] {
  const { target, executionRole } = stackSetOfTargets();
  const ofApps = APPS.flatMap((checked) => synthesize(checked).templates.map(({ stackName, template }) => ({ stackName: `${checked.name}: ${stackName}`, template })));
  const ofStackSets = [{ stackName: 'stack set of targets', template: target }, { stackName: 'execution role of stack sets', template: executionRole }];
  return statementsOf([...ofApps, ...ofStackSets] as never);
}

/** Every statement of every policy of an app that is no part of the catalog. */
export function appStatements(app: App): CatalogStatement[] {
  return statementsOf(app.synth().stacks.map(({ stackName, template }) => ({ stackName, template: template as never })));
}

function statementsOf(stacks: { stackName: string; template: Record<string, never> }[]): CatalogStatement[] {
  const seen = new Set<string>();
  return stacks.flatMap(({ stackName, template }) => {
    const values = new StackValues({ ...PLACE, stackName: 'Stack', template }, () => undefined);
    const resources = Object.entries((template.Resources ?? {}) as Record<string, TemplateResource>);
    return resources.flatMap(([id, { Type, Properties = {} }]) => {
      const [kind, property] = POLICIES[Type] ?? [];
      if (!kind || Properties[property!] === undefined) return [];
      const document = lenientValue(Properties[property!], values) as unknown as PolicyDocument;
      return [document.Statement].flat().filter((statement) => {
        const text = `${kind} ${JSON.stringify(statement)}`;
        return !seen.has(text) && seen.add(text);
      }).map((statement) => ({ where: `${stackName}/${id} ${statement.Sid ?? listOf(statement.Action ?? statement.NotAction)[0]}`, kind, statement }));
    });
  });
}
