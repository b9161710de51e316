import { deepStrictEqual, match, ok } from 'assert';
import { once } from 'events';
import { readFileSync } from 'fs';
import { IncomingMessage, request } from 'http';
import { join } from 'path';
import { text } from 'stream/consumers';

const [CSV, JSON_ROWS] = ['text/csv', 'application/json'];

interface Payload {
  readonly body: string | Uint8Array;
  readonly type?: string;
  readonly accept?: string;
}

/** What callers may send and may not, asked of a served model: each refusal is the caller's (4xx), and says what, where and what to do. */
export async function payloads(url: string, trained: string): Promise<number> {
  const rows = readFileSync(join(trained, 'samples', 'payload.csv'), 'utf8').trim().split('\n'), [row] = rows;
  const { columns } = JSON.parse(readFileSync(join(trained, 'model', 'model.json'), 'utf8')) as { columns: { name: string }[] };
  const values = row.split(',').map(Number), names = columns.map(({ name }) => name), [first] = names, rest = row.slice(row.indexOf(','));
  const ask = async ({ body, type = CSV, accept = CSV }: Payload) => {
    const asked = request(`${url}/invocations`, { method: 'POST', headers: { 'Content-Type': type, 'Accept': accept }, agent: false });
    asked.end(body);
    const [answer] = await once(asked, 'response') as [IncomingMessage];
    return { status: answer.statusCode!, text: await text(answer), type: answer.headers['content-type'] ?? '' };
  };
  const one = await ask({ body: row });
  deepStrictEqual([one.status, one.type.split(';')[0], one.text.trim().split('\n').length], [200, CSV, 1], one.text);
  const answered: [string, Payload, number][] = [
    ['a batch', { body: rows.join('\n') }, rows.length],
    ['a batch of five megabytes', { body: Array(Math.ceil(5_000_000 / (row.length + 1))).fill(row).join('\n') }, Math.ceil(5_000_000 / (row.length + 1))],
    ['a character set', { body: row, type: `${CSV}; charset=utf-8` }, 1],
    ['anything accepted', { body: row, accept: '*/*' }, 1],
    ['JSON rows', { body: JSON.stringify([values, values]), type: JSON_ROWS }, 2],
    ['JSON objects in another order', { body: JSON.stringify([Object.fromEntries(names.map((name, at) => [name, values[at]]).reverse())]), type: JSON_ROWS }, 1],
  ];
  for (const [what, payload, count] of answered) {
    const { status, text: said, type } = await ask(payload);
    const lines = said.trim().split('\n');
    deepStrictEqual([status, type.split(';')[0], lines.length], [200, CSV, count], `${what}: ${said.slice(0, 300)}`);
    ok(Math.abs(Number(lines[0].split(',').pop()) - Number(one.text.split(',').pop())) <= 1e-3 * Math.abs(Number(one.text.split(',').pop())), `${what}: ${lines[0]}`);
  }
  const asJson = await ask({ body: row, accept: JSON_ROWS });
  deepStrictEqual([asJson.status, (JSON.parse(asJson.text) as unknown[]).length], [200, 1]);
  const refused: [string, Payload, number, RegExp][] = [
    ['an empty body', { body: '' }, 400, /^the body holds no row: send at least one/],
    ['no rows of JSON', { body: '[]', type: JSON_ROWS }, 400, /^the body holds no row: send at least one/],
    ['another content type', { body: row, type: 'image/png' }, 415, /^the content type 'image\/png' is not understood: send text\/csv or application\/json/],
    ['another accepted type', { body: row, accept: 'image/png' }, 406, /^an answer of the content type 'image\/png' cannot be given: accept/],
    ['too few columns', { body: '1,2' }, 400, new RegExp(`^row 1 has 2 values but must have ${names.length}: ${first}, .*in this order`)],
    ['text for a number', { body: `${row}\ntall${rest}` }, 400, new RegExp(`^row 2, column ${first}: 'tall' is no finite number: send one`)],
    ['a number without end', { body: `inf${rest}` }, 400, new RegExp(`^row 1, column ${first}: 'inf' is no finite number: send one`)],
    ['no value', { body: rest }, 400, new RegExp(`^row 1, column ${first}: there is no value, .*: send one`)],
    ['null', { body: JSON.stringify([[null, ...values.slice(1)]]), type: JSON_ROWS }, 400, new RegExp(`^row 1, column ${first}: there is no value`)],
    ['columns of another table', { body: JSON.stringify([{ depth: 1 }]), type: JSON_ROWS }, 400, new RegExp(`^row 1: ${first}, .* is missing and depth is not known: send ${first}`)],
    ['broken JSON', { body: '[1,', type: JSON_ROWS }, 400, /^the body is no JSON: .*: send a list of rows/],
    ['JSON without rows', { body: '5', type: JSON_ROWS }, 400, /^the body is JSON but holds no rows: send a list of rows/],
  ];
  for (const [what, payload, expected, reason] of refused) {
    const { status, text: said } = await ask(payload);
    deepStrictEqual(status, expected, `${what}: ${said.slice(0, 300)}`);
    match(said, reason, what);
  }
  return 2 + answered.length + refused.length;
}
