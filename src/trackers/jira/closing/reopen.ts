import { TrackerError } from '../../../errors.js';
import type { Call } from '../../tracker.js';
import { actorOf } from '../reading/actor.js';
import { categoryOf, isDone } from '../reading/category.js';
import { readChangelog } from '../reading/changelogs.js';
import { followChanges, isOf } from '../reading/course.js';
import type { Reading } from '../reading/list.js';
import { readState, type State } from '../reading/state.js';
import type { Transition } from '../transport/answers.js';
import type { Api } from '../transport/api.js';
import { words } from '../transport/refusal.js';
import { offeredTransitions } from './closings.js';
import { type CloseDetail, isSame } from './receipts.js';

/**
 * Sends a bug back to the status it had, or to the only one of the same category, and gives it back the resolution it had, mostly
 * none. A bug that is open already stays as it is, unless it was we who reopened it and were cut off before the resolution. Throws
 * `conflict`, with the reason, where the workflow does not allow it or somebody has moved the bug on.
 */
export async function reopen(ref: string, detail: CloseDetail, reading: Reading, call: Call): Promise<void> {
  const { api } = await reading.facts.session(call);
  const found = await readState(detail.issue, api, call);
  if (isDone(found.status)) {
    const now = await goBack(ref, found, detail, api, call);
    await restoreResolution(ref, now, detail, api, call);
  } else if (!hasResolution(found, detail) && (await isReopenedByUs(detail, reading, call))) {
    await restoreResolution(ref, found, detail, api, call);
  }
}

/** Gives the bug as it is afterwards. A transition whose answer was lost shows in the status; it is not sent again. */
async function goBack(ref: string, { status }: State, detail: CloseDetail, api: Api, call: Call): Promise<State> {
  if (!isSame(detail.to, status)) {
    throw new TrackerError('conflict', `${ref} is ${status.name} now, not ${detail.to.name} as we left it.`);
  }
  const back = wayBack(ref, await offeredTransitions(detail.issue, api, call), detail);
  const body = { transition: { id: back.id } };
  const lost = await api.write({ method: 'POST', path: `/issue/${detail.issue}/transitions`, body }, call).then(
    () => null,
    (error: unknown) => {
      if (error instanceof TrackerError && error.ambiguousWrite) return error;
      throw error;
    },
  );
  const now = await readState(detail.issue, api, call).catch((error: unknown) => {
    throw lost ?? error;
  });
  if (!isDone(now.status)) return now;
  throw lost ?? new TrackerError('conflict', `${ref} is still ${now.status.name} after ${back.name}.`);
}

function wayBack(ref: string, offered: readonly Transition[], { from }: CloseDetail): Transition {
  const open = offered.filter(({ to }) => !isDone(to));
  const same = open.filter(({ to }) => to.id === from.id);
  const namesake = open.filter(({ to }) => to.name === from.name);
  const alike = open.filter(({ to }) => categoryOf(to) === from.category);
  // Several ways to one status differ in nothing that matters here.
  const back = same[0] ?? namesake[0] ?? (alike.every(({ to }) => to.id === alike[0]?.to.id) ? alike[0] : undefined);
  if (back) return back;
  const choices = open.map(({ name, to }) => `${name} → ${to.name}`).join(', ') || 'none';
  throw new TrackerError(
    'conflict',
    `The workflow offers ${ref} no way back to ${from.name}; transitions to an open status: ${choices}.`,
  );
}

/** Whether nobody else has touched status or resolution since our account reopened it. */
async function isReopenedByUs({ issue }: CloseDetail, { facts }: Reading, call: Call): Promise<boolean> {
  const { api, self } = await facts.session(call);
  const { entries, complete } = await readChangelog(issue, api, call);
  const steps = complete ? followChanges(entries, await facts.statuses(call)) : null;
  const last = steps?.findLast(
    ({ entry, moves }) => moves.length > 0 || entry.items.some((item) => isOf(item, 'resolution', 'resolution')),
  );
  return actorOf(last?.entry.author, self.id)?.self === true;
}

function hasResolution({ resolution: now }: State, { resolution: before }: CloseDetail): boolean {
  return before === null || !now ? before === null && !now : isSame(before, now);
}

async function restoreResolution(ref: string, now: State, detail: CloseDetail, api: Api, call: Call): Promise<void> {
  const { issue, resolution } = detail;
  if (hasResolution(now, detail)) return;
  const { id, name } = resolution ?? {};
  const fields = { resolution: resolution === null ? null : id === null ? { name } : { id } };
  const edit = { method: 'PUT', path: `/issue/${issue}`, body: { fields }, idempotent: true, complains: true } as const;
  const answer = await api.write(edit, call);
  if (answer.status !== 400) return;
  const left = now.resolution ? `still has the resolution ${now.resolution.name}` : `is without its resolution ${name}`;
  throw new TrackerError('conflict', `${ref} is ${now.status.name} again, but ${left}: ${words(answer)}`);
}
