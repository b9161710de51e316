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
  readonly metadata: { readonly endpointPrefix: string; readonly signingName?: string };
  readonly operations: Record<string, { readonly input?: { readonly shape: string } } | undefined>;
  readonly shapes: Record<string, Shape>;
}

const models = new Map<string, Service>();
let data: string | undefined;

/** Where the pinned botocore keeps the models of APIs. */
function folder(): string {
  if (data === undefined) {
    const libraries = join(pythonEnvironment(), '..', '..', 'lib'), [python] = readdirSync(libraries).filter((name) => name.startsWith('python'));
    data = join(libraries, python, 'site-packages', 'botocore', 'data');
  }
  return data;
}

/** The model of a service's API as the pinned botocore has it. */
export function modelOf(service: string): Service {
  const versions = readdirSync(join(folder(), service)).sort(), newest = versions[versions.length - 1];
  const model = models.get(service) ?? JSON.parse(gunzipSync(readFileSync(join(folder(), service, newest, 'service-2.json.gz'))).toString()) as Service;
  models.set(service, model);
  return model;
}

/** The APIs whose names begin with a service's. */
export function apisLike(service: string): string[] {
  return readdirSync(folder()).filter((api) => api.startsWith(service));
}
