import { PublishedFile } from './blueprint-context';
import { beginRelease, fetch, phasesOf, PublishedPart, RELEASE, RELEASED } from './program-steps';

/** The file of the repository that says how endpoints are tested. */
export const TESTS_FILE = 'buildspec.yml';

/** Steps that copy a version, and write the values to deploy it with beside the parts of the template. Nothing of the repository is run. */
export function releaseSteps(program: PublishedFile, parts: PublishedPart[]): Record<string, unknown> {
  return {
    version: '0.2',
    env: { 'exported-variables': ['MODEL_PACKAGE_ARN', 'VERSION_LINK', 'METRICS', 'STATE'] },
    phases: phasesOf(
      ...beginRelease(program, '/tmp/release.js', parts),
      `OUTPUT_DIRECTORY=${RELEASE} node /tmp/release.js`,
      ...Object.entries({ MODEL_PACKAGE_ARN: 'modelPackageArn', VERSION_LINK: 'link', METRICS: 'summary', STATE: 'state' })
        .map(([variable, field]) => `export ${variable}="$(node -p 'require("./${RELEASE}/release.json").${field}')"`),
    ),
    artifacts: RELEASED,
  };
}

/** Steps that copy the release to the accounts of a stage. Nothing of the repository is there. */
export function promotionSteps(program: PublishedFile): Record<string, unknown> {
  return {
    version: '0.2',
    phases: phasesOf(
      ...fetch(program, '/tmp/promotion.js'),
      // Named after its artifact, which has the name of the stage in it.
      'export ACCOUNTS_FILE="$(printenv "CODEBUILD_SRC_DIR_$ACCOUNTS")/accounts.json"',
      'RELEASE_FILE=release.json STAGE_FILE="stage-$STAGE.json" node /tmp/promotion.js',
    ),
  };
}

/** Steps that list the accounts of a stage which are ready for an endpoint. */
export function accountsSteps(program: PublishedFile): Record<string, unknown> {
  return {
    version: '0.2',
    phases: phasesOf(
      ...fetch(program, '/tmp/deployment-accounts.js'),
      // The stage as its template knows it, with the name that the project gives its stack set.
      'export DEPLOYMENT_ACCOUNTS="$(node -p \'JSON.stringify({ ...require("./stage-" + process.env.STAGE + ".json").accounts, stackSetName: process.env.STACK_SET_NAME })\')"',
      'node /tmp/deployment-accounts.js > plan.json',
      'node -p \'JSON.stringify(require("./plan.json").accounts)\' > accounts.json',
    ),
    artifacts: { files: ['accounts.json', 'plan.json'] },
  };
}
