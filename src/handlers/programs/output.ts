/** Where a program of a build step tells people what it does. */
export interface Output {
  readonly say: (text: string) => void;
  readonly fail: (text: string) => void;
}

/** The log of the build. */
export const BUILD_LOG: Output = {
  say: (text) => process.stdout.write(`${text}\n`),
  fail: (text) => process.stderr.write(`${text}\n`),
};
