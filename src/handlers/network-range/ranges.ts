/** Whether two IPv4 ranges have an address in common: then they begin alike, as far as the larger one is decided. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [one, other].map(parts);
  const host = 2 ** (32 - Math.min(a.mask, b.mask));
  return Math.floor(a.address / host) === Math.floor(b.address / host);
}

function parts(range: string): { readonly address: number; readonly mask: number } {
  const [address, mask] = range.split('/');
  return { address: address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0), mask: Number(mask) };
}
