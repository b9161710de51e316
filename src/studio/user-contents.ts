import { Duration } from 'aws-cdk-lib';

/** Type of the custom resource that goes before a user's profile, and takes away, or refuses to, what the user has. */
export const USER_CONTENTS = 'Custom::StudioUserContents';

/** The longest that it takes. */
export const CLEAN_UP_TIMEOUT = Duration.minutes(15);
