import { EXECUTION_ROLE_GUARDRAIL } from './access/guardrail';
import { EXECUTION_ROLE_MANAGED_POLICIES } from './access/managed-policies';
import { EXECUTION_ROLE_OUTSIDERS } from './access/outsiders';
import { EXECUTION_ROLE_PASS_ROLE } from './access/pass-role';
import { EXECUTION_ROLE_TRUST } from './access/trust';
import { EXECUTION_ROLE_WILDCARDS } from './access/wildcards';
import { BUCKET_ENCRYPTION } from './data/bucket-encryption';
import { BUCKET_PERIMETER } from './data/bucket-perimeter';
import { BUCKET_PUBLIC_ACCESS } from './data/bucket-public';
import { BUCKET_TLS } from './data/bucket-tls';
import { KEY_ACCESS } from './data/key-access';
import { KEY_ROTATION } from './data/key-rotation';
import { ENDPOINT_ALARMS } from './endpoints/alarms';
import { ENDPOINT_ASYNC_ENCRYPTION } from './endpoints/async-encryption';
import { ENDPOINT_CAPTURE_ENCRYPTION } from './endpoints/capture-encryption';
import { ENDPOINT_ENCRYPTION } from './endpoints/encryption';
import { EXPERIMENT_DATA_ENCRYPTION } from './endpoints/experiment-data-encryption';
import { EXPERIMENT_VOLUME_ENCRYPTION } from './endpoints/experiment-volume-encryption';
import { ENDPOINT_INSTANCE_COUNT } from './endpoints/instance-count';
import { ENDPOINT_SHELL_ACCESS } from './endpoints/shell-access';
import { FEATURE_OFFLINE_ENCRYPTION } from './features/offline-encryption';
import { FEATURE_ONLINE_ENCRYPTION } from './features/online-encryption';
import { MODEL_IMAGE_REGISTRY } from './models/image-registry';
import { MODEL_IN_VPC } from './models/in-vpc';
import { MODEL_NETWORK_ISOLATION } from './models/network-isolation';
import { MODEL_REGISTRY_IN_VPC } from './models/registry-in-vpc';
import { MONITORING_IN_VPC } from './monitoring/in-vpc';
import { MONITORING_NETWORK_ISOLATION } from './monitoring/network-isolation';
import { MONITORING_OUTPUT_ENCRYPTION } from './monitoring/output-encryption';
import { MONITORING_TRAFFIC_ENCRYPTION } from './monitoring/traffic-encryption';
import { MONITORING_VOLUME_ENCRYPTION } from './monitoring/volume-encryption';
import { NOTEBOOK_DIRECT_INTERNET } from './notebooks/direct-internet';
import { NOTEBOOK_ENCRYPTION } from './notebooks/encryption';
import { NOTEBOOK_IN_VPC } from './notebooks/in-vpc';
import { NOTEBOOK_METADATA_SERVICE } from './notebooks/metadata-service';
import { NOTEBOOK_PLATFORM } from './notebooks/platform';
import { NOTEBOOK_ROOT_ACCESS } from './notebooks/root-access';
import { APPROVAL_FILTER } from './pipelines/approval-filter';
import { APP_IMAGE_CONFIG_TAGS } from './studio/app-image-config-tags';
import { STUDIO_CLASSIC } from './studio/classic';
import { CLUSTER_IN_VPC } from './studio/cluster-in-vpc';
import { DOMAIN_DOCKER } from './studio/docker';
import { DOMAIN_ENCRYPTION } from './studio/encryption';
import { STUDIO_IDLE_SHUTDOWN } from './studio/idle-shutdown';
import { IMAGE_TAGS } from './studio/image-tags';
import { DOMAIN_SESSION_IDENTITY } from './studio/session-identity';
import { STUDIO_SHARING } from './studio/sharing';
import { DOMAIN_VPC_ONLY } from './studio/vpc-only';
import { Rule } from '../core/rule';

/** Every rule, in the order in which they are told. */
export const RULES: readonly Rule[] = [
  NOTEBOOK_DIRECT_INTERNET, NOTEBOOK_ENCRYPTION, NOTEBOOK_IN_VPC, NOTEBOOK_METADATA_SERVICE, NOTEBOOK_PLATFORM, NOTEBOOK_ROOT_ACCESS,
  APP_IMAGE_CONFIG_TAGS, STUDIO_CLASSIC, CLUSTER_IN_VPC, DOMAIN_DOCKER, DOMAIN_ENCRYPTION, STUDIO_IDLE_SHUTDOWN, IMAGE_TAGS,
  DOMAIN_SESSION_IDENTITY, STUDIO_SHARING, DOMAIN_VPC_ONLY,
  MODEL_IMAGE_REGISTRY, MODEL_IN_VPC, MODEL_NETWORK_ISOLATION, MODEL_REGISTRY_IN_VPC,
  ENDPOINT_ALARMS, ENDPOINT_ASYNC_ENCRYPTION, ENDPOINT_CAPTURE_ENCRYPTION, ENDPOINT_ENCRYPTION, EXPERIMENT_DATA_ENCRYPTION,
  EXPERIMENT_VOLUME_ENCRYPTION, ENDPOINT_INSTANCE_COUNT, ENDPOINT_SHELL_ACCESS,
  MONITORING_IN_VPC, MONITORING_NETWORK_ISOLATION, MONITORING_OUTPUT_ENCRYPTION, MONITORING_TRAFFIC_ENCRYPTION,
  MONITORING_VOLUME_ENCRYPTION,
  FEATURE_OFFLINE_ENCRYPTION, FEATURE_ONLINE_ENCRYPTION,
  APPROVAL_FILTER,
  EXECUTION_ROLE_GUARDRAIL, EXECUTION_ROLE_MANAGED_POLICIES, EXECUTION_ROLE_OUTSIDERS,
  EXECUTION_ROLE_PASS_ROLE, EXECUTION_ROLE_TRUST, EXECUTION_ROLE_WILDCARDS,
  BUCKET_ENCRYPTION, BUCKET_PERIMETER, BUCKET_PUBLIC_ACCESS, BUCKET_TLS, KEY_ACCESS, KEY_ROTATION,
];

/** Names among some that no rule has. */
export function unknownAmong(ids: readonly string[]): string[] {
  return ids.filter((id) => !RULES.some((rule) => rule.id === id));
}
