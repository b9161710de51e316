import { CfnCondition, Fn, Tags, Token } from 'aws-cdk-lib';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EndpointAlarmOptions } from './endpoint-alarm-options';
import { EndpointUpdate } from './endpoint-update';
import { ModelContainer } from './model-container';
import { ModelNetwork } from './model-network';
import { ENDPOINT_IN_TARGET } from './private/acknowledgements';
import { SecureModelEndpoint } from './secure-model-endpoint';
import { EnvironmentNames, TargetParameter } from '../names';
import { NAMES } from '../names/kinds';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { checkRequired } from '../private/required-input';
import { CAPTURES } from '../roles/targets/capture-folders';
import { DeploymentStage } from '../stages';
import { STAGE } from '../stages/kinds';
import { storedTargetParameters } from '../targets/stored-parameters';
import { SelfContainedTemplate } from '../templates';

/** Properties of the template of endpoint stacks. */
export interface ModelEndpointTemplateProps {
  /** The names of the environment whose models are deployed. */
  readonly names: EnvironmentNames;

  /** The stage, which decides on instance types and capacity. */
  readonly stage: DeploymentStage;

  /**
   * Strategy of updates of the endpoints.
   *
   * A stage that may have a single instance shifts all traffic at once in any case.
   *
   * @default - a blue/green update with canary traffic shifting
   */
  readonly update?: EndpointUpdate;

  /**
   * Settings of the alarms that watch the endpoints and roll updates back.
   *
   * @default - errors, latency, and utilization of CPU, memory and disk
   */
  readonly alarms?: EndpointAlarmOptions;
}

/**
 * Template of an endpoint stack in a target account.
 *
 * It belongs to the environment: whoever deploys a model sets values only, within the limits of the stage. Where it is deployed,
 * it reads the target's Systems Manager parameters by parameter types of CloudFormation.
 */
export class ModelEndpointTemplate extends SelfContainedTemplate {
  /** Name of the parameter for the endpoint's name. */
  public static readonly ENDPOINT_NAME = 'EndpointName';
  /** Name of the parameter for the URI of the image. */
  public static readonly IMAGE = 'Image';
  /** Name of the parameter for the S3 URI of the released model artifact. */
  public static readonly MODEL_DATA_URL = 'ModelDataUrl';
  /** Name of the parameter for the instance type. */
  public static readonly INSTANCE_TYPE = 'InstanceType';

  /** The endpoint. */
  public readonly endpoint: SecureModelEndpoint;

  constructor(scope: Construct, id: string, props: ModelEndpointTemplateProps) {
    checkRequired(`${scope.node.path}/${id}`, props, { names: NAMES, stage: STAGE });
    const { names, stage, update, alarms } = props;
    super(scope, id, { description: `Model endpoint of the environment ${names.environmentName} in the stage ${stage.stageName}` });
    acknowledge(this, ENDPOINT_IN_TARGET);
    const { _endpointCapacity: endpoints, promotion: { hasModelCopies } } = stage;
    if (hasModelCopies && Token.isUnresolved(names.account)) {
      new InputCheck(this).report('stage', stage.stageName, 'not copy models where the environment\'s account and region are unknown',
        'Releases could not be told from copies by their names; set env on the environment\'s stack').throwIfInvalid();
    }
    const endpointName = this.addParameter(ModelEndpointTemplate.ENDPOINT_NAME, {
      group: 'Model',
      description: 'Name of the endpoint',
      allowedPattern: `${names.endpointPrefix(stage.stageName)}[a-z0-9]+(-[a-z0-9]+)*`,
      maxLength: 63,
    }).valueAsString;
    const image = this.addParameter(ModelEndpointTemplate.IMAGE, {
      group: 'Model', description: 'URI of the image', allowedPattern: hasModelCopies ? IMAGE_BY_DIGEST : '\\S{1,255}',
    }).valueAsString;
    const modelDataUrl = this.addParameter(ModelEndpointTemplate.MODEL_DATA_URL, {
      group: 'Model', description: 'S3 URI of the released artifact', allowedPattern: `s3://${names._releasesBucketPattern}/.+`,
    }).valueAsString;
    const instanceType = this.addParameter(ModelEndpointTemplate.INSTANCE_TYPE, {
      group: 'Instances', description: 'Type of the instances', allowedValues: endpoints.instanceTypes, default: endpoints.instanceTypes[0],
    }).valueAsString;

    const stored = storedTargetParameters(this, names, stage.stageName);
    this.endpoint = new SecureModelEndpoint(this, 'Endpoint', {
      endpointName,
      variants: [{
        containers: [hasModelCopies ? this.copyOf(props, { image, modelDataUrl }, stored) : { image, modelDataUrl }],
        instanceType,
        possibleInstanceTypes: endpoints.instanceTypes,
        instanceCount: endpoints.minInstanceCount,
        scaling: endpoints.maxInstanceCount > endpoints.minInstanceCount ? { maxInstanceCount: endpoints.maxInstanceCount } : undefined,
      }],
      executionRole: Role.fromRoleArn(this, 'ModelRole', stored(TargetParameter.MODEL_ROLE_ARN).valueAsString, { mutable: false }),
      modelNetwork: ModelNetwork.fromAttributes({
        subnetIds: stored(TargetParameter.SUBNET_IDS).valueAsList,
        securityGroupIds: stored(TargetParameter.SECURITY_GROUP_IDS).valueAsList,
      }),
      volumeKey: Key.fromKeyArn(this, 'VolumeKey', stored(TargetParameter.VOLUMES_KEY_ARN).valueAsString),
      dataCapture: endpoints.capturePercentage === 0 ? undefined : {
        bucketName: stored(TargetParameter.CAPTURE_BUCKET).valueAsString,
        encryptionKey: Key.fromKeyArn(this, 'CaptureKey', stored(TargetParameter.CAPTURE_KEY_ARN).valueAsString),
        percentage: endpoints.capturePercentage,
        prefix: `${CAPTURES}${releaseFolderOf(modelDataUrl)}`,
      },
      update: update && endpoints.minInstanceCount === 1 ? EndpointUpdate._atOnce(update) : update,
      alarms,
    });
    // By this tag the deployment role knows models and configurations, whose names CloudFormation makes up.
    Tags.of(this).add('environment', names.environmentName);
    Tags.of(this).add('stage', stage.stageName);
  }

  /** Where the target has copies of its own: the same key in its bucket, the same digest in its repository. AWS's own images stay where they are. */
  private copyOf({ names }: ModelEndpointTemplateProps, { image, modelDataUrl }: Required<Pick<ModelContainer, 'image' | 'modelDataUrl'>>, stored: ReturnType<typeof storedTargetParameters>): ModelContainer {
    const key = Fn.select(1, Fn.split(`s3://${names.releasesBucketName}/`, modelDataUrl));
    const repository = Fn.select(0, Fn.split('@', image)), digest = Fn.select(1, Fn.split('@', image));
    const releases = `${names.account}.dkr.ecr.${names.region}.${this.urlSuffix}/${names.releasesRepositoryName}`;
    const isReleased = new CfnCondition(this, 'ImageIsReleased', { expression: Fn.conditionEquals(repository, releases) });
    const copy = `${this.account}.dkr.ecr.${this.region}.${this.urlSuffix}/${stored(TargetParameter.IMAGES_REPOSITORY).valueAsString}@${digest}`;
    return {
      image: Fn.conditionIf(isReleased.logicalId, copy, image).toString(),
      modelDataUrl: `s3://${stored(TargetParameter.MODELS_BUCKET).valueAsString}/${key}`,
    };
  }
}

/** A tag may mean something else in another repository. With the digest, 255 characters. */
const IMAGE_BY_DIGEST = '[^\\s@]{1,183}@sha256:[0-9a-f]{64}';

/**
 * `<releases bucket>/<folder>` of a released artifact. What a version's endpoint captures is kept under the same name, so that
 * monitors find the baselines that it is to be compared with.
 */
function releaseFolderOf(modelDataUrl: string): string {
  const folder = Fn.select(0, Fn.split('/model.tar.gz', modelDataUrl));
  return Fn.select(1, Fn.split('s3://', folder));
}
