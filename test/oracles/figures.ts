/** Prints what an oracle was asked and said, a line for each. */
export function printFigures(oracle: string, figures: Record<string, number>): void {
  const words = Object.entries(figures).map(([what, number]) => `${number.toLocaleString('en-US')} ${what}`);
  process.stdout.write(`${oracle}: ${words.join(', ')}\n`);
}
