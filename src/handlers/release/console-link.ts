import { Settings } from './settings';
import { partitionOf } from '../aws/service-endpoints';

/** Where people look at the versions of a group: in Studio, where its domain is known, else at Studio's door in the console. */
export function linkTo(group: string, { region, studioDomainId }: Settings): string {
  if (studioDomainId !== undefined) return `https://studio-${studioDomainId}.studio.${region}.sagemaker.aws/models/registered-models/${group}/versions`;
  return `https://${region}.${partitionOf(region).console}/sagemaker/home?region=${region}#/studio`;
}
