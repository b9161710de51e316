import { APPLICATION } from './application';
import { BUCKET } from './bucket';
import { ENDPOINT } from './endpoint';
import { INFERENCE_COMPONENT } from './inference-component';
import { JOBS } from './jobs';
import { NOTEBOOK } from './notebook';
import { SECURITY_GROUP } from './security-group';
import { Kind } from '../seen';

/** Kinds of resources, by the names that targets have for them. */
export const KINDS: Record<string, Kind> = {
  ...JOBS,
  Endpoint: ENDPOINT,
  InferenceComponent: INFERENCE_COMPONENT,
  NotebookInstance: NOTEBOOK,
  App: APPLICATION,
  Bucket: BUCKET,
  SecurityGroup: SECURITY_GROUP,
};
