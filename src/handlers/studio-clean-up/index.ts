import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { domainContents, userContents } from './contents';
import { cleanUpLeftovers } from './leftovers';
import { answering, Work } from '../cloudformation/respond';

/** The custom resources that this handler answers for; the names are the last part of their CloudFormation types. */
const RESOURCES: Record<string, Work> = {
  StudioDomainRemains: cleanUpLeftovers,
  StudioDomainContents: domainContents,
  StudioUserContents: userContents,
};

const work: Work = async (event, context) => resourceOf(event)(event, context);

function resourceOf(event: CloudFormationCustomResourceEvent): Work {
  const name = event.ResourceType.replace(/^Custom::/, '');
  const resource = RESOURCES[name];
  if (!resource) throw new Error(`no such custom resource: ${event.ResourceType}`);
  return resource;
}

export const handler = answering(work);
