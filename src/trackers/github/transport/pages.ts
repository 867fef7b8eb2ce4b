import { TrackerError } from '../../../errors.js';
import type { Octokit } from './client.js';

/** One page of a list, and the headers that may link to the next. */
export interface Page {
  readonly data: unknown;
  readonly headers: { readonly link?: string | undefined };
}

/**
 * The data of a page and of all that follow it. The links are followed as they are: GitHub counts pages in small lists and
 * uses cursors in large ones, where it answers 422 to a `page` of our own counting.
 */
export async function* allPages(octokit: Octokit, api: string, first: Page): AsyncGenerator<unknown> {
  let page = first;
  for (let last = ''; ; ) {
    yield page.data;
    const next = nextPage(page.headers.link, api);
    if (next === null) return;
    if (next === last) throw new TrackerError('unexpected', 'A list of GitHub does not end: its next page is the same again.');
    last = next;
    page = await octokit.request({ method: 'GET', url: next });
  }
}

/** The address of the next page in a Link header. Throws when it is on another host, where the token must not go. */
export function nextPage(link: string | undefined, api: string): string | null {
  const next = /<([^<>]+)>\s*;\s*rel="next"/.exec(link ?? '')?.[1];
  if (!next) return null;
  if (URL.canParse(next, api) && new URL(next, api).origin === new URL(api).origin) return new URL(next, api).href;
  throw new TrackerError('unexpected', 'GitHub names a next page on another host, where the token must not go.');
}
