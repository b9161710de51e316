import { CfnMapping, Fn, Size, Token } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnDomain, CfnStudioLifecycleConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { IdleShutdown } from '../idle-shutdown';
import { SecureStudioDomainProps } from '../secure-studio-domain-props';
import { StudioApplication } from '../studio-application';
import { StudioLifecycleConfiguration } from '../studio-lifecycle-configuration';
import { StudioOptions } from '../studio-options';
import { HIDEABLE_INSTANCE_TYPES } from './instance-types';
import { isAmong, isFamily } from '../../private/instance-type';

/** Of a space whose owner asks for no other. */
export const DEFAULT_VOLUME = Size.gibibytes(5);
/** That a person may ask for. */
export const LARGEST_VOLUME = Size.gibibytes(100);

/** What SageMaker starts a space on, unless it is told otherwise. */
const USUAL_INSTANCE_TYPE = 'ml.t3.medium';

/** Every application type that CloudFormation can hide. Studio Classic's cannot be started any more; the others are no part of this. */
const HIDEABLE_APPLICATIONS = ['JupyterServer', 'TensorBoard', 'RStudioServerPro', 'JupyterLab', 'CodeEditor', 'DetailedProfiler', 'Canvas'];

function idleSettings({ timeout, atLeast, atMost }: IdleShutdown): CfnDomain.AppLifecycleManagementProperty {
  if (!timeout) return { idleSettings: { lifecycleManagement: 'DISABLED' } };
  return {
    idleSettings: {
      lifecycleManagement: 'ENABLED',
      idleTimeoutInMinutes: timeout.toMinutes(),
      minIdleTimeoutInMinutes: atLeast?.toMinutes(),
      maxIdleTimeoutInMinutes: atMost?.toMinutes(),
    },
  };
}

/** What the users of a domain have, unless their profile says otherwise. */
export function defaultUserSettings(domain: Construct, props: SecureStudioDomainProps, securityGroups: string[]): CfnDomain.UserSettingsProperty {
  return {
    executionRole: props.executionRole.roleArn,
    securityGroups,
    studioWebPortal: 'ENABLED',
    defaultLandingUri: 'studio::',
    studioWebPortalSettings: portalSettings(props),
    sharingSettings: { notebookOutputOption: 'Disabled' },
    spaceStorageSettings: volumeSettings(props),
    autoMountHomeEfs: props.homeFileSystem?.isCreated ? 'Enabled' : undefined,
    jupyterLabAppSettings: jupyterLabSettings(domain, props),
    codeEditorAppSettings: applicationSettings(domain, StudioApplication.CODE_EDITOR, props),
  };
}

/** What shared spaces are like. SageMaker takes no settings for Code Editor here. */
export function defaultSpaceSettings(
  domain: Construct, props: SecureStudioDomainProps, role: IRole, securityGroups: string[],
): CfnDomain.DefaultSpaceSettingsProperty {
  return {
    executionRole: role.roleArn,
    securityGroups,
    spaceStorageSettings: volumeSettings(props),
    jupyterLabAppSettings: jupyterLabSettings(domain, props),
  };
}

/** What there is for both, and the repositories that JupyterLab alone offers. */
function jupyterLabSettings(domain: Construct, props: StudioOptions): CfnDomain.JupyterLabAppSettingsProperty {
  const { codeRepositories = [] } = props;
  return {
    ...applicationSettings(domain, StudioApplication.JUPYTER_LAB, props),
    codeRepositories: codeRepositories.length > 0 ? codeRepositories.map((repositoryUrl) => ({ repositoryUrl })) : undefined,
  };
}

/** The shape is the same for JupyterLab and Code Editor. */
function applicationSettings(domain: Construct, application: StudioApplication, props: StudioOptions): CfnDomain.CodeEditorAppSettingsProperty {
  const scripts = (props.lifecycleConfigurations ?? []).filter((one) => one.application === application);
  const images = (props.images ?? []).filter((one) => one.application === application);
  const instanceType = startingInstanceType(props.instanceTypes);
  const lifecycleConfigArn = scripts.find((one) => one.runByDefault)?.lifecycleConfigurationArn;
  return {
    appLifecycleManagement: idleSettings(props.idleShutdown ?? IdleShutdown._DEFAULT),
    builtInLifecycleConfigArn: scriptAtStart(domain, application, props)?.lifecycleConfigurationArn,
    lifecycleConfigArns: scripts.length > 0 ? scripts.map((one) => one.lifecycleConfigurationArn) : undefined,
    defaultResourceSpec: instanceType || lifecycleConfigArn ? { instanceType, lifecycleConfigArn } : undefined,
    customImages: images.length > 0
      ? images.map(({ imageName, imageVersionNumber, appImageConfigName }) => ({ imageName, imageVersionNumber, appImageConfigName }))
      : undefined,
  };
}

/** Imposed by the domain: it runs before the script that a space has chosen. One for private and shared spaces. */
function scriptAtStart(
  domain: Construct, application: StudioApplication, { pipIndex, sdkConfiguration }: StudioOptions,
): StudioLifecycleConfiguration | undefined {
  const parts = [pipIndex?.scriptFor(domain), sdkConfiguration?.scriptFor(domain)].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const id = `AtStart${application}`;
  // Each by itself: the end of one is not the end of all.
  const script = parts.length === 1 ? parts[0] : ['#!/bin/bash', ...parts.flatMap((part) => ['(', part, ')']), 'exit 0', ''].join('\n');
  return domain.node.tryFindChild(id) as StudioLifecycleConfiguration | undefined ?? configurationOf(domain, id, application, script);
}

/**
 * CloudFormation makes one configuration for each application, of the same script: a mapping has it once, because it is the longest text of
 * an environment's template. A mapping takes no references, so that a script with references stands in both.
 */
function configurationOf(domain: Construct, id: string, application: StudioApplication, script: string): StudioLifecycleConfiguration {
  const configuration = new StudioLifecycleConfiguration(domain, id, { application, script });
  if (Token.isUnresolved(script)) return configuration;
  const mapping = domain.node.tryFindChild('AtStart') as CfnMapping | undefined ?? new CfnMapping(domain, 'AtStart', { mapping: { Script: { Text: script } } });
  const resource = configuration.node.defaultChild as CfnStudioLifecycleConfig;
  resource.studioLifecycleConfigContent = Fn.base64(mapping.findInMap('Script', 'Text'));
  return configuration;
}

/** A space that starts on a type which is not offered would be refused by the guardrails; of a family it starts on the smallest. */
export function startingInstanceType(offered?: string[]): string | undefined {
  if (offered === undefined || isAmong(USUAL_INSTANCE_TYPE, offered)) return undefined;
  const smallest = (family: string) => HIDEABLE_INSTANCE_TYPES.find((type) => isAmong(type, [family]));
  return offered.map((one) => (isFamily(one) ? smallest(one) : one)).find((type) => type !== undefined);
}

function portalSettings({ applications, instanceTypes, hiddenTools }: StudioOptions): CfnDomain.StudioWebPortalSettingsProperty {
  const offered: string[] = applications ?? Object.values(StudioApplication);
  return {
    hiddenAppTypes: HIDEABLE_APPLICATIONS.filter((type) => !offered.includes(type)),
    hiddenInstanceTypes: instanceTypes && HIDEABLE_INSTANCE_TYPES.filter((type) => !isAmong(type, instanceTypes)),
    hiddenMlTools: hiddenTools,
  };
}

function volumeSettings({ spaceVolumes }: StudioOptions): CfnDomain.DefaultSpaceStorageSettingsProperty {
  return {
    defaultEbsStorageSettings: {
      defaultEbsVolumeSizeInGb: (spaceVolumes?.defaultSize ?? DEFAULT_VOLUME).toGibibytes(),
      maximumEbsVolumeSizeInGb: (spaceVolumes?.maximumSize ?? LARGEST_VOLUME).toGibibytes(),
    },
  };
}
