import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Bug } from '../../../model/bug.js';
import type { Call } from '../../tracker.js';
import { type JiraIssue, understand, version } from '../transport/answers.js';
import type { Facts } from './facts.js';
import { parentKey, versionTargets } from './further.js';
import { issuesJql } from './jql.js';
import { searchPages } from './pages.js';

type Targets = Exclude<Bug['targets'], string>;

const parent = z.object({ key: z.string(), fields: z.object({ fixVersions: z.array(version).nullish() }) });

/**
 * The targets that issues inherit from their parents, by the issue's id: none where there is no parent or where it does not count,
 * no entry for an issue whose parent could not be read.
 */
export async function inheritedTargets(issues: readonly JiraIssue[], facts: Facts, call: Call): Promise<Map<string, Targets>> {
  const further = await facts.further(call);
  const wanted = issues.map((issue) => ({ id: issue.id, key: parentKey(issue, further) }));
  const keys = new Set(wanted.flatMap(({ key }) => key ?? []));
  const versions = keys.size > 0 ? await readVersions([...keys], facts, call) : new Map<string, Targets>();
  return new Map(
    wanted.flatMap(({ id, key }): [string, Targets][] => {
      const targets = key === null ? [] : versions.get(key);
      return targets ? [[id, targets]] : [];
    }),
  );
}

async function readVersions(keys: readonly string[], facts: Facts, call: Call): Promise<Map<string, Targets>> {
  const found = new Map<string, Targets>();
  const query = { jql: issuesJql(keys), fields: ['fixVersions'] };
  try {
    for await (const page of searchPages(await facts.session(call), query, call)) {
      for (const raw of page) {
        const { key, fields } = understand(parent, { body: raw }, 'a parent');
        found.set(key, versionTargets(fields.fixVersions ?? []));
      }
    }
  } catch (error) {
    // One parent that we may not see fails the whole query; the bugs say that their targets are unreadable.
    if (!(error instanceof TrackerError) || error.kind === 'auth') throw error;
  }
  return found;
}
