import { countByType, resourcesOf, Template, Value } from '../../test/apps/template/template';

/** What a user gets, read from the synthesized template. */
export interface Deliverable {
  readonly outputs: { readonly name: string; readonly value: Value; readonly description: string }[];
  readonly buckets: string[];
  readonly keys: string[];
  readonly endpoints: string[];
  readonly roles: number;
  readonly users: string[];
  readonly resources: number;
  readonly functions: number;
  readonly customResources: number;
}

export function deliverableOf(template: Template): Deliverable {
  const counts = countByType(template);
  const of = (type: string) => resourcesOf(template, type);
  const outputs = Object.entries(template.Outputs ?? {}) as [string, { Value: Value; Description?: string }][];
  return {
    outputs: outputs.map(([name, { Value: value, Description: description = '' }]) => ({ name, value, description })),
    buckets: of('AWS::S3::Bucket').map(([, { Metadata }]) => partOf(Metadata?.['aws:cdk:path'])),
    keys: of('AWS::KMS::Alias').map(([, { Properties }]) => String(Properties?.AliasName)),
    endpoints: of('AWS::EC2::VPCEndpoint').map(([, { Properties }]) => serviceOf(Properties?.ServiceName ?? '')),
    roles: of('AWS::IAM::Role').length,
    users: of('AWS::SageMaker::UserProfile').map(([, { Properties }]) => String(Properties?.UserProfileName)),
    resources: Object.keys(template.Resources).length,
    functions: counts.get('AWS::Lambda::Function') ?? 0,
    customResources: [...counts].filter(([type]) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource').reduce((sum, [, count]) => sum + count, 0),
  };
}

/** The construct that a resource belongs to: `Storage/Data` of `Stack/Churn/Storage/Data/Resource`. */
function partOf(path: Value | undefined): string {
  return String(path).split('/').slice(-2, -1)[0] ?? '';
}

/** `sagemaker.api` of `com.amazonaws.<region>.sagemaker.api`, and `s3` of a join of the same. */
function serviceOf(name: Value): string {
  const text = typeof name === 'string' ? name : JSON.stringify(name);
  return /com\.amazonaws\.[^"]*?(?:"?\s*,\s*\{[^}]*\}\s*,\s*"\.|[a-z]{2}(?:-[a-z]+)+-\d\.)([a-z0-9.-]+)/.exec(text)?.[1] ?? text;
}
