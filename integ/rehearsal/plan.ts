import { resolve } from 'path';
import { App } from 'aws-cdk-lib';
import { studio } from './apps/l1-studio';
import { Stage, Variant } from './variants';

/** What is rehearsed: the given app, or else ours. */
export function variants(app?: string): Variant[] {
  const build = app === undefined ? studio : (require(resolve(app)) as { build: (app: App, stage: Stage) => void }).build;
  return [
    { name: 'l1', proves: 'deploys, changes, fails safely and goes away', build, change: true },
  ];
}
