import { TestCount } from '../../integ/checks/test-count';

describe('the closing line', () => {
  test('stands alone, without colours or indentation', () => {
    expect(String(new TestCount(885, 0))).toBe('tests: 885 passed, 0 failed');
    expect(String(new TestCount(885, 1, 2))).toBe('tests: 885 passed, 1 failed, 2 skipped');
  });

  test('is found again in an output, and several are summed', () => {
    const output = `✔ something\n${new TestCount(3, 1)}\nbetween\n${new TestCount(4, 0, 2)}\n`;
    expect(TestCount.in(output)).toEqual(new TestCount(7, 1, 2));
  });

  test('is not found where no test was counted', () => {
    expect(TestCount.in('Tests:       885 passed, 885 total\n  tests: 1 passed, 0 failed\n')).toBeUndefined();
  });
});

describe('jest', () => {
  const results = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0, numRuntimeErrorTestSuites: 0 };

  test('counts what passed, failed and was skipped', () => {
    expect(TestCount.ofJest(JSON.stringify(results))).toEqual(new TestCount(7, 1, 2));
  });

  test('counts a file that does not run as a failure', () => {
    expect(TestCount.ofJest(JSON.stringify({ ...results, numRuntimeErrorTestSuites: 1 }))).toEqual(new TestCount(7, 2, 2));
  });
});

describe('unittest', () => {
  test.each([
    ['Ran 37 tests in 15.730s\n\nOK\n', new TestCount(37, 0)],
    ['Ran 1 test in 0.001s\n\nOK (skipped=1)\n', new TestCount(0, 0, 1)],
    ['Ran 37 tests in 15.730s\n\nFAILED (failures=1, errors=2, skipped=3)\n', new TestCount(31, 3, 3)],
    ['Ran 0 tests in 0.000s\n\nNO TESTS RAN\n', new TestCount(0, 0)],
  ])('%j', (output, count) => {
    expect(TestCount.ofUnittest(`...\n-----\n${output}`)).toEqual(count);
  });

  test('that broke off has no count', () => {
    expect(TestCount.ofUnittest('Traceback (most recent call last):\n')).toBeUndefined();
  });
});
