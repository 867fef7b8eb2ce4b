import { z } from 'zod';
import { TrackerError } from '../../../errors.js';
import type { Call, Diagnosis } from '../../tracker.js';
import { bugsJql } from '../reading/jql.js';
import type { JiraSettings } from '../settings.js';
import { understand } from '../transport/answers.js';
import type { Session } from '../transport/session.js';
import type { Place } from './place.js';

/** Whether Jira understands the condition of the settings, asked within the same bounds as when bugs are searched for. */
export async function userCondition(
  session: Session,
  places: readonly Place[],
  settings: JiraSettings,
  call: Call,
): Promise<Diagnosis[]> {
  if (settings.jql === undefined) return [];
  const jql = bugsJql({ projects: places.map(({ key }) => key), types: existingTypes(places, settings), jql: settings.jql });
  try {
    const found = await findsAny(session, jql, call);
    return [{ severity: 'ok', message: `Jira understands jql${found ? '' : ', but no open bug fits it'}.` }];
  } catch (error) {
    if (!(error instanceof TrackerError) || error.kind !== 'validation') throw error;
    const hint = `Correct jql. The whole query was ${jql}; Jira's issue navigator says more about it.`;
    return [{ severity: 'config', message: `Jira does not understand jql: ${error.message}`, hint }];
  }
}

/** What is wrong with the types of the settings is told elsewhere, and is not to be blamed on the condition. */
function existingTypes(places: readonly Place[], { bugs }: JiraSettings): readonly string[] {
  const wanted = bugs.types.filter((name) => places.some(({ wantedTypes }) => wantedTypes.includes(name)));
  const types = [...new Set(places.flatMap((place) => place.types))];
  return [wanted, types].find((names) => names.length > 0) ?? bugs.types;
}

const page = z.object({ issues: z.array(z.unknown()), nextPageToken: z.string().nullish() });

/** Whether a query finds anything. Throws `validation` with Jira's words when it is not understood. */
export async function findsAny({ api, flavour }: Session, jql: string, call: Call): Promise<boolean> {
  const path = flavour === 'cloud' ? '/search/jql' : '/search';
  const answer = await api.read({ path, body: { jql, fields: ['summary'], maxResults: 1 } }, call);
  const { issues, nextPageToken } = understand(page, answer, 'the search');
  // On Cloud a page may be empty and not the last.
  return issues.length > 0 || Boolean(nextPageToken);
}
