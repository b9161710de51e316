import type { Element } from './client';

/** A page of an answer in JSON; it may be empty and yet have a next one. */
export interface Page {
  readonly NextToken?: string;
}

/**
 * Pages of a list, one after the other.
 *
 * @param ask asks for the page that the token names, or for the first
 * @throws where the list gives the same next page twice: it would never end
 */
export async function* pagesOf<P extends Page | Element>(operation: string, ask: (NextToken?: string) => Promise<P>): AsyncGenerator<P> {
  for (let NextToken: string | undefined; ;) {
    const page = await ask(NextToken);
    yield page;
    if (!page.NextToken) return;
    if (page.NextToken === NextToken) throw new Error(`${operation} goes in a circle: it gave the same next page twice`);
    NextToken = page.NextToken;
  }
}
