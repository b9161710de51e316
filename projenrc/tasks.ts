import { awscdk } from 'projen';

/** Runs a TypeScript program of `integ/` from its source. */
const program = (path: string) => `ts-node -T --project integ/tsconfig.json ${path}`;

/** Every `integ/apps/<name>/integ.<name>.ts`. Types are checked elsewhere, once for all of them. */
const INTEG_RUNNER = "integ-runner --directory integ/apps --app 'node -r ts-node/register/transpile-only {filePath}' --test-regex '^integ\\..*\\.ts$' --max-workers 2";

/** Tasks of this project beyond those that projen knows. */
export function registerTasks(project: awscdk.AwsCdkConstructLibrary): void {
  bundleHandlers(project);
  documentApi(project);
  listChanges(project);
  compileReadmeExamples(project);
  loadWhatIsUsed(project);
  packageNothingHalfMade(project);
  registerChecks(project);
}

/** What README's two commands run, and its parts one by one. */
function registerChecks(project: awscdk.AwsCdkConstructLibrary): void {
  const task = (name: string, description: string, exec: string) => project.addTask(name, { description, exec, receiveArgs: true });
  task('quickstart', 'Stand up the quickstart app on a local AWS and say what a user gets', program('integ/quickstart/quickstart.ts'));
  task('verify', 'Run every check', program('integ/checks/verify.ts'));
  task('rehearse', 'Deploy, change, break and destroy apps on a local AWS', program('integ/rehearsal/rehearse.ts'));
  task('acceptance', 'Deploy an environment to your AWS account, and try what only AWS can prove', program('integ/acceptance/acceptance.ts'));
  task('access:mutation', 'Weaken every policy statement and see that a scenario notices', 'ts-node -T --project test/tsconfig.json test/access/mutation.ts');
  task('sdk:capture', 'Run notebooks with both versions of the SageMaker SDK, and write down what they ask of AWS', program('integ/sdk/capture.ts'));
  task('integ', 'Compare the apps of integ/apps with their snapshots', INTEG_RUNNER);
  // The check must not bundle, beside others that read the bundles; whoever writes a snapshot must.
  project.addTask('integ:update', {
    description: 'Write the snapshots anew, after a change that was meant',
    steps: [{ spawn: 'bundle:handlers' }, { exec: `${INTEG_RUNNER} --dry-run --force`, receiveArgs: true }],
  });
}

/** Handlers are bundled into `assets/`, one minified CommonJS file each, which the constructs inline into templates. */
function bundleHandlers(project: awscdk.AwsCdkConstructLibrary): void {
  const bundle = project.addTask('bundle:handlers', {
    description: 'Bundle the Lambda handlers that templates carry inline',
    exec: 'ts-node -T --project projenrc/tsconfig.json projenrc/bundle-handlers.ts',
  });
  project.preCompileTask.spawn(bundle);
}

/** What the compiler writes loads all of the library at once. */
function loadWhatIsUsed(project: awscdk.AwsCdkConstructLibrary): void {
  const lazy = project.addTask('lazy:loading', {
    description: 'Let the compiled library load a file when somebody first uses what is in it',
    exec: 'ts-node -T --project projenrc/tsconfig.json projenrc/lazy-loading.ts',
  });
  project.compileTask.spawn(lazy);
}

/** Bundles are not in the repository: a clone that was not compiled has none, and its package would die at somebody's synthesis. */
function packageNothingHalfMade(project: awscdk.AwsCdkConstructLibrary): void {
  for (const language of ['js', 'java', 'python']) {
    project.tasks.tryFind(`package:${language}`)!.prependExec('ts-node -T --project projenrc/tsconfig.json projenrc/required-bundles.ts');
  }
}

/** The index in API.md and a page for each room. */
function documentApi(project: awscdk.AwsCdkConstructLibrary): void {
  const docgen = project.addTask('docgen', {
    description: 'Write API.md, of all and of each room, from the compiled library',
    exec: 'ts-node -T --project projenrc/tsconfig.json projenrc/api-docs.ts',
  });
  project.postCompileTask.spawn(docgen);
}

/** The changes since the last release, for readers of the repository; a release writes its own. */
function listChanges(project: awscdk.AwsCdkConstructLibrary): void {
  const header = '# Changelog\n\nMade of commit messages by `npx projen changelog`; the first section is what comes with the next release.\n';
  project.addTask('changelog', {
    description: 'Write CHANGELOG.md from the commits since the last release',
    exec: `rm -f CHANGELOG.md && commit-and-tag-version --silent --skip.bump --skip.commit --skip.tag --first-release --release-count 0 --header '${header}'`,
  });
}

/** README examples that do not compile fail the build. */
function compileReadmeExamples(project: awscdk.AwsCdkConstructLibrary): void {
  const examples = project.addTask('rosetta:strict', {
    description: 'Compile every example of the README and the docstrings',
    exec: 'jsii-rosetta extract --strict .',
  });
  project.postCompileTask.prependSpawn(examples);
}
