import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DataScienceEnvironment, DetectiveControls, DetectiveControlsProps } from '../../src';
import { atPlace, placeOf } from '../../src/private/known-place';

export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';

export function stackOf(region = REGION): Stack {
  return new Stack(new App(), 'Stack', { env: { account: ACCOUNT, region } });
}

interface Made {
  readonly made: DetectiveControls;
  readonly template: Template;
}

/** Controls beside an environment of another app, and what they put into a template. */
export function controls(props: Partial<DetectiveControlsProps> = {}, stack = stackOf()): Made {
  const { account, region } = stack;
  const environment = DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: 'churn', account, region, partition: 'aws' });
  const made = new DetectiveControls(stack, 'Controls', { environment, ...props });
  return { made, template: Template.fromStack(stack) };
}

/** Filter patterns of a template, by the metric that they count, with what is known of a region in place of references. */
export function patternsOf(template: Template, region?: string): Record<string, string> {
  return Object.fromEntries(Object.values(template.findResources('AWS::Logs::MetricFilter')).map(({ Properties }) => {
    const { FilterPattern, MetricTransformations } = Properties as { FilterPattern: string; MetricTransformations: { MetricName: string }[] };
    return [MetricTransformations[0].MetricName, atPlace(FilterPattern, placeOf(region)) as string];
  }));
}
