import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import {
  DataScienceEnvironment, DataScienceEnvironmentProps, DeploymentStage, EnvironmentProduct, EnvironmentProductProps, EnvironmentTemplate,
  ProjectBlueprint,
} from '../../../src';
import { testApp } from '../../test-app';

interface Choices {
  readonly projects?: boolean;
  readonly members?: boolean;
  readonly constructId?: string;
}

/** A template that asks for all that a form can ask for. */
export class ChurnTemplate extends EnvironmentTemplate {
  constructor(scope: Construct, id: string, props: Partial<DataScienceEnvironmentProps> & Choices = {}) {
    super(scope, id);
    const environment = new DataScienceEnvironment(this, props.constructId ?? 'Environment', {
      environmentName: this.environmentName,
      owner: this.owner,
      network: this.askForNetwork({ zoneCount: 2 }),
      deploymentStages: [DeploymentStage.accounts('production', { accounts: [this.askForTargetAccount()] })],
      ...props,
    });
    this.askForFirstMember(environment);
    if (props.members) environment.addMemberProduct();
    if (props.projects) environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  }
}

/** A product in a stack, and the template of its newest version. */
export function product(build: (stack: Stack) => Partial<EnvironmentProductProps> = () => ({})) {
  const app = testApp({ analyticsReporting: false });
  const stack = new Stack(app, 'Catalog', { env: { account: '111111111111', region: 'eu-west-1' } });
  const given = build(stack);
  const versions = given.versions ?? [{ name: '1', template: new ChurnTemplate(stack, 'V1') }];
  const made = new EnvironmentProduct(stack, 'Environments', { productName: 'Data science environment', owner: 'Platform team', ...given, versions });
  return { app, stack, made, template: versions[versions.length - 1]?.template, catalog: () => Template.fromStack(stack) };
}
