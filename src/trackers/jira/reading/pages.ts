import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Call } from '../../tracker.js';
import { PROPERTY } from '../closing/marks.js';
import { understand } from '../transport/answers.js';
import type { Session } from '../transport/session.js';

/** What to look for, and what to tell about it. */
export interface Query {
  readonly jql: string;
  readonly fields: readonly string[];
}

/** With more than ids in it, Cloud gives no larger page, whatever it is asked for. */
const PAGE = 100;

/** So many pages in a row that bring nothing new are no list any more. */
const IDLE_PAGES = 10;

/** The raw issues of a search, page by page, each once. A list that repeats itself is told as a `problem`: it may be incomplete. */
export function searchPages(session: Session, query: Query, call: Call): AsyncGenerator<unknown[]> {
  return session.flavour === 'cloud' ? cloudPages(session, query, call) : dataCenterPages(session, query, call);
}

const cloudPage = z.object({
  issues: z.array(z.unknown()),
  nextPageToken: z.string().nullish(),
  isLast: z.boolean().nullish(),
});

/** Source: `POST search/jql`. The last page has no token; `isLast` alone proves nothing; a page may be empty and not the last. */
async function* cloudPages({ api }: Session, { jql, fields }: Query, call: Call): AsyncGenerator<unknown[]> {
  const progress = newProgress();
  const tokens = new Set<string>();
  for (let token: string | undefined; ; ) {
    const body = { jql, fields, maxResults: PAGE, properties: [PROPERTY], ...(token ? { nextPageToken: token } : {}) };
    const page = understand(cloudPage, await api.read({ path: '/search/jql', body }, call), 'the search');
    yield progress.fresh(page.issues);
    token = page.nextPageToken ?? undefined;
    if (!token) return;
    if (tokens.has(token) || progress.stalled()) {
      if (!page.isLast) call.on({ type: 'problem', error: endless() });
      return;
    }
    tokens.add(token);
  }
}

const dataCenterPage = z.object({
  issues: z.array(z.unknown()),
  maxResults: z.number().int().positive(),
  total: z.number().int(),
  warningMessages: z.array(z.string()).nullish(),
});

/**
 * Source: `POST search` of Data Center. The server may give fewer than it was asked for, and says how many that are. Issues that
 * leave the list while it is read pull all later ones forward: then the pages overlap by as many, so that none is missed.
 */
async function* dataCenterPages({ api }: Session, { jql, fields }: Query, call: Call): AsyncGenerator<unknown[]> {
  const progress = newProgress();
  for (let startAt = 0, total = 0; ; ) {
    const answer = await api.read({ path: '/search', body: { jql, fields, maxResults: PAGE, startAt } }, call);
    const page = understand(dataCenterPage, answer, 'the search');
    for (const warning of page.warningMessages ?? [])
      call.on({ type: 'problem', error: new TrackerError('validation', warning) });
    yield progress.fresh(page.issues);
    const left = total - page.total;
    total = page.total;
    startAt = left > 0 ? Math.max(0, startAt - left) : startAt + (page.issues.length || page.maxResults);
    if (startAt >= total) return;
    if (progress.stalled()) {
      call.on({ type: 'problem', error: endless() });
      return;
    }
  }
}

const withId = z.object({ id: z.string() });

/** Keeps what is new of each page, and knows when nothing has been for long. What has no id counts as new: others complain about it. */
function newProgress(): { fresh(issues: readonly unknown[]): unknown[]; stalled(): boolean } {
  const seen = new Set<string>();
  let idle = 0;
  return {
    fresh(issues) {
      const fresh = issues.filter((issue) => {
        const id = withId.safeParse(issue).data?.id;
        return id === undefined || (!seen.has(id) && Boolean(seen.add(id)));
      });
      idle = fresh.length > 0 ? 0 : idle + 1;
      return fresh;
    },
    stalled: () => idle >= IDLE_PAGES,
  };
}

function endless(): TrackerError {
  return new TrackerError('unexpected', "Jira's list of bugs repeats itself, so some may be missing from it.");
}
