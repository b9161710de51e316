const BYTE = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const RANGE = new RegExp(`^(${BYTE}\\.){3}${BYTE}/(\\d|[12]\\d|3[0-2])$`);

/** Whether it is an IPv4 range of this size: of the length of its mask, 0–32. */
export function isAddressRange(text: string, leastMask = 0, mostMask = 32): boolean {
  if (!RANGE.test(text)) return false;
  const mask = Number(text.split('/')[1]);
  return mask >= leastMask && mask <= mostMask;
}
