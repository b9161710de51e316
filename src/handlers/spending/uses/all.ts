import { processingJobs, trainingJobs, transformJobs } from './jobs';
import { Owners } from './owners';
import { clusters, endpoints, trackingServers } from './services';
import { applications, notebookInstances } from './workplaces';
import { Use } from '../use';

/** Before the last metering, in milliseconds: AWS lists what has changed a little late. */
const OVERLAP = 10 * 60_000;

/** Everything of the environment that has been paid for since, with what began before and goes on. */
export async function usesSince(time: number): Promise<Use[]> {
  const owners = new Owners(), since = new Date(time - OVERLAP);
  const kinds = [trainingJobs, processingJobs, transformJobs, applications, notebookInstances, endpoints, trackingServers, clusters];
  const all: Use[] = [];
  for (const kind of kinds) all.push(...await kind(owners, since)); // one after the other: SageMaker throttles an account as a whole
  return all;
}
