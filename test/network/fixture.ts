import { App, Stack, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EnvironmentNetwork, EnvironmentNetworkProps } from '../../src/network';

/** A stack that holds a network alone: no environment in sight. */
export class NetworkStack extends Stack {
  constructor(props: StackProps & { context?: Record<string, unknown> } = {}) {
    super(new App({ context: props.context }), 'Stack', props);
  }

  network(props: EnvironmentNetworkProps = {}, id = 'Network'): EnvironmentNetwork {
    return new EnvironmentNetwork(this, id, props);
  }

  get template(): Template {
    return Template.fromStack(this);
  }

  /** Properties of all resources of a type. */
  all(type: string): Record<string, unknown>[] {
    return Object.values(this.template.findResources(type)).map(({ Properties }) => Properties as Record<string, unknown>);
  }
}
