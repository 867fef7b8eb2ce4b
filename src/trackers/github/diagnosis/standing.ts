import { count } from '../../../model/phrases.js';
import type { Diagnosis } from '../../tracker.js';
import { isAmong, nameAll, type Place, type RateLimit } from './place.js';

const MAY_CLOSE: ReadonlySet<string | null> = new Set(['ADMIN', 'MAINTAIN', 'WRITE', 'TRIAGE']);
const MAY_CREATE_LABELS: ReadonlySet<string | null> = new Set(['ADMIN', 'MAINTAIN', 'WRITE']);

/** What each repository is like, and what we may do in it. */
export function standing(places: readonly Place[]): Diagnosis[] {
  const seen = places.map(({ facts, labels, milestones }): Diagnosis => {
    const { nameWithOwner: name, viewerPermission: role } = facts;
    const open = milestones.filter(({ state }) => state === 'OPEN').length;
    const planned = milestones.length > 0 ? `${count(milestones.length, 'milestone')} (${open} open)` : 'no milestone';
    const has = `${count(labels.length, 'label')}, ${planned}`;
    const may = MAY_CLOSE.has(role) ? ` We may close bugs (role ${role?.toLowerCase()}).` : '';
    return { severity: 'ok', message: `${name}: ${has}.${may}` };
  });
  const silent = places.filter(({ facts }) => facts.viewerPermission === null);
  const readOnly = places.filter(({ facts }) => facts.viewerPermission !== null && !MAY_CLOSE.has(facts.viewerPermission));
  return [
    ...seen,
    ...noteOn(readOnly, (names) => ({
      message: `${names}: we may only read.`,
      hint: 'Dry runs need no more. Closing takes the triage role, or a token with Issues: write.',
    })),
    ...noteOn(silent, (names) => ({
      message: `${names}: GitHub does not tell what this token may do.`,
      hint: 'Dry runs need no more than this. Closing takes Issues: write (in workflows: permissions: issues: write).',
    })),
  ];
}

/** Repositories that plan no releases. */
export function unplanned(places: readonly Place[]): Diagnosis[] {
  return noteOn(
    places.filter(({ milestones }) => milestones.length === 0),
    (names) => ({
      message: `${names}: no milestone at all, so nothing can have a target and all bugs will be undecided.`,
      hint: 'Plan with milestones, or have them judged all the same: targets.treat.unplanned: untargeted.',
    }),
  );
}

/**
 * The label for closed bugs, where it does not exist. GitHub creates a label that is added to an issue, for those who may create
 * labels (the write role); others get a 403. Sources: GitHub's documentation, "Repository roles for an organization";
 * github.com/open-mpi/pr-labeler, notes of v1.0.0; github.com/actions/labeler, pull request 867.
 */
export function closingLabel(places: readonly Place[], label: string | undefined): Diagnosis[] {
  if (label === undefined) return [];
  const missing = places.filter(({ labels }) => !isAmong(label, labels));
  const willBe = missing.filter(({ facts }) => MAY_CREATE_LABELS.has(facts.viewerPermission));
  const ok = willBe.length > 0 ? `GitHub will create it in ${nameAll(willBe)} when the first bug is closed` : 'it is there';
  const rest = missing.filter((place) => !willBe.includes(place));
  return [
    ...(rest.length < places.length
      ? [{ severity: 'ok', message: `The label "${label}" for closed bugs: ${ok}.` } as const]
      : []),
    ...noteOn(rest, (names) => ({
      message: `${names}: there is no label "${label}" (closeAs.label), so bugs may be closed without it.`,
      hint: 'Create it: GitHub adds missing labels only for those with the write role, or Issues: write.',
    })),
  ];
}

/** What is left of our rate limit, in points of GraphQL. */
export function rateLeft(rate: RateLimit): Diagnosis {
  if (!rate) {
    const hint = 'Nothing to do: GitHub Enterprise Server has none, unless its administrators switched it on.';
    return { severity: 'note', message: 'This server tells of no rate limit.', hint };
  }
  const { limit, remaining, resetAt } = rate;
  const message = `${remaining} of ${limit} points of the hourly rate limit are left.`;
  if (remaining * 10 >= limit) return { severity: 'ok', message };
  return { severity: 'note', message, hint: `A large backlog may have to wait: the limit is full again at ${resetAt}.` };
}

/** One note about several repositories; none about none. */
function noteOn(places: readonly Place[], note: (names: string) => Omit<Diagnosis, 'severity'>): Diagnosis[] {
  return places.length > 0 ? [{ severity: 'note', ...note(nameAll(places)) }] : [];
}
