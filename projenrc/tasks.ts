import { awscdk } from 'projen';

/** Runs a TypeScript program of `integ/` from its source. */
const program = (path: string) => `ts-node -T --project integ/tsconfig.json ${path}`;

/** Tasks of this project beyond those that projen knows. */
export function registerTasks(project: awscdk.AwsCdkConstructLibrary): void {
  bundleHandlers(project);
  compileReadmeExamples(project);
}

/** Handlers are bundled into `assets/`, one minified CommonJS file each, which the constructs inline into templates. */
function bundleHandlers(project: awscdk.AwsCdkConstructLibrary): void {
  const bundle = project.addTask('bundle:handlers', {
    description: 'Bundle the Lambda handlers that templates carry inline',
    exec: 'ts-node -T --project projenrc/tsconfig.json projenrc/bundle-handlers.ts',
  });
  project.preCompileTask.spawn(bundle);
}

/** README examples that do not compile fail the build. */
function compileReadmeExamples(project: awscdk.AwsCdkConstructLibrary): void {
  const examples = project.addTask('rosetta:strict', {
    description: 'Compile every example of the README and the docstrings',
    exec: 'jsii-rosetta extract --strict .',
  });
  project.postCompileTask.prependSpawn(examples);
}

export { program };
