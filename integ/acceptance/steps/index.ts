import { BATCHES } from './batch';
import { DELIVERY } from './delivery';
import { DEPLOYMENT } from './deployment';
import { FEATURES } from './features';
import { FIREWALL } from './firewall';
import { OTHER_IMAGES } from './images';
import { JOBS } from './jobs';
import { EXPERIMENTS } from './mlflow';
import { MONITORS, SEEN } from './monitoring';
import { PEOPLE } from './people';
import { PROJECTS } from './projects';
import { REMOVAL } from './removal';

const [deploy, ...afterwards] = DEPLOYMENT;

/** What is tried, the most likely to fail first; what is slow or costs something comes when the rest holds. */
export const STEPS = [
  deploy, ...PEOPLE, ...PROJECTS, ...JOBS, ...FIREWALL, ...FEATURES.slice(0, -1),
  ...DELIVERY, ...FEATURES.slice(-1), // its history is written within a quarter of an hour
  ...EXPERIMENTS, ...BATCHES,
  ...MONITORS, ...OTHER_IMAGES, ...SEEN, // a monitor looks once an hour, and meanwhile the other images are tried
  ...afterwards,
];

/** What is done at the end, whatever has come before. */
export { REMOVAL };
