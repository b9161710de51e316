import { App, AppProps } from 'aws-cdk-lib';

/** An app without `tree.json`, which takes a sixth of a synthesis and which no test reads. */
export function testApp(props: AppProps = {}): App {
  return new App({ treeMetadata: false, ...props });
}
