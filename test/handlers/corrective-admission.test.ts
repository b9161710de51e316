import fc from 'fast-check';
import { addressesOf, publicAmong, tooWide } from '../../src/handlers/corrective/address-union';
import { openRules } from '../../src/handlers/corrective/admission';

/** Rules of security groups, and which of them open a port to the internet. */

const MOST = 2 ** 24;
const BLOCK = 2 ** 16;
const SPECIAL: [string, number][] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3],
];

/** The numbers of the blocks of /16 that a range has, counted one by one. */
function blocksOf(address: string, mask: number): number[] {
  const [first, second] = address.split('.').map(Number), count = 2 ** (16 - mask), start = Math.floor((first * 256 + second) / count) * count;
  return Array.from({ length: count }, (_, index) => start + index);
}
const special = new Set(SPECIAL.flatMap(([address, mask]) => blocksOf(address, mask)));
const publicBlocks = (ranges: string[]) => new Set(ranges.flatMap((range) => blocksOf(range.split('/')[0], Number(range.split('/')[1]))).filter((block) => !special.has(block)));
const publicOf = (ranges: string[]) => publicBlocks(ranges).size * BLOCK;

const byte = fc.nat(255);
const wide = fc.tuple(byte, byte, fc.integer({ min: 0, max: 16 })).map(([first, second, mask]) => `${first}.${second}.0.0/${mask}`);
const read = (range: string) => addressesOf(range)!;

/** All addresses, cut into pieces as somebody would who hides them. */
const pieces = fc.array(fc.nat(), { minLength: 1, maxLength: 40 }).map((cuts) => cuts.reduce<[number, number][]>((parts, cut) => {
  const index = cut % parts.length, [start, mask] = parts[index];
  return mask >= 12 ? parts : [...parts.slice(0, index), [start, mask + 1], [start + 2 ** (31 - mask), mask + 1], ...parts.slice(index + 1)];
}, [[0, 0]]).map(([start, mask]) => `${Math.floor(start / 2 ** 24)}.${Math.floor(start / BLOCK) % 256}.0.0/${mask}`));

interface Rule { readonly IpProtocol: string; readonly FromPort: number; readonly ToPort: number }
const port = fc.nat(20);
const ruleOf = fc.tuple(fc.constantFrom('tcp', 'udp', '-1'), port, port).map(([IpProtocol, one, other]): Rule => (
  IpProtocol === '-1' ? { IpProtocol, FromPort: -1, ToPort: -1 } : { IpProtocol, FromPort: Math.min(one, other), ToPort: Math.max(one, other) }
));
const admits = (rule: Rule, protocol: string, at: number) => rule.IpProtocol === '-1' || (rule.IpProtocol === protocol && rule.FromPort <= at && at <= rule.ToPort);

test('addresses of the internet are counted, each once, without those that are nobody\'s', () => {
  fc.assert(fc.property(fc.array(wide, { maxLength: 12 }), (ranges) => {
    expect(Number(publicAmong(ranges.map(read), 4))).toBe(publicOf(ranges));
  }));
});

test('the internet does not get past in pieces: what is left of it is no more than one company has', () => {
  fc.assert(fc.property(pieces, (ranges) => {
    const gone = tooWide(ranges.map((range) => [read(range)]));
    expect(publicOf(ranges.filter((_, index) => !gone.includes(index)))).toBeLessThanOrEqual(MOST);
  }));
});

test('the same as the list of a prefix list', () => {
  fc.assert(fc.property(pieces, (ranges) => {
    expect(openRules([{ rule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }, ranges }])).toHaveLength(1);
  }));
});

test('of any group, no port is left open to the internet, and no rule goes where none is', () => {
  const group = fc.array(fc.record({ rule: ruleOf, ranges: fc.array(wide, { minLength: 1, maxLength: 2 }) }), { maxLength: 10 });
  fc.assert(fc.property(group, (admissions) => {
    const open = openRules(admissions), left = admissions.filter(({ rule }) => !open.includes(rule));
    const admittedBy = (all: typeof admissions, protocol: string, at: number) => (
      publicOf(all.filter(({ rule }) => admits(rule, protocol, at)).flatMap(({ ranges }) => ranges))
    );
    const places = ['tcp', 'udp', 'gre'].flatMap((protocol) => Array.from({ length: 21 }, (_, at) => [protocol, at] as const));
    for (const [protocol, at] of places) expect(admittedBy(left, protocol, at)).toBeLessThanOrEqual(MOST);
    if (places.every(([protocol, at]) => admittedBy(admissions, protocol, at) <= MOST)) expect(open).toEqual([]);
  }), { numRuns: 50 });
}, 60_000);

test('a company\'s own range stays, whatever is beside it', () => {
  const small = fc.tuple(byte, byte, fc.integer({ min: 9, max: 16 })).map(([one, two, mask]) => `${one}.${two}.0.0/${mask}`);
  fc.assert(fc.property(small, pieces, (own, others) => {
    const ranges = [own, ...others.filter((range) => Number(range.split('/')[1]) < 8)];
    expect(tooWide(ranges.map((range) => [read(range)]))).not.toContain(0);
  }));
});

test.each([
  ['0.0.0.0/0'], ['::/0'], ['0.0.0.0/1', '128.0.0.0/1'], ['::/1', '8000::/1'], ['2000::/3'], ['2600::/12'], ['0.0.0.0/0', '::/0'], ['3.0.0.0/7'],
])('a port is open to the internet from %s %s', (...ranges) => {
  const rules = ranges.map((range) => ({ rule: { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, range }, ranges: [range] }));
  expect(openRules(rules).length).toBeGreaterThan(0);
  expect(openRules(rules.filter(({ rule }) => !openRules(rules).includes(rule)))).toEqual([]);
});

test.each([
  ['10.0.0.0/8'], ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'], ['fc00::/7', 'fe80::/10'], ['17.0.0.0/8'], ['203.0.113.7/32', '2001:db8::/32'],
])('a port is not open to the internet from %s %s', (...ranges) => {
  expect(openRules(ranges.map((range) => ({ rule: { IpProtocol: '-1' }, ranges: [range] })))).toEqual([]);
});

test('halves of the internet that are admitted to different ports are each too much, and quarters of a network are not', () => {
  const at = (FromPort: number, range: string) => ({ rule: { IpProtocol: 'tcp', FromPort, ToPort: FromPort }, ranges: [range] });
  expect(openRules([at(22, '0.0.0.0/1'), at(443, '128.0.0.0/1')])).toHaveLength(2);
  expect(openRules([at(22, '17.0.0.0/9'), at(443, '18.0.0.0/8')])).toEqual([]);
});

test.each([['tcp', '6'], ['udp', '17']])('protocols are the same by name and by number: %s, %s', (name, number) => {
  const half = (IpProtocol: string, range: string) => ({ rule: { IpProtocol, FromPort: 0, ToPort: 65_535 }, ranges: [range] });
  expect(openRules([half(name, '17.0.0.0/8'), half(number, '18.0.0.0/8')])).toHaveLength(1);
});

test.each(['', '10.0.0.0', '10.0.0.0/33', '256.0.0.0/8', '10.0.0/8', ':::/0', '1::2::3/64', '::/129', 'g::/8', 'pl-1', '1:2:3:4:5:6:7::8/64/1'])('%j is no range', (text) => {
  expect(addressesOf(text)).toBeUndefined();
});

test.each([['1.2.3.4/32', 1n], ['10.1.2.3/8', 2n ** 24n], ['::1/128', 1n], ['2001:db8:0:0:0:0:0:1/64', 2n ** 64n], ['1:2:3:4:5:6:7::/112', 2n ** 16n]])('%s has %s addresses', (range, count) => {
  const { first, last } = addressesOf(range)!;
  expect(last - first + 1n).toBe(count);
});
