import { CHOICES } from './severity';
import { jsonObjectIn } from '../files/json-object';

/** The file of the repository that says what is refused. */
export const FILE = 'image.json';

/** What a repository says of the findings of a scan. */
export interface Policy {
  /** The least severity that is refused. */
  readonly failOn: string;
  /** Findings that are released all the same, by their names, with the reason. */
  readonly accept: Record<string, string>;
}

/** Keys of the file: those of the build are named here so that what is misspelt is found. */
const KEYS = ['$schema', 'baseImage', 'packageIndex', 'scan'];
const SCAN_KEYS = ['failOn', 'accept'];
const SHORTEST_REASON = 10;

/** Reads the repository's choice, as data: nothing of the repository is run. */
export function policyIn(file = FILE): Policy {
  const content = jsonObjectIn<Record<string, unknown>>(file);
  checkKeys(file, content, KEYS);
  const scan = (content.scan ?? {}) as Record<string, unknown>;
  if (!isObject(scan)) throw new Error(`${file}: scan is ${JSON.stringify(scan)} but must be an object with ${SCAN_KEYS.join(' and ')}`);
  checkKeys(`${file}: scan`, scan, SCAN_KEYS);
  const { failOn = 'HIGH', accept = {} } = scan;
  if (typeof failOn !== 'string' || !CHOICES.includes(failOn)) throw new Error(`${file}: scan.failOn is ${JSON.stringify(failOn)} but must be one of ${CHOICES.join(', ')}`);
  if (!isObject(accept)) throw new Error(`${file}: scan.accept is ${JSON.stringify(accept)} but must be an object: names of findings, each with a reason`);
  for (const [name, reason] of Object.entries(accept)) {
    if (typeof reason !== 'string' || reason.trim().length < SHORTEST_REASON) {
      throw new Error(`${file}: scan.accept.${name} is ${JSON.stringify(reason)} but must be the reason why it may be released, of at least ${SHORTEST_REASON} characters`);
    }
  }
  return { failOn, accept: accept as Record<string, string> };
}

function checkKeys(where: string, content: Record<string, unknown>, known: string[]): void {
  const unknown = Object.keys(content).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw new Error(`${where} has ${unknown.join(', ')}, and these are known there: ${known.join(', ')}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
