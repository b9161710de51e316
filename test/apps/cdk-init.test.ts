import { Tags } from 'aws-cdk-lib';
import { APPS, make } from './catalog/apps';
import { cdkInitContext } from './catalog/cdk-init';
import { isInner, templatesOf } from './catalog/synthesized';
import { excesses } from './template/limits';
import { withoutPublications } from './template/published';
import { ResourceGraph } from './template/resource-graph';
import { textsOf } from './template/template';

const FLAGS = cdkInitContext();
/** As many as a company asks for. */
const COMPANY_TAGS = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`company:tag-${index}`, `the value of the tag ${index}`]));

beforeEach(() => void jest.spyOn(console, 'error').mockImplementation()); // a flag has annotations printed in tables
afterEach(() => jest.restoreAllMocks());

test('cdk init writes flags', () => {
  expect(FLAGS).toMatchObject({ '@aws-cdk/core:explicitStackTags': true, '@aws-cdk/core:enablePartitionLiterals': true });
});

// Once each: what differs between apps by flags is looked at, not all that is said of them elsewhere.
test.each(APPS)('$name deploys from an app that cdk init made, with the tags of a company', (checked) => {
  const app = make({ ...checked, context: { ...FLAGS, ...checked.context } });
  for (const [key, value] of Object.entries(COMPANY_TAGS)) Tags.of(app).add(key, value);
  const templates = templatesOf(app.synth());
  const all = templates.map(({ template }) => template);
  expect(all.flatMap((template) => ResourceGraph.of(template).circles())).toEqual([]);
  expect(templates.flatMap(({ template, body }) => excesses(template, body, all))).toEqual([]);
  expect(templates.filter(isInner).filter(({ body }) => Buffer.byteLength(body) > 51_200).map(({ stackName }) => stackName)).toEqual([]);
  expect(templates.flatMap(({ template }) => textsOf(withoutPublications(template))).filter((text) => text.includes('cdk-hnb659fds-assets'))).toEqual([]);
}, 60_000);
