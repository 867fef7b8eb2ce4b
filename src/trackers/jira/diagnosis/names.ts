import { z } from 'zod';
import { nearest } from '../../../model/phrases.js';
import { cleanText, nameMatcher } from '../../../model/text.js';
import type { Call, Diagnosis, NamesInUse } from '../../tracker.js';
import type { JiraSettings } from '../settings.js';
import { understand } from '../transport/answers.js';
import type { Session } from '../transport/session.js';
import type { Survey } from './place.js';

/** Names of one kind that rules use, and those that exist. */
interface Comparison {
  readonly noun: string;
  readonly kind: keyof NamesInUse;
  readonly plural: string;
  /** Who uses them: `keep or a policy`. */
  readonly user: string;
  readonly names: readonly string[];
  readonly existing: readonly string[];
  /** Why a name that is not among the existing ones may exist all the same; null when it is missing for certain. */
  readonly doubt: string | null;
}

/** Issue types, compared with those of the projects. */
export function typesUsed({ places, complete }: Survey, names: readonly string[]): Diagnosis[] {
  const existing = places.flatMap(({ types }) => types);
  const doubt = complete ? null : UNREAD;
  return compare({ noun: 'issue type', plural: 'issue types', kind: 'types', user: 'a policy', names, existing, doubt });
}

const UNREAD = 'not all projects could be read';

/** Parked targets, compared with the versions of the projects. Sprints, dates and the versions of other projects have no list. */
export function targetsUsed(
  { places, complete }: Survey,
  { sprint, dueDate, parent }: JiraSettings['targets'],
  names: readonly string[],
): Diagnosis[] {
  const existing = places.flatMap(({ versions }) => versions.map(({ name }) => name));
  const doubt = sprint || dueDate || parent ? 'it may be another kind of target' : null;
  const nouns = { noun: 'version', plural: 'versions', kind: 'targets' as const, user: 'targets.parked' };
  return compare({ ...nouns, names, existing, doubt: complete ? doubt : UNREAD });
}

const priorities = z.array(z.object({ name: z.string().transform(cleanText) }));

/** Priorities, compared with those of the site. Source: `GET priority`, all of them at once. */
export async function prioritiesUsed({ api }: Session, names: readonly string[], call: Call): Promise<Diagnosis[]> {
  if (names.length === 0) return [];
  const existing = understand(priorities, await api.read({ path: '/priority' }, call), 'its priorities').map(({ name }) => name);
  return compare({
    noun: 'priority',
    plural: 'priorities',
    kind: 'priorities',
    user: 'keep or a policy',
    names,
    existing,
    doubt: null,
  });
}

/** A finding for each name that fits none of the existing ones; one for all of them where none is missing. */
function compare({ noun, plural, kind, user, names, existing, doubt }: Comparison): Diagnosis[] {
  if (names.length === 0) return [];
  const missing = names.filter((name) => !existing.some(nameMatcher([name])));
  if (missing.length === 0) return [{ severity: 'ok', message: `All ${plural} that ${user} names exist.` }];
  return missing.map((name) => ({
    severity: doubt === null ? 'config' : 'note',
    message: `There is no ${noun} ${name.includes('*') ? 'like ' : ''}"${name}" (${user})${doubt === null ? '' : `, but ${doubt}`}.`,
    hint: `Correct the name, create it, or take it out. ${nearest([name], existing, noun, plural)}`,
    missing: { kind, name },
  }));
}
