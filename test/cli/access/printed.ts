/** A4, landscape, in points. */
const PAPER = { width: 842, height: 595 };
/** Width of a letter in text and in code of 90 %, on average and by the font size: that of a wide font, such as DejaVu Sans. */
const LETTER = 0.52;

/** The pages of a table of who can do what, by its own style estimated: Chromium prints no more of them at 7, 7.5 and 8 points. */
export function printedPages(html: string): number {
  return [...html.matchAll(/<section>([^]*?)<\/section>/g)].reduce((sum, [, section]) => sum + pagesOf(section, styleOf(html)), 0);
}

/** A line of a pixel, in points. */
const BORDER = 0.75;

interface Style {
  readonly font: number;
  readonly line: number;
  readonly width: number;
  readonly height: number;
  readonly first: number;
  readonly last: number;
  readonly head: number;
  readonly columns: number;
}

function styleOf(html: string): Style {
  const value = (pattern: RegExp) => {
    const [, found] = pattern.exec(html) ?? [];
    if (found === undefined) throw new Error(`The style of the table has no ${String(pattern)}.`);
    return Number(found);
  };
  const font = value(/@media print\{body\{font-size:([\d.]+)pt/), margin = value(/size:A4 landscape;margin:([\d.]+)mm/) * 72 / 25.4;
  return {
    font,
    line: font * value(/font-size:[\d.]+pt;line-height:([\d.]+)/),
    width: PAPER.width - 2 * margin,
    height: PAPER.height - 2 * margin,
    first: value(/col:first-child\{width:([\d.]+)%/) / 100,
    last: value(/col:last-child\{width:([\d.]+)%/) / 100,
    head: value(/rotate\(180deg\);height:([\d.]+)pt/),
    columns: value(/\.columns\{columns:(\d+)/),
  };
}

const textOf = (html: string) => html.replace(/<[^>]+>/g, '').replace(/&\w+;|&#\d+;/g, '.').trim();

function pagesOf(section: string, { font, line, width, height, first, last, head, columns }: Style): number {
  const lines = (text: string, space: number) => Math.max(1, Math.ceil(textOf(text).length * LETTER * font / space));
  const [before, rest] = section.split('<table>'), [table, after] = rest.split('</table>');
  const people = table.match(/<col>/g)!.length - 2, cell = (1 - first - last) * width / people - 5;
  const headed = head + 2 * line + 4;
  let pages = 1, left = height - 2 * font - (lines(before, width) + 1) * line - headed;
  for (const [row] of table.matchAll(/<tr><th scope="row">[^]*?<\/tr>/g)) {
    const cells = [...row.matchAll(/<td class[^>]*>(.*?)(?:<sup>(.*?)<\/sup>)?<\/td>/g)].map(([, text, numbers = '']) => {
      // Numbers are smaller, and so is the space before them.
      return Math.max(1, Math.ceil((textOf(text).length + numbers.length * 0.8 + 0.5) * LETTER * font / cell));
    });
    const [, label] = /<th scope="row">(.*?)<\/th>/.exec(row)!, tall = Math.max(lines(label, first * width * 0.95), ...cells) * line + BORDER;
    if (tall > left) [pages, left] = [pages + 1, height - headed];
    left -= tall;
  }
  // Columns are filled evenly, and each may end with a gap.
  const space = width / columns * 0.95;
  const parts = [...after.matchAll(/<(h2|li|p)>(.*?)<\/\1>/g)].map(([, tag, text]) => lines(text, tag === 'li' ? space - 2 * font : space) * line + (tag === 'h2' ? 6 : 1));
  const sum = parts.reduce((one, other) => one + other, 0) / columns + 2 * line;
  return sum <= left ? pages : pages + Math.ceil((sum - left) / height);
}
