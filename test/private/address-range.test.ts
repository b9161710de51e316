import { isAddressRange } from '../../src/private/address-range';

test.each(['0.0.0.0/0', '10.0.0.0/16', '203.0.113.7/32'])('%s is a range', (text) => expect(isAddressRange(text)).toBe(true));

test.each(['10.0.0.0', '10.0.0.256/16', '10.0.0.0/33', '10.0.0/16', '10.0.0.0/', '::/0', '10.0.0.0/16 '])('%p is none', (text) => expect(isAddressRange(text)).toBe(false));

test('a range may be asked to be small, or large', () => {
  expect(isAddressRange('10.0.0.0/7', 8)).toBe(false);
  expect(isAddressRange('10.0.0.0/8', 8)).toBe(true);
  expect(isAddressRange('10.0.0.0/29', 16, 28)).toBe(false);
});
