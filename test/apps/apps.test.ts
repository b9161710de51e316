import { App } from 'aws-cdk-lib';
import { APPS, make } from './catalog/apps';
import { SynthesizedTemplate, isInner, synthesize, templatesOf } from './catalog/synthesized';
import { ACKNOWLEDGEMENTS } from './compliance/acknowledgements';
import { acknowledgementsOf, findings, isOwn } from './compliance/findings';
import { excesses } from './template/limits';
import { withoutPublications } from './template/published';
import { ResourceGraph } from './template/resource-graph';
import { resourcesOf, textsOf } from './template/template';
import { look } from '../../src/checks/core/look';
import { Template as RuledTemplate } from '../../src/checks/core/template';
import { RULES } from '../../src/checks/rules/all';
import { Acknowledgement } from '../../src/private/acknowledgements';

/** What holds people's work, and the keys to it: it stays unless its user asked otherwise. */
const STATEFUL = ['AWS::S3::Bucket', 'AWS::KMS::Key', 'AWS::KMS::Alias', 'AWS::ECR::Repository', 'AWS::Glue::Database', 'AWS::Athena::WorkGroup'];

/** What outlives even the deployment that was to make it and failed: the deployment itself fills the bucket, so that it could not be deleted. */
const FILLED_BY_DEPLOYMENTS = /^Custom::PublishedObjects?|StorageTemplates(Policy)?[0-9A-F]{8}$/;

const used = new Set<Acknowledgement>();
const acknowledged = new Set<string>();

describe.each(APPS)('$name', (checked) => {
  let app: App;
  let templates: SynthesizedTemplate[];

  beforeAll(() => ({ app, templates } = synthesize(checked)));

  test('has no circular dependency', () => {
    expect(templates.flatMap(({ template }) => ResourceGraph.of(template).circles())).toEqual([]);
  });

  test('keeps within every limit of size', () => {
    const all = templates.map(({ template }) => template);
    expect(templates.flatMap(({ template, body }) => excesses(template, body, all))).toEqual([]);
  });

  test('keeps what leaves the app within what can be sent inline', () => {
    const sizes = templates.filter(isInner).map(({ stackName, body }) => [stackName, Buffer.byteLength(body)] as const);
    expect(sizes.filter(([, size]) => size > 51_200)).toEqual([]);
  });

  test('is the same, byte for byte, when it is synthesized again', () => {
    expect(templatesOf(make(checked).synth()).map(({ body }) => body)).toEqual(templates.map(({ body }) => body));
  });

  test('needs no assets but its own template and what it publishes', () => {
    expect(templates.flatMap(({ template }) => textsOf(withoutPublications(template))).filter((text) => text.includes('cdk-hnb659fds-assets'))).toEqual([]);
    expect(templates.flatMap(({ template }) => Object.keys(template.Parameters ?? {}).filter((name) => name.startsWith('AssetParameters')))).toEqual([]);
  });

  test('starts no Studio application itself', () => {
    expect(templates.flatMap(({ template }) => resourcesOf(template, 'AWS::SageMaker::App'))).toEqual([]);
  });

  test('has no inline policy', () => {
    const inline = templates.flatMap(({ template }) => [
      ...resourcesOf(template, 'AWS::IAM::Policy'), ...resourcesOf(template, 'AWS::IAM::Role').filter(([, { Properties }]) => Properties?.Policies),
    ]);
    expect(inline.map(([id]) => id).filter((id) => !OWN.has(id))).toEqual([]);
  });

  test(checked.destroys ? 'lets go of everything, as was asked for' : 'keeps what holds people\'s work', () => {
    const stateful = templates.flatMap(({ template }) => STATEFUL.flatMap((type) => resourcesOf(template, type)));
    const expected = checked.destroys ? 'Delete' : 'RetainExceptOnCreate';
    const ours = stateful.filter(([id]) => !OWN.has(id) && !FILLED_BY_DEPLOYMENTS.test(id));
    const policies = ours.map(([id, resource]) => [id, resource.DeletionPolicy]);
    expect(policies.filter(([, policy]) => policy !== expected)).toEqual([]);
  });

  test('leaves nothing behind when its first deployment fails, but what that filled', () => {
    const left = templates.flatMap(({ template }) => Object.entries(template.Resources))
      .filter(([, { DeletionPolicy }]) => DeletionPolicy === 'Retain');
    const explained = ([id, { Type }]: (typeof left)[number]) => OWN.has(id) || FILLED_BY_DEPLOYMENTS.test(id) || FILLED_BY_DEPLOYMENTS.test(Type);
    expect(left.filter((one) => !explained(one)).map(([id]) => id)).toEqual([]);
  });

  test('keeps what closes a bucket as long as the bucket', () => {
    const apart = templates.flatMap(({ template }) => resourcesOf(template, 'AWS::S3::BucketPolicy').filter(([, policy]) => {
      const bucket = template.Resources[(policy.Properties?.Bucket as { Ref?: string }).Ref ?? ''];
      return bucket !== undefined && bucket.Type === 'AWS::S3::Bucket'
        && (policy.DeletionPolicy !== bucket.DeletionPolicy || policy.UpdateReplacePolicy !== bucket.UpdateReplacePolicy);
    }));
    expect(apart.map(([id]) => id)).toEqual([]);
  });

  test('keeps what its event rules could not deliver', () => {
    const targets = templates.flatMap(({ template }) => resourcesOf(template, 'AWS::Events::Rule')
      .flatMap(([id, { Properties }]) => (Properties?.Targets as { DeadLetterConfig?: unknown }[]).map((target) => ({ id, ...target }))));
    expect(targets.filter(({ DeadLetterConfig }) => DeadLetterConfig === undefined).map(({ id }) => id)).toEqual([]);
  });

  test('shows nothing of the library\'s in a report of cdk-nag, whichever pack is asked', () => {
    expect(findings(app).filter((finding) => !isOwn(finding)).map(({ id, construct }) => `${construct}: ${id}`)).toEqual([]);
    for (const one of acknowledgementsOf(app)) used.add(one);
  });

  test('breaks no rule of the library\'s own checks, nor leaves one to the deployment, without a reason in the template', () => {
    const found = templates.flatMap(({ template }) => look(new RuledTemplate(template), RULES));
    for (const { rule, resource, reason } of found) if (reason !== undefined) acknowledged.add(`${rule.id} at ${resource.type}: ${reason}`);
    const open = found.filter(({ reason }) => reason === undefined).map(({ rule, resource }) => `${rule.id} at ${resource.logicalId}`);
    expect(open.filter((one) => !OWN_FINDINGS.some((own) => own.test(one)))).toEqual([]);
  });
});

/** What apps of the catalog have of their own, or chose: a company's bucket, roles of their own, endpoints with one instance, images of an account. */
const OWN_FINDINGS = [
  /^Bucket(Perimeter|Tls) at Data666C94C7$/, /^ExecutionRoleTrust at (Execution|Job|Role)\w+$/, /^EndpointInstanceCount at EndpointConfiguration\w*$/,
  /^ModelImageRegistry at (Everything|Usual)\w+$/,
];

/** Somebody's own things, in an app that checks what we do beside them. */
const OWN = new Set(['Key961B73FD', 'Data666C94C7', 'AdministratorsDefaultPolicyA5F46470', 'RespondersDefaultPolicy62D568AD']);

test('every acknowledgement is of something that is still found', () => {
  expect(ACKNOWLEDGEMENTS.filter((acknowledgement) => acknowledgement.checks === undefined && !used.has(acknowledgement)).map(({ rules, wildcard, at }) => `${rules} ${wildcard} at ${at}`)).toEqual([]);
});

test('every acknowledgement of the library\'s own checks is of something that is still found', () => {
  const reasons = [...acknowledged].join('\n');
  expect(ACKNOWLEDGEMENTS.filter(({ checks = [], reason }) => checks.some((rule) => !reasons.includes(`${rule} at `) || !reasons.includes(reason))).map(({ checks, reason }) => `${String(checks)}: ${reason}`)).toEqual([]);
});
