import { App } from 'aws-cdk-lib';
import { QuickstartStack } from './quickstart-stack';

/** The app of README's first command. */
export function build(app: App): QuickstartStack {
  return new QuickstartStack(app, 'SecureMlopsQuickstart');
}

if (require.main === module) build(new App());
