import type { Selection } from '../../tracker.js';
import type { GithubSettings } from '../settings.js';
import type { RestIssue } from '../transport/answers.js';
import { closedPages, openPages, type Place, type Query } from './issue-pages.js';
import type { Words } from './words.js';

/** What to list to find all bugs. A label with a comma cannot be asked for, so everything is read for it. */
function queriesFor({ labels, types }: GithubSettings['bugs']): Query[] {
  if (labels.some((label) => label.includes(','))) return [{}];
  return [...labels.map((name) => ({ labels: name })), ...types.map((type) => ({ type }))];
}

/** The bugs of a repository that a selection wants, a page at a time, each bug once. Throws a TrackerError. */
export async function* listBugs(
  place: Place,
  what: Selection,
  bugs: GithubSettings['bugs'],
  words: Words,
): AsyncGenerator<RestIssue[]> {
  const seen = new Set<number>();
  for (const query of queriesFor(bugs)) {
    for await (const page of what.state === 'open' ? openPages(place, query) : closedPages(place, query, what.since)) {
      const fresh: RestIssue[] = [];
      for (const row of page) {
        if (row.pull_request !== undefined || !words.isBug(row) || seen.has(row.number)) continue;
        seen.add(row.number);
        fresh.push(row);
      }
      yield fresh;
    }
  }
}
