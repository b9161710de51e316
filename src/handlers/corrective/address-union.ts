/** Addresses from one to another, both included, as numbers. */
export interface Addresses {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const BITS = { 4: 32, 6: 128 } as const;

/**
 * The most public addresses that a port of a group admits: as many as the largest networks have that one company was given, an IPv4
 * range of /8 and an IPv6 range of /16. What is more is the internet, however it is written.
 */
const MOST = { 4: 2n ** 24n, 6: 2n ** 112n } as const;

/**
 * IPv4 addresses that are nobody's on the internet: private, shared, loopback, link-local, for benchmarks, multicast and reserved.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
const NOT_PUBLIC = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3',
].map((range) => addressesOf(range)!);

/** The only IPv6 addresses that are given out. @see https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml */
const GIVEN_OUT = addressesOf('2000::/3')!;

/** The addresses of a range such as `10.0.0.0/8` or `2001:db8::/32`; undefined for what is none. */
export function addressesOf(range: string): Addresses | undefined {
  const [address, mask = '', ...others] = range.split('/'), version = address.includes(':') ? 6 : 4, bits = BITS[version];
  const value = version === 6 ? sixth(address) : fourth(address);
  if (value === undefined || others.length > 0 || !/^\d{1,3}$/.test(mask) || Number(mask) > bits) return undefined;
  const size = 2n ** BigInt(bits - Number(mask)), first = value / size * size;
  return { version, first, last: first + size - 1n };
}

function fourth(address: string): bigint | undefined {
  const bytes = address.split('.');
  if (bytes.length !== 4 || bytes.some((byte) => !/^\d{1,3}$/.test(byte) || Number(byte) > 255)) return undefined;
  return numberOf(bytes.map(Number), 8n);
}

function sixth(address: string): bigint | undefined {
  const [before, after, ...others] = address.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - before.length - (after?.length ?? 0);
  if (others.length > 0 || (after === undefined ? missing !== 0 : missing < 1)) return undefined;
  const groups = [...before, ...Array<string>(missing).fill('0'), ...(after ?? [])];
  return groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group)) ? undefined : numberOf(groups.map((group) => parseInt(group, 16)), 16n);
}

function numberOf(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((sum, part) => sum * 2n ** bits + BigInt(part), 0n);
}

/** How many addresses of the internet are among these, each counted once. */
export function publicAmong(all: readonly Addresses[], version: 4 | 6): bigint {
  const parts = all.filter((one) => one.version === version).flatMap(publicParts).sort((one, other) => (one.first < other.first ? -1 : 1));
  let sum = 0n, end = -1n;
  for (const { first, last } of parts) {
    const begin = first > end ? first : end + 1n;
    if (last < begin) continue;
    sum += last - begin + 1n;
    end = last;
  }
  return sum;
}

function publicParts(one: Addresses): Addresses[] {
  if (one.version === 4) return NOT_PUBLIC.reduce<Addresses[]>((left, other) => left.flatMap((part) => without(part, other)), [one]);
  const first = one.first > GIVEN_OUT.first ? one.first : GIVEN_OUT.first, last = one.last < GIVEN_OUT.last ? one.last : GIVEN_OUT.last;
  return first > last ? [] : [{ version: 6, first, last }];
}

function without({ version, first, last }: Addresses, other: Addresses): Addresses[] {
  return [
    { version, first, last: last < other.first ? last : other.first - 1n },
    { version, first: first > other.last ? first : other.last + 1n, last },
  ].filter((part) => part.first <= part.last);
}

/**
 * Which of several ranges have to go, so that the others together admit no more of the internet than `MOST`: the widest ones. A
 * company's own ranges stay, whatever else is beside them.
 *
 * @param ranges each a list of addresses, such as those of a prefix list
 * @returns places in the list
 */
export function tooWide(ranges: readonly (readonly Addresses[])[]): number[] {
  return ([4, 6] as const).flatMap((version) => {
    const sized = ranges.map((all, index) => ({ all, index, size: publicAmong(all, version) })).filter(({ size }) => size > 0n)
      .sort((one, other) => (one.size === other.size ? one.index - other.index : one.size < other.size ? -1 : 1));
    const fits = (count: number) => publicAmong(sized.slice(0, count).flatMap(({ all }) => all), version) <= MOST[version];
    // More ranges admit no less: what fits is found by halves.
    let [kept, beyond] = [0, sized.length + 1];
    while (beyond - kept > 1) {
      const middle = Math.floor((kept + beyond) / 2);
      if (fits(middle)) kept = middle;
      else beyond = middle;
    }
    return sized.slice(kept).map(({ index }) => index);
  }).filter((index, place, all) => all.indexOf(index) === place).sort((one, other) => one - other);
}
