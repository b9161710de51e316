import { Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';

/** What the pseudo parameters of a template are where it is deployed in one region only; nothing of what the CDK does not know of it. */
export function placeOf(region: string | undefined): ReadonlyMap<string, string> {
  if (region === undefined || Token.isUnresolved(region)) return new Map();
  const { partition, domainSuffix } = COMMERCIAL.test(region) ? { partition: 'aws', domainSuffix: 'amazonaws.com' } : RegionInfo.get(region);
  const known: [string, string | undefined][] = [['AWS::Region', region], ['AWS::Partition', partition], ['AWS::URLSuffix', domainSuffix]];
  return new Map(known.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Regions of the largest partition, by how AWS names them: the CDK's table of all regions takes a thirtieth of a synthesis to load. */
const COMMERCIAL = /^(af|ap|ca|eu|il|me|mx|sa|us)-(central|(north|south)?(east|west)?)-\d$/;

/** The same value with what is known in place of references to it. */
export function atPlace(value: unknown, place: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((part) => atPlace(part, place));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [[name, argument]] = entries;
    if (name === 'Ref') return place.get(argument as string) ?? value;
    if (name === 'Fn::Join') return joined(atPlace(argument, place));
    if (name === 'Fn::Sub' && typeof argument === 'string') return filledIn(argument, place);
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, atPlace(inner, place)]));
}

/** Texts that stand side by side are one. */
function joined(argument: unknown): unknown {
  const [delimiter, parts] = argument as [unknown, unknown];
  if (delimiter !== '' || !Array.isArray(parts)) return { 'Fn::Join': argument };
  const merged: unknown[] = [];
  for (const part of parts) {
    const last = merged[merged.length - 1];
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged.every((part) => typeof part === 'string') ? merged.join('') : { 'Fn::Join': ['', merged] };
}

/** A text with nothing left to fill in is one as it is. */
function filledIn(text: string, place: ReadonlyMap<string, string>): unknown {
  const filled = text.replace(/\$\{(AWS::\w+)\}/g, (reference, name: string) => place.get(name) ?? reference);
  return filled.includes('$') ? { 'Fn::Sub': filled } : filled;
}
