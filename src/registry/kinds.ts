import type { EnvironmentRegistry } from './environment-registry';
import { like } from '../private/required-input';

export const REGISTRY = like<EnvironmentRegistry>('releasesBucketName', 'the registry of an environment, such as environment.registry');
