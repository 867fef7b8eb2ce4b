import { enumerate, quoted } from '../../../model/phrases.js';
import type { Call, Diagnosis } from '../../tracker.js';
import { quote } from '../reading/jql.js';
import { inParallel } from '../transport/parallel.js';
import type { Session } from '../transport/session.js';
import { findsAny } from './condition.js';
import type { Place } from './place.js';

/** Requests under way at once, where each label takes one. */
const AT_ONCE = 4;

/**
 * Whether any issue has the labels that rules name. Jira has no list of labels: any text without spaces is one as soon as somebody
 * types it. So each is searched for, and one that nobody has used yet is no mistake for certain.
 */
export async function labelsUsed(
  session: Session,
  places: readonly Place[],
  labels: readonly string[],
  call: Call,
): Promise<Diagnosis[]> {
  const impossible = labels.filter((label) => /\s/.test(label));
  const possible = labels.filter((label) => !impossible.includes(label));
  const patterns = possible.filter((label) => label.includes('*'));
  const exact = possible.filter((label) => !patterns.includes(label));
  const projects = places.map(({ key }) => quote(key)).join(', ');
  const used = await inParallel(exact, AT_ONCE, (label) =>
    findsAny(session, `project in (${projects}) AND labels = ${quote(label)}`, call),
  );
  const unused = exact.filter((_, index) => !used[index]);
  const all = labels.length > 0 && used.every(Boolean) && exact.length === labels.length;
  return [
    ...(all ? [{ severity: 'ok', message: 'All labels that keep or a policy names are in use.' } as const] : []),
    ...note(unused, (names) => ({
      message: `No issue in ${enumerate(places.map(({ key }) => key))} has the label ${names} (keep or a policy).`,
      hint: 'Right if it is to be used from now on: Jira takes any label. Else correct the name.',
    })),
    ...note(impossible, (names) => ({
      message: `No issue can have the label ${names} (keep or a policy): labels of Jira have no spaces.`,
      hint: 'Correct the name, unless it is meant for another tracker.',
    })),
    ...note(patterns, (names) => ({
      message: `Labels like ${names} (keep or a policy) were not looked for: Jira can neither list labels nor search for parts of them.`,
      hint: 'Make sure that they are right: the reasons in a dry run show what each rule found.',
    })),
  ];
}

function note(names: readonly string[], about: (names: string) => Omit<Diagnosis, 'severity'>): Diagnosis[] {
  return names.length > 0 ? [{ severity: 'note', ...about(quoted(names, 'or')) }] : [];
}
