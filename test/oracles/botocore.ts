import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { pythonEnvironment } from '../../integ/python/environment';

/** A shape of an API. */
export interface Shape {
  readonly type: string;
  readonly members?: Record<string, { readonly shape: string; readonly locationName?: string }>;
  readonly enum?: string[];
  readonly member?: { readonly shape: string };
}

/** An API, as far as tests ask. */
export interface Service {
  readonly operations: Record<string, { readonly input?: { readonly shape: string } } | undefined>;
  readonly shapes: Record<string, Shape>;
}

const models = new Map<string, Service>();
let data: string | undefined;

/** The model of a service's API as the pinned botocore has it. */
export function modelOf(service: string): Service {
  data ??= join(pythonEnvironment(), '..', '..', 'lib');
  const [python] = readdirSync(data).filter((name) => name.startsWith('python')), folder = join(data, python, 'site-packages', 'botocore', 'data', service);
  const versions = readdirSync(folder).sort(), newest = versions[versions.length - 1];
  const model = models.get(service) ?? JSON.parse(gunzipSync(readFileSync(join(folder, newest, 'service-2.json.gz'))).toString()) as Service;
  models.set(service, model);
  return model;
}
