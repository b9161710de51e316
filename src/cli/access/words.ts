/** Things as a sentence lists them. */
export function enumerated(things: readonly string[]): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} and ${things[things.length - 1]}`;
}

/** Assets of a kind, which their last or first word says, under one: `data and models bucket`. */
export function together(assets: readonly string[]): string {
  if (assets.length < 2) return assets.join('');
  const words = assets.map((asset) => asset.split(' ')), [first] = words;
  if (words.every((of) => of.length > 1 && of[of.length - 1] === first[first.length - 1])) return `${enumerated(words.map((of) => of.slice(0, -1).join(' ')))} ${first[first.length - 1]}s`;
  if (words.every((of) => of.length > 1 && of[0] === first[0])) return `${first[0]}s ${enumerated(words.map((of) => of.slice(1).join(' ')))}`;
  return enumerated(assets);
}

/** Those of all, in the fewest words. */
export function among(some: readonly string[], all: readonly string[]): string {
  const others = all.filter((one) => !some.includes(one));
  return others.length < some.length ? `all but ${enumerated(others)}` : enumerated(some);
}

/** Paths that differ in one part, as shells write them: `Storage/{Data, Models}/Policy`. */
export function braced(paths: readonly string[]): string {
  const [first, ...others] = paths.map((path) => path.split('/'));
  const different = first.map((_, index) => index).filter((index) => others.some((parts) => parts[index] !== first[index]));
  if (different.length !== 1 || others.some(({ length }) => length !== first.length)) return paths.join(', ');
  const [index] = different;
  return [...first.slice(0, index), `{${[first, ...others].map((parts) => parts[index]).join(', ')}}`, ...first.slice(index + 1)].join('/');
}
