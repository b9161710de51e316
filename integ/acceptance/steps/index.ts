import { DELIVERY } from './delivery';
import { DEPLOYMENT } from './deployment';
import { JOBS } from './jobs';
import { PEOPLE } from './people';
import { PROJECTS } from './projects';
import { REMOVAL } from './removal';

const [deploy, ...afterwards] = DEPLOYMENT;

/** What is tried, the most likely to fail first; what is slow or costs something comes when the rest holds. */
export const STEPS = [deploy, ...PEOPLE, ...PROJECTS, ...JOBS, ...DELIVERY, ...afterwards];

/** What is done at the end, whatever has come before. */
export { REMOVAL };
