import { resolve } from 'path';
import { App, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { HomeFileSystem } from '../../src/studio';
import { StudioAloneStack } from './apps/studio-alone';
import { Stage, Variant } from './variants';

const { DESTROY, RETAIN } = RemovalPolicy;

/** What is rehearsed of the given app (a module that exports a stack), or else all of ours. */
export function variants(app?: string): Variant[] {
  if (app !== undefined) {
    return [{ name: 'app', proves: 'the app deploys, changes, fails safely and goes away, as far as it chose', build: stackOf(app), change: true }];
  }
  return [
    {
      name: 'studio', proves: 'Studio alone deploys, changes, fails safely, and goes away under the hands of people',
      build: studio({ removalPolicy: DESTROY }), change: true, people: true,
    },
    {
      name: 'studio-keep', proves: 'people\'s work stops the deletion with a message that names it',
      build: studio({ removalPolicy: RETAIN }), people: true,
      refusedFirst: { because: 'is kept because people\'s work is in it', then: async (people) => people.goHome() },
    },
    {
      name: 'home-destroy', proves: 'a home file system goes, and does not hold the VPC; after a lost answer, deletion goes on where it was',
      build: studio({ removalPolicy: DESTROY, homeFileSystem: HomeFileSystem.destroy() }), change: true, people: true,
      refusedFirst: { because: 'it was lost', loseAnswers: true },
    },
    {
      name: 'home-retain', proves: 'a home file system that is kept is the only thing that is',
      build: studio({ removalPolicy: DESTROY, homeFileSystem: HomeFileSystem.retain() }), keeps: [/^efs\.file_systems\//],
    },
  ];
}

function studio(props: { removalPolicy: RemovalPolicy; homeFileSystem?: HomeFileSystem }) {
  return (app: App, { account, region }: Stage) => void new StudioAloneStack(app, 'StudioAlone', { env: { account, region }, ...props });
}

/** The first stack that a module exports. */
function stackOf(module: string): Variant['build'] {
  const exported = Object.values(require(resolve(module)) as Record<string, unknown>);
  const Exported = exported.find((one): one is new (scope: App, id: string, props: StackProps) => Stack => typeof one === 'function' && one.prototype instanceof Stack);
  if (!Exported) throw new Error(`${module} exports no stack.`);
  return (app, { account, region }) => void new Exported(app, Exported.name, { env: { account, region } });
}
