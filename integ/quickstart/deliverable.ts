import { creationTimeOf } from '../../test/apps/template/creation-time';
import { countByType, resourcesOf, Template, textsOf, Value } from '../../test/apps/template/template';

/** What a user gets, read from the synthesized template. */
export interface Deliverable {
  readonly outputs: { readonly name: string; readonly value: Value; readonly description: string }[];
  readonly buckets: string[];
  readonly keys: string[];
  readonly endpoints: string[];
  readonly roles: number;
  readonly users: string[];
  readonly projectTemplates: string[];
  readonly resources: number;
  readonly functions: number;
  readonly customResources: number;
  /** How long CloudFormation takes at least, roughly. */
  readonly minutes: number;
}

export function deliverableOf(template: Template): Deliverable {
  const counts = countByType(template);
  const of = (type: string) => resourcesOf(template, type);
  const outputs = Object.entries(template.Outputs ?? {}) as [string, { Value: Value; Description?: string }][];
  return {
    outputs: outputs.map(([name, { Value: value, Description: description = '' }]) => ({ name, value, description })),
    buckets: of('AWS::S3::Bucket').map(([id]) => purposeOf(id)),
    keys: of('AWS::KMS::Alias').map(([, { Properties }]) => String(Properties?.AliasName)),
    endpoints: of('AWS::EC2::VPCEndpoint').map(([, { Properties }]) => serviceOf(Properties?.ServiceName ?? '')),
    roles: of('AWS::IAM::Role').length,
    projectTemplates: of('AWS::ServiceCatalog::CloudFormationProduct').map(([, { Properties }]) => String(Properties?.Name)),
    users: of('AWS::SageMaker::UserProfile').map(([, { Properties }]) => String(Properties?.UserProfileName)),
    resources: Object.keys(template.Resources).length,
    functions: counts.get('AWS::Lambda::Function') ?? 0,
    minutes: creationTimeOf(template).seconds / 60,
    customResources: [...counts].filter(([type]) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource').reduce((sum, [, count]) => sum + count, 0),
  };
}

/** `access logs` of `ChurnStorageAccessLogs96FB524C`. */
function purposeOf(bucket: string): string {
  return bucket.replace(/^.*Storage/, '').replace(/[0-9A-F]{8}$/, '').replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}

/** `sagemaker.api` of `com.amazonaws.<region>.sagemaker.api`, and `sagemaker studio` of `aws.sagemaker.<region>.studio`. */
function serviceOf(name: Value): string {
  return textsOf(name).join('').replace(/AWS::Region/g, '').replace(/^(cn\.)?com\.amazonaws\.([a-z]{2}(-[a-z]+)+-\d)?\.?/, '').replace(/^aws\.sagemaker\..*\.(?=\w+$)/, 'sagemaker.');
}
