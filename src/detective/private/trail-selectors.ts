import { Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Construct } from 'constructs';

type Selector = CfnTrail.AdvancedEventSelectorProperty;

/** Resources of SageMaker whose use is a data event. @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-events.html */
const DATA_EVENTS = ['AWS::SageMaker::Endpoint', 'AWS::SageMaker::FeatureGroup', 'AWS::SageMaker::ExperimentTrialComponent', 'AWS::SageMaker::MlflowTrackingServer'];

/**
 * Services whose private endpoints are in a perimeter and tell of what their policies denied. In China fewer services do.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html
 */
const ENDPOINT_EVENTS = { everywhere: ['kms'], outsideChina: ['s3', 'sagemaker'] };

/** What the trail records: every call that manages something, what becomes of objects and models, and what endpoints denied. */
export function selectorsOf(scope: Construct, bucketArns: string[], sagemakerDataEvents = true): Selector[] {
  const isInChina = Stack.of(scope).region.startsWith('cn-');
  const services = [...ENDPOINT_EVENTS.everywhere, ...isInChina ? [] : ENDPOINT_EVENTS.outsideChina];
  return [
    selector('Management events', [{ field: 'eventCategory', equalTo: ['Management'] }]),
    selector('Objects', [...dataOf('AWS::S3::Object'), { field: 'resources.ARN', startsWith: bucketArns.map((arn) => `${arn}/`) }]),
    ...(sagemakerDataEvents ? DATA_EVENTS : []).map((type) => selector(`Data events of ${type}`, dataOf(type))),
    ...services.map((service) => selector(`Denied by the endpoint of ${service}`, [
      { field: 'eventCategory', equalTo: ['NetworkActivity'] },
      { field: 'eventSource', equalTo: [`${service}.amazonaws.com`] },
      { field: 'errorCode', equalTo: ['VpceAccessDenied'] },
    ])),
  ];
}

function dataOf(type: string): CfnTrail.AdvancedFieldSelectorProperty[] {
  return [{ field: 'eventCategory', equalTo: ['Data'] }, { field: 'resources.type', equalTo: [type] }];
}

function selector(name: string, fieldSelectors: CfnTrail.AdvancedFieldSelectorProperty[]): Selector {
  return { name, fieldSelectors };
}
