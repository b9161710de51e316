import { createRequire } from 'module';
import { resolve } from 'path';
import { App, Duration, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { EnvironmentStack, EnvironmentStackProps } from './apps/environment';
import { StudioAloneProps, StudioAloneStack } from './apps/studio-alone';
import { Step } from './changes';
import { Variant } from './variants';
import { HomeFileSystem } from '../../src/studio';

const { DESTROY, RETAIN } = RemovalPolicy;
const BOTH_KEYS = { '@cdk-secure-mlops/destroy-data': true };

/** What is rehearsed of the given app (a module that exports a stack), or else all of ours. */
export function variants(app?: string): Variant[] {
  if (app !== undefined) {
    return [{ name: 'app', proves: 'the app deploys, changes, fails safely and goes away, as far as it chose', build: stackOf(app), change: true }];
  }
  return [
    {
      name: 'studio',
      proves: 'Studio alone deploys, changes, fails safely, and goes away under the hands of people',
      build: studio({ removalPolicy: RETAIN }, { removalPolicy: DESTROY, users: ['alice', 'bob', 'carol'] }),
      change: true,
      people: true,
      context: BOTH_KEYS,
    },
    {
      name: 'home-destroy',
      proves: 'a home file system that was added later goes; after lost answers deletion goes on where it was',
      build: studio({ removalPolicy: DESTROY }, { homeFileSystem: HomeFileSystem.destroy() }),
      change: true,
      people: true,
      refusedFirst: { because: 'it was lost', loseAnswers: true },
      context: BOTH_KEYS,
    },
    {
      name: 'studio-keep',
      proves: 'a change that would replace the domain, and the deletion of people\'s work, are refused with the reason',
      build: studio({ removalPolicy: RETAIN }, { domainName: 'another' }),
      people: true,
      refusedChange: 'A Studio domain cannot change its DomainName',
      refusedFirst: { because: 'kept because people\'s work is in it', then: async (people) => people.goHome() },
    },
    {
      name: 'studio-user-leaves',
      proves: 'a user who still has a space is not removed behind everybody\'s back: the deployment is refused with the name',
      build: studio({ removalPolicy: RETAIN }, { users: ['alice'] }),
      people: true,
      refusedAtWork: 'user bob of Studio domain',
    },
    {
      name: 'home-retain',
      proves: 'a first attempt that fails half-way leaves nothing; a home file system that is kept is the only thing that is',
      build: studio({ removalPolicy: DESTROY, homeFileSystem: HomeFileSystem.retain() }, {}, { homeFileSystem: HomeFileSystem.destroy() }),
      failedFirstDeploy: true,
      keeps: [/^efs\.file_systems\//],
      context: BOTH_KEYS,
    },
    {
      name: 'environment-keep',
      proves: 'the whole environment deploys after a first attempt that failed, changes, also the settings of its buckets, and fails safely; data and keys that are kept stay, and nothing else',
      // Without an account and region in the app: names and zones are found where it is deployed.
      build: environment({ users: ['alice'], env: undefined }, { users: ['alice', 'bob'], noncurrentVersionExpiration: Duration.days(30) }),
      failedFirstDeploy: true,
      change: true,
      objects: true,
    },
    {
      name: 'environment-spared',
      proves: 'what was to be destroyed and is kept after all loses no object, by the change or by the deletion that follows',
      build: environment({ removalPolicy: DESTROY }, { removalPolicy: RETAIN }),
      change: true,
      objectsBeforeChange: true,
      context: BOTH_KEYS,
    },
    {
      name: 'environment-destroy',
      proves: 'with both keys data and keys go, with people at work, and under a company\'s role path and boundary',
      build: environment({ removalPolicy: DESTROY, companyPolicy: true, homeFileSystem: HomeFileSystem.destroy() }),
      people: true,
      objects: true,
      context: BOTH_KEYS,
    },
  ];
}

/** `SecureStudioDomain` alone: as it is first, what is different later, and in a first attempt that fails. */
function studio(first: Partial<StudioAloneProps>, later: Partial<StudioAloneProps>, failedFirstDeploy: Partial<StudioAloneProps> = {}): Variant['build'] {
  return (app, { step, account, region }) => {
    const different = step === Step.FIRST ? {} : step === Step.FAILED_FIRST_DEPLOY ? failedFirstDeploy : later;
    new StudioAloneStack(app, 'StudioAlone', { env: { account, region }, users: ['alice', 'bob'], ...first, ...different });
  };
}

/** The whole environment: as it is first, and what is different later. */
function environment(first: Partial<EnvironmentStackProps>, later: Partial<EnvironmentStackProps> = {}): Variant['build'] {
  return (app, { step, account, region }) => {
    const different = step === Step.FIRST ? {} : later;
    new EnvironmentStack(app, 'Environment', { env: { account, region }, users: ['alice', 'bob'], ...first, ...different });
  };
}

/** The first stack that a module exports. */
function stackOf(module: string): Variant['build'] {
  const exported = Object.values(createRequire(__filename)(resolve(module)) as Record<string, unknown>);
  const Exported = exported.find((one): one is new (scope: App, id: string, props: StackProps) => Stack => typeof one === 'function' && one.prototype instanceof Stack);
  if (!Exported) throw new Error(`${module} exports no stack.`);
  return (app, { account, region }) => void new Exported(app, Exported.name, { env: { account, region } });
}
