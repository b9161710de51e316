import type { EnvironmentNames } from './environment-names';
import { like } from '../private/required-input';

export const NAMES = like<EnvironmentNames>('releasesBucketName', 'the names of an environment, such as environment.names');
