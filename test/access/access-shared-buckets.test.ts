import { Stack } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Bucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { churn } from './churn-app';
import { ACCOUNTS, REGION } from './request/organization';
import { readScenarios, Scenario } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { DataScienceEnvironment } from '../../src';

const OWNER = ACCOUNTS.sibling;
const BUCKETS = ['data', 'models', 'reports', 'artifacts', 'templates'] as const;
const OBJECTS = /^(data|dataOutput|model|report|artifact|template)(Object|Bucket)$/;

/** The owner does as it is told by `requiredStatements`: here in the environment's stack, which knows what the statements refer to. */
function addWhatIsRequired(environment: DataScienceEnvironment): void {
  const { storage } = environment, owner = new Construct(Stack.of(environment), 'Owner');
  const { dataBucket: data, modelsBucket: models, reportsBucket: reports } = storage, { artifacts, templates } = storage._forProjects();
  for (const bucket of [data, models, reports, artifacts, templates]) {
    const policyDocument = new PolicyDocument({ statements: storage.requiredStatements(bucket) });
    new CfnBucketPolicy(owner, bucket.bucketName, { bucket: bucket.bucketName, policyDocument });
  }
}

const system = churn({
  bucketOwner: OWNER,
  props: (stack) => ({
    storage: {
      existingBuckets: Object.fromEntries(BUCKETS.map((name) => [
        `${name}Bucket`, Bucket.fromBucketAttributes(stack, `Company-${name}`, { bucketName: `company-${name}`, account: OWNER.id, region: REGION }),
      ])),
    },
  }),
  finish: addWhatIsRequired,
});
const simulator = new Simulator();

/** Rows that mean something else: who is of the owner's account; settings of the buckets, and who looks into them; whose key encrypts them. */
const meansOthers = ({ expect, who, given }: Scenario) => /^(organizationSibling|siblingSameName|sibling:)/.test(who) || given?.sse !== undefined
  || (expect === 'allow' && /^(serviceLinked|cloudFormationExecution|service:|accountAdministrator|overgrown:)/.test(who));

async function broken(scenarios: Scenario[]): Promise<string[]> {
  const found: string[] = [];
  for (const scenario of scenarios) {
    const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
    if (outcome !== scenario.expect) found.push(`${scenario.id}: ${scenario.who} ${scenario.does} ${scenario.on} from ${scenario.from}: ${detail}`);
  }
  return found;
}

test('the owner of buckets that the environment was given goes on working with them, and lets nobody else in', async () => {
  expect(await broken(readScenarios('shared-buckets'))).toEqual([]);
}, 300_000);

test('the environment\'s roles do in buckets of another account what they do in their own, and others do not', async () => {
  const everyDay = readScenarios('contract', 'own').filter((scenario) => OBJECTS.test(scenario.on) && !meansOthers(scenario));
  expect(everyDay.length).toBeGreaterThan(500);
  expect(await broken(everyDay)).toEqual([]);
}, 300_000);
