import { TrackerError } from '../../../errors.js';
import { type Instant, toInstant } from '../../../model/instant.js';
import { type RestIssue, restIssues, understand } from '../transport/answers.js';
import type { Octokit } from '../transport/client.js';
import { allPages, nextPage, type Page } from '../transport/pages.js';

/** The repository whose issues are listed, and the way to it. */
export interface Place {
  readonly octokit: Octokit;
  readonly api: string;
  readonly repository: string;
}

/** One list to ask for: GitHub joins several labels by AND, so each has a list of its own. */
export interface Query {
  readonly labels?: string;
  readonly type?: string;
}

/** The open issues, pull requests among them, the oldest first, a page at a time. Throws a TrackerError. */
export async function* openPages(place: Place, query: Query): AsyncGenerator<RestIssue[]> {
  const first = await firstPage(place, query, { state: 'open', sort: 'created' });
  if (!first) return;
  for await (const data of allPages(place.octokit, place.api, first)) yield rowsOf(data, place);
}

/**
 * The same of the closed ones that changed at an instant or later, those first that changed first; a row may come more than once.
 * On a server that counts its pages, rows move up past us when one leaves the list. So no page is the next of another: each is the first
 * page of what changed since the last row before it, and what changes meanwhile moves to the end, ahead of us.
 */
export async function* closedPages(place: Place, query: Query, since: Instant): AsyncGenerator<RestIssue[]> {
  const pageSince = (at: Instant) => firstPage(place, query, { state: 'closed', sort: 'updated', since: at });
  let from = secondBefore(since);
  let page = await pageSince(from);
  for (let last: string | null = null; page; ) {
    const rows = rowsOf(page.data, place);
    yield rows;
    const next = nextPage(page.headers.link, place.api);
    if (next === null) return;
    const reached = secondBefore(rows.at(-1)?.updated_at ?? from);
    if (reached > from) {
      from = reached;
      page = await pageSince(from);
    } else if (next === last) {
      throw new TrackerError('unexpected', `The closed issues of ${place.repository} do not end: a page links to itself.`);
    } else {
      // More rows of one moment than fit on a page.
      last = next;
      page = await place.octokit.request({ method: 'GET', url: next });
    }
  }
}

/** GitHub says "updated after the given time" and means that second as well, as far as is known. Never before 1970. */
function secondBefore(at: string): Instant {
  return toInstant(Math.max(0, Date.parse(at) - 1000)) ?? at;
}

/** Null where the repository has no such issue type: GitHub answers 422 to a type that it does not know. */
async function firstPage({ octokit, repository }: Place, query: Query, which: Which): Promise<Page | null> {
  const [owner = '', repo = ''] = repository.split('/');
  try {
    return await octokit.rest.issues.listForRepo({ owner, repo, direction: 'asc', per_page: 100, ...which, ...query });
  } catch (error) {
    if (query.type !== undefined && error instanceof TrackerError && error.kind === 'validation') return null;
    throw error;
  }
}

type Which = { state: 'open'; sort: 'created' } | { state: 'closed'; sort: 'updated'; since: Instant };

function rowsOf(data: unknown, { repository }: Place): RestIssue[] {
  return understand(restIssues, data, `the issues of ${repository}`);
}
