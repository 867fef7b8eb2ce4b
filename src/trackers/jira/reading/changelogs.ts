import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Call } from '../../tracker.js';
import { bulkChangelogs, type ChangeEntry, changelog, changelogPage, type JiraIssue, understand } from '../transport/answers.js';
import type { Api } from '../transport/api.js';

/** A changelog, and whether it is the whole of it. */
export interface Changelog {
  readonly entries: readonly ChangeEntry[];
  readonly complete: boolean;
}

/** How many issues are asked for at once; 1,000 is the most. Fewer keep what is in memory at any time small. */
const ISSUES = 500;

/** The most entries that one page may hold. */
const ENTRIES = 10_000;

/**
 * The changelogs of issues of a Cloud site, by the issue's id. The entries of one issue may be spread over several pages. Issues
 * that nothing was ever changed on are left out of the answer, as are those we may not see: a bug that was just listed is one of the
 * former, and is read again by itself before anything is written. Source: `POST changelog/bulkfetch`.
 */
export async function readChangelogs(ids: readonly string[], api: Api, call: Call): Promise<Map<string, Changelog>> {
  const found = new Map<string, Changelog>();
  for (let start = 0; start < ids.length; start += ISSUES) {
    const chunk = ids.slice(start, start + ISSUES);
    const { entries, complete } = await readChunk(chunk, api, call);
    for (const id of chunk) found.set(id, { entries: entries.get(id) ?? [], complete });
  }
  return found;
}

interface Chunk {
  readonly entries: ReadonlyMap<string, ChangeEntry[]>;
  readonly complete: boolean;
}

async function readChunk(issueIdsOrKeys: readonly string[], api: Api, call: Call): Promise<Chunk> {
  const entries = new Map<string, ChangeEntry[]>();
  const tokens = new Set<string>();
  for (let token: string | undefined; ; ) {
    const body = { issueIdsOrKeys, maxResults: ENTRIES, ...(token ? { nextPageToken: token } : {}) };
    const page = understand(bulkChangelogs, await api.read({ path: '/changelog/bulkfetch', body }, call), 'changelogs');
    for (const { issueId, changeHistories } of page.issueChangeLogs) {
      const known = entries.get(issueId) ?? [];
      known.push(...changeHistories);
      entries.set(issueId, known);
    }
    token = page.nextPageToken ?? undefined;
    if (!token) return { entries, complete: true };
    if (tokens.has(token)) {
      const error = new TrackerError('unexpected', "Jira's list of changes repeats itself, so some may be missing from it.");
      call.on({ type: 'problem', error });
      return { entries, complete: false };
    }
    tokens.add(token);
  }
}

const PAGE = 100;

/**
 * The whole changelog of an issue that was expanded with it. Data Center gives all of it; Cloud the newest hundred entries, so that
 * a longer one is read from its beginning, page by page.
 */
export async function wholeChangelog(
  { id, changelog: expanded }: Pick<JiraIssue, 'id' | 'changelog'>,
  api: Api,
  call: Call,
): Promise<Changelog> {
  const { histories = [], total } = expanded ?? {};
  if (!expanded) return { entries: [], complete: false };
  if ((total ?? 0) <= histories.length) return { entries: histories, complete: true };
  const found = new Map<string, ChangeEntry>();
  for (let startAt = 0; ; ) {
    const query = { startAt: String(startAt), maxResults: String(PAGE) };
    const page = understand(changelogPage, await api.read({ path: `/issue/${id}/changelog`, query }, call), 'its changelog');
    for (const entry of page.values) found.set(entry.id, entry);
    startAt += page.values.length;
    if (startAt >= page.total || page.values.length === 0)
      return { entries: [...found.values()], complete: found.size >= page.total };
  }
}

const expanded = z.object({ changelog: changelog.nullish() });

/** The whole changelog of an issue by its id. */
export async function readChangelog(id: string, api: Api, call: Call): Promise<Changelog> {
  const answer = await api.read({ path: `/issue/${id}`, query: { fields: 'status', expand: 'changelog' } }, call);
  return wholeChangelog({ id, ...understand(expanded, answer, 'its changelog') }, api, call);
}
