import { z } from 'zod';
import type { Bug } from '../../../model/bug.js';
import type { Call } from '../../tracker.js';
import { understand } from '../transport/answers.js';
import { selectedJql } from './jql.js';
import type { Reading } from './list.js';

const found = z.object({ issues: z.array(z.unknown()) });

/**
 * Whether the user's own condition selects a bug: only Jira can tell. Asked before a write, because the condition or the bug may have
 * changed since the report. The search of Cloud lags behind unless it is told which issue matters (`reconcileIssues`).
 */
export async function isSelected(bug: Bug, { settings, facts }: Reading, call: Call): Promise<boolean> {
  if (settings.jql === undefined) return true;
  const { api, flavour } = await facts.session(call);
  const query = { jql: selectedJql(bug.ref, settings.jql), fields: ['id'], maxResults: 1 };
  const cloud = { path: '/search/jql', body: { ...query, reconcileIssues: [Number(bug.id)] } };
  const answer = await api.read(flavour === 'cloud' ? cloud : { path: '/search', body: query }, call);
  return understand(found, answer, 'the search').issues.length > 0;
}
