import { foldName, nameMatcher } from '../../../model/text.js';
import type { GithubSettings } from '../settings.js';
import type { RestIssue } from '../transport/answers.js';

/** The settings' words for things, ready to be asked. Names compare without regard to case. */
export interface Words {
  isBug(row: Pick<RestIssue, 'labels' | 'type'>): boolean;
  inProgress(labels: readonly string[]): boolean;
  priority(labels: readonly string[]): string | null;
}

/** Compiles the words of the settings. */
export function compileWords({ bugs, inProgress, priority }: Pick<GithubSettings, 'bugs' | 'inProgress' | 'priority'>): Words {
  const labels = new Set(bugs.labels.map(foldName));
  const types = new Set(bugs.types.map(foldName));
  const isInProgress = nameMatcher(inProgress);
  const priorities = Object.entries(priority).map(([name, patterns]) => ({ name, matches: nameMatcher(patterns) }));
  return {
    isBug: (row) => row.labels.some((label) => labels.has(foldName(label))) || types.has(foldName(row.type?.name ?? '')),
    inProgress: (names) => names.some(isInProgress),
    priority: (names) => priorities.find(({ matches }) => names.some(matches))?.name ?? null,
  };
}
