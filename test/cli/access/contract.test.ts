import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App } from 'aws-cdk-lib';
import { INTEG_APPS } from '../../../integ/apps/apps';
import { simulatorIn } from '../../../src/cli/access/find-simulator';
import { Cell, matrixOf } from '../../../src/cli/access/matrix';
import { stacksOf } from '../../../src/cli/assembly';
import { PERSONAS, WORKLOADS } from '../../access/cast';
import { readScenarios, Scenario } from '../../access/scenario';

/** What rows call the things that the table asks about. */
const THINGS: Record<string, string> = {
  dataObject: 'data bucket',
  dataOutputObject: 'data bucket',
  dataBucket: 'data bucket',
  modelObject: 'models bucket',
  modelBucket: 'models bucket',
  releaseObject: 'releases bucket',
  releaseBucket: 'releases bucket',
  reportObject: 'reports bucket',
  reportBucket: 'reports bucket',
  templateBucket: 'templates bucket',
  dataKey: 'data key',
  modelKey: 'models key',
  releaseKey: 'releases key',
  artifactKey: 'artifacts key',
  volumeKey: 'volumes key',
  anyJob: 'jobs',
  ownTrainingJob: 'jobs',
  ownPipeline: 'pipelines',
  modelPackage: 'model approval',
  otherUserProfile: 'user profiles',
  jobLogStream: 'logs',
  jobLogGroup: 'logs',
  jobExecutionRole: 'roles',
  studioExecutionRole: 'roles',
};
const PLACES: Record<string, string> = { environmentVpc: 'from the VPC', internet: 'from the internet', awsService: 'through an AWS service' };

/** Particulars that the questions have as well, or that the answer “if” leaves open. */
const SAME: Record<string, unknown> = { approvalStatus: 'Approved', viaService: 's3', passedTo: 'sagemaker.amazonaws.com', guardrails: 'met', sse: 'dataKey' };

/** Rows about other shapes of an environment than these apps have. */
const isComparable = ({ does, on, given = {} }: Scenario) => Object.entries(given).every(([key, value]) => SAME[key] === value)
  && (does !== 'sagemaker:UpdateModelPackage' || given.approvalStatus !== undefined)
  && (does !== 'iam:PassRole' || given.passedTo !== undefined && on === 'jobExecutionRole')
  // Writing is asked of what people and jobs write, not of what they were given.
  && (does !== 's3:PutObject' || on !== 'dataObject');

/** A service that uses a key for its caller is no matter of where the caller is. */
const placeOf = ({ from, given }: Scenario) => PLACES[given?.viaService === undefined ? from : 'awsService'];

const rows = readScenarios('contract', 'own').filter(isComparable).filter(({ who, on, from }) => who in { ...PERSONAS, ...WORKLOADS } && on in THINGS && from in PLACES);
const keyOf = ({ who }: Scenario) => ({ ...PERSONAS, ...WORKLOADS })[who];

const folder = mkdtempSync(join(tmpdir(), 'contract-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of a product the environment is made when it is launched. */
const DEPLOYED = INTEG_APPS.filter(({ name }) => name !== 'self-service');

describe.each(DEPLOYED)('$name', ({ name, build }) => {
  test('says of who, what and where what the access rows say', async () => {
    const outdir = join(folder, name), app = new App({ outdir });
    build(app);
    app.synth();
    const matrix = await matrixOf(stacksOf(outdir), await simulatorIn(resolve(__dirname, '..', '..', '..')));
    const [{ people }] = matrix.environments, titles = new Map(people.map(({ key, title, role }) => [key, role === undefined ? undefined : title]));
    const broken: string[] = [];
    let compared = 0;
    for (const row of rows) {
      const title = titles.get(keyOf(row)), thing = THINGS[row.on], at = placeOf(row);
      const isOf = ({ action, asset, who, place }: Cell) => action === row.does && asset === thing && who === title && place === at;
      const cells = matrix.cells.filter(isOf).filter(({ what }) => what !== 'open Studio as oneself');
      for (const { answer, reason } of cells) {
        compared++;
        // Whether the account is in the unit of an organization is in no template.
        const isRight = row.expect === 'deny' ? answer !== 'yes' : answer === 'yes' || answer === 'if' || reason?.includes('--organizational-unit');
        if (!isRight) broken.push(`${row.id}: ${row.who} ${row.does} ${row.on} from ${row.from}: ${answer}: ${row.why}`);
      }
    }
    expect(broken).toEqual([]);
    expect(compared).toBeGreaterThan(50);
  }, 600_000);
});
