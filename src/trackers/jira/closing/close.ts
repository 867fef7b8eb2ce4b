import { TrackerError } from '../../../errors.js';
import type { Bug, Mark } from '../../../model/bug.js';
import type { Call, Receipt } from '../../tracker.js';
import { categoryOf, isDone } from '../reading/category.js';
import type { Reading } from '../reading/list.js';
import type { Found } from '../reading/one.js';
import { readState, type State } from '../reading/state.js';
import type { Resolution } from '../transport/answers.js';
import type { Api } from '../transport/api.js';
import { findClosing } from './find-closing.js';
import { findComment, ourComment, removeRepeated } from './posting.js';
import { closeReceipt, describeEnd, remembered } from './receipts.js';
import { type Attachments, sendTransition } from './transition.js';
import { type Choice, firstWanted, type Plan } from './transition-choice.js';

/** A bug that was just read, and how it would be closed. */
export interface Prepared extends Found {
  readonly choice: Choice;
}

/** What a transition turned out to take, so that the next bug of its kind need not be refused first. */
export type Habits = WeakMap<Plan, Pick<Attachments, 'resolution'> & { readonly insideTransition: boolean }>;

/** A closing under way. */
interface Closing {
  readonly bug: Bug;
  readonly mark: Mark;
  readonly plan: Plan;
  readonly wanted: Resolution | null;
  readonly api: Api;
  readonly call: Call;
}

/**
 * Closes a bug by the one transition that was found for it, with a wanted resolution, and reads back what Jira recorded. One that an
 * earlier attempt closed after all, though its answer was lost, is closed. Throws `conflict` where there is no such transition, or
 * when the bug is not done afterwards.
 */
export async function closeBug(
  bug: Bug,
  mark: Mark,
  ready: Prepared,
  habits: Habits,
  reading: Reading,
  call: Call,
): Promise<Receipt> {
  const { issue, choice } = ready;
  const finished = await finish(mark, ready, reading, call);
  if (finished) return finished;
  if ('obstacle' in choice) throw new TrackerError('conflict', `${bug.ref} cannot be closed: ${choice.obstacle}.`);
  const { plan } = choice;
  const { api } = await reading.facts.session(call);
  const wanted = plan.resolution ?? firstWanted(await reading.facts.resolutions(call), reading.settings.closeAs) ?? null;
  const closing = { bug, mark, plan, wanted, api, call };
  const note = await go(closing, habits, reading);
  const recorded = await readBack(closing);
  const { status, resolution } = issue.fields;
  return closeReceipt(bug.ref, describeEnd(recorded.status.name, recorded.resolution?.name, wanted?.name) + note, {
    issue: bug.id,
    from: { ...remembered(status), category: categoryOf(status) },
    to: remembered(recorded.status),
    resolution: resolution ? remembered(resolution) : null,
  });
}

/** All that an attempt may have left to do is to remove the comment that the transition has repeated. */
async function finish(mark: Mark, ready: Prepared, reading: Reading, call: Call): Promise<Receipt | undefined> {
  const { bug } = ready;
  const receipt = await findClosing(bug, mark, ready, reading, call);
  const copies = bug.events.filter((event) => event.mark?.run === mark.run && event.mark.action === mark.action);
  const ours = receipt && copies.length > 1 ? await findComment(bug, mark, reading, call) : undefined;
  if (!receipt || !ours) return receipt;
  const { api } = await reading.facts.session(call);
  return { ...receipt, recorded: receipt.recorded + (await removeRepeated(bug, ours, api, call)) };
}

/** Sends the bug through the transition with as much as it takes. Gives a remark for the receipt. */
async function go(closing: Closing, habits: Habits, reading: Reading): Promise<string> {
  const { bug, mark, plan, wanted, api, call } = closing;
  const { fields } = reading.settings.closeAs;
  let { resolution, insideTransition } = habits.get(plan) ?? { resolution: wanted, insideTransition: false };
  for (;;) {
    const ours = insideTransition ? await ourComment(bug, mark, reading, call) : null;
    const outcome = await sendOrSee(closing, { resolution, fields, comment: ours?.body ?? null });
    if (outcome === 'no-resolution') resolution = null;
    else if (outcome === 'wants-comment') insideTransition = true;
    else {
      habits.set(plan, { resolution, insideTransition });
      return ours ? removeRepeated(bug, ours, api, call) : '';
    }
  }
}

/** A transition whose answer was lost shows in the status. It is not sent again: one that still travels may arrive later. */
async function sendOrSee({ bug, plan, api, call }: Closing, attachments: Attachments): ReturnType<typeof sendTransition> {
  try {
    return await sendTransition(bug.id, plan, attachments, api, call);
  } catch (error) {
    if (!(error instanceof TrackerError) || !error.ambiguousWrite) throw error;
    const { status } = await readState(bug.id, api, call).catch(() => {
      throw error;
    });
    if (status.id !== plan.transition.to.id) throw error;
    return 'done';
  }
}

async function readBack({ bug, plan, api, call }: Closing): Promise<State> {
  const state = await readState(bug.id, api, call).catch((error: unknown) => {
    if (!(error instanceof TrackerError)) throw error;
    const message = `${bug.ref} was sent through ${plan.transition.name}, but what came of it could not be read: ${error.message}`;
    throw new TrackerError(error.kind, message, { hint: error.hint, cause: error, ambiguousWrite: true });
  });
  if (isDone(state.status)) return state;
  throw new TrackerError('conflict', `${bug.ref} is ${state.status.name} after ${plan.transition.name}, which is not done.`);
}
