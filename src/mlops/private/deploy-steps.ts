import { PublishedProgram } from './blueprint-context';

/** The file of the repository that says how endpoints are tested. */
export const TESTS_FILE = 'buildspec.yml';

/** What the release leaves for the steps after it. */
export const RELEASE = 'release';

/** Node.js of the build image: the programs of the library have no other needs. */
export const INSTALL = { 'runtime-versions': { nodejs: 22 } };

/** Fetches what was published, and stops if it is something else. */
export function fetch({ key, sha256 }: PublishedProgram, file: string): string[] {
  return [
    `aws s3 cp --only-show-errors "s3://$TEMPLATES_BUCKET/${key}" ${file}`,
    `echo "${sha256}  ${file}" | sha256sum --check --quiet`,
  ];
}

/** Steps that copy a version, and write the values to deploy it with beside the parts of the template. Nothing of the repository is run. */
export function releaseSteps(program: PublishedProgram, parts: { file: string; key: string }[]): Record<string, unknown> {
  return {
    version: '0.2',
    env: { 'exported-variables': ['MODEL_PACKAGE_ARN', 'VERSION_LINK', 'METRICS'] },
    phases: {
      install: INSTALL,
      build: {
        commands: [
          `rm -rf ${RELEASE} && mkdir ${RELEASE}`, // the repository's, if it has one: what is handed on is made here
          ...fetch(program, '/tmp/release.js'),
          ...parts.map(({ file, key }) => `aws s3 cp --only-show-errors "s3://$TEMPLATES_BUCKET/${key}" ${RELEASE}/${file}`),
          `OUTPUT_DIRECTORY=${RELEASE} node /tmp/release.js`,
          ...Object.entries({ MODEL_PACKAGE_ARN: 'modelPackageArn', VERSION_LINK: 'link', METRICS: 'summary' })
            .map(([variable, field]) => `export ${variable}="$(node -p 'require("./${RELEASE}/release.json").${field}')"`),
        ],
      },
    },
    artifacts: { 'base-directory': RELEASE, 'files': ['**/*'] },
  };
}

/** Steps that copy the release to the accounts of a stage. Nothing of the repository is there. */
export function promotionSteps(program: PublishedProgram): Record<string, unknown> {
  return {
    version: '0.2',
    phases: {
      install: INSTALL,
      build: {
        commands: [
          ...fetch(program, '/tmp/promotion.js'),
          // Named after its artifact, which has the name of the stage in it.
          'export ACCOUNTS_FILE="$(printenv "CODEBUILD_SRC_DIR_$ACCOUNTS")/accounts.json"',
          'RELEASE_FILE=release.json STAGE_FILE="stage-$STAGE.json" node /tmp/promotion.js',
        ],
      },
    },
  };
}

/** Steps that list the accounts of a stage which are ready for an endpoint. */
export function accountsSteps(program: PublishedProgram): Record<string, unknown> {
  return {
    version: '0.2',
    phases: {
      install: INSTALL,
      build: {
        commands: [
          ...fetch(program, '/tmp/deployment-accounts.js'),
          // The stage as its template knows it, with the name that the project gives its stack set.
          'export DEPLOYMENT_ACCOUNTS="$(node -p \'JSON.stringify({ ...require("./stage-" + process.env.STAGE + ".json").accounts, stackSetName: process.env.STACK_SET_NAME })\')"',
          'node /tmp/deployment-accounts.js > plan.json',
          'node -p \'JSON.stringify(require("./plan.json").accounts)\' > accounts.json',
        ],
      },
    },
    artifacts: { files: ['accounts.json', 'plan.json'] },
  };
}
