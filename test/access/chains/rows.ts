import { PERSONAS, TARGET_ROLES, WORKLOADS } from '../cast';

/** Who is not in the app of the rows. */
const NOT_THERE = /romotion|bucketEmptying/; // stages of this app keep no copies of models, and its buckets are retained

/** Everybody in the app of the rows. */
export const EVERYBODY = [...Object.keys(PERSONAS), ...Object.keys(WORKLOADS), ...Object.keys(TARGET_ROLES)].filter((who) => !NOT_THERE.test(who));
/** What the repository of a project decides: its build, the pipeline that it writes, the jobs of that pipeline, and the tests of endpoints. */
const BUILDS = ['batchInference', 'codeBuild', 'endpointTest', 'jobExecution', 'pipelineExecution', 'productionEndpointTest'];
/** What those decide who push to repositories, of images too. */
const PUSHED = [...BUILDS, 'imageBuild'];
const DEPLOYMENTS = ['productionDeployment', 'stackSetAdministrator', 'targetDeployment'];

/** As whom somebody can work in any number of steps; nobody else reaches anybody. */
export const ROWS: Record<string, string[]> = {
  // People: their own Studio, and what projects let it do.
  dataScientist: ['sharedSpace', 'studioExecution', ...PUSHED],
  mlEngineer: ['dataPreparation', 'sharedSpace', 'studioExecution', ...PUSHED],
  // What people work with.
  studioExecution: ['sharedSpace', ...PUSHED],
  dataPreparation: ['sharedSpace', 'studioExecution', ...PUSHED],
  sharedSpace: ['jobExecution'],
  pipelineExecution: ['batchInference', 'jobExecution'],
  codeBuild: BUILDS.filter((who) => who !== 'codeBuild'),
  // What nobody above reaches: services between an approval and an endpoint, and our own functions.
  stackSetAdministrator: ['productionDeployment', 'targetDeployment'],
  accountsBuild: ['endpointTest', 'productionEndpointTest'],
  release: ['accountsBuild', ...PUSHED, ...DEPLOYMENTS],
  codePipeline: ['accountsBuild', 'imageRelease', 'release', ...PUSHED, ...DEPLOYMENTS],
  projectLaunch: ['accountsBuild', 'codePipeline', 'eventsRole', 'imageRelease', 'release', ...PUSHED, ...DEPLOYMENTS],
  publisher: ['accountsBuild', 'codePipeline', 'eventsRole', 'projectLaunch', 'imageRelease', 'release', ...PUSHED, ...DEPLOYMENTS],
};
