import { ROWS } from '../../access/chains/rows';

const STAGES = ['target', 'production'];
const byStage = (rows: (stage: string) => [who: string, steps: string[]][]) => Object.fromEntries(STAGES.flatMap(rows));

/** What runs from the bucket that hands artifacts on: who writes anywhere in it writes all of this. */
const HANDED_ON = ['codeBuild', 'imageBuild', 'accountsBuild', 'pipelineExecution', 'jobExecution', 'stackSetAdministrator'].map((who) => `writes ${who}`);

/** Every step: what somebody does, and as whom they then work. Nobody else takes any. */
export const STEPS: Record<string, string[]> = {
  // People open their Studio, and an ML engineer's runs with another role.
  dataScientist: ['opens studioExecution'],
  mlEngineer: ['opens studioExecution', 'opens dataPreparation'],
  // Studio starts jobs and pipelines, and pushes to repositories that builds run.
  studioExecution: ['passes jobExecution', 'passes pipelineExecution', 'updates pipelineExecution', 'pushes codeBuild', 'pushes imageBuild', 'opens sharedSpace'],
  dataPreparation: [
    'passes jobExecution', 'passes pipelineExecution', 'updates pipelineExecution', 'pushes codeBuild', 'pushes imageBuild', 'opens sharedSpace', 'opens studioExecution',
  ],
  sharedSpace: ['passes jobExecution'],
  pipelineExecution: ['passes jobExecution', 'passes batchInference'],
  // Builds write the pipelines of their projects and the code of their jobs, and test endpoints.
  codeBuild: [
    'passes pipelineExecution', 'updates pipelineExecution', 'writes pipelineExecution', 'writes jobExecution', 'assumes endpointTest', 'assumes productionEndpointTest',
  ],
  // What is launched is what the environment wrote.
  publisher: ['writes projectLaunch', 'writes release', 'writes imageRelease'],
  projectLaunch: [
    ...['codeBuild', 'imageBuild', 'accountsBuild', 'release', 'imageRelease'].flatMap((build) => [`passes ${build}`, `starts ${build}`]),
    'pushes codeBuild', 'pushes imageBuild', 'passes codePipeline', 'updates codePipeline', 'passes eventsRole',
  ],
  codePipeline: [
    ...['codeBuild', 'imageBuild', 'accountsBuild', 'release', 'imageRelease'].map((build) => `starts ${build}`),
    ...HANDED_ON, 'passes stackSetAdministrator', 'updates stackSetAdministrator',
  ],
  release: HANDED_ON,
  accountsBuild: ['assumes endpointTest', 'assumes productionEndpointTest'],
  // In the accounts of stages.
  stackSetAdministrator: STAGES.map((stage) => `assumes ${stage}Deployment`),
  ...byStage((stage) => [
    [`${stage}Deployment`, ['ModelExecution', 'MonitoringAlarms', 'MonitoringSchedule'].map((role) => `passes ${stage}${role}`)],
    [`${stage}MonitoringSchedule`, [`passes ${stage}Monitoring`]],
  ]),
};

/** Rows that go further than those of the chains that are searched, and why. */
const FURTHER: Record<string, string[]> = {
  // A deployment makes what runs in its account, and what watches it there, with the roles for that.
  ...byStage((stage) => [
    [`${stage}Deployment`, ['ModelExecution', 'Monitoring', 'MonitoringAlarms', 'MonitoringSchedule'].map((role) => stage + role)],
    [`${stage}MonitoringSchedule`, [`${stage}Monitoring`]],
  ]),
};

/** As whom somebody may come to work in any number of steps. */
export function rowOf(who: string): string[] {
  const row = new Set([...ROWS[who] ?? [], ...FURTHER[who] ?? []]);
  for (const one of row) for (const next of FURTHER[one] ?? []) row.add(next); // a set grows while it is read
  row.delete(who);
  return [...row].sort();
}
