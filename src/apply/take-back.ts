import { TrackerError } from '../errors.js';
import type { Bug } from '../model/bug.js';
import type { Receipt, Tracker } from '../trackers/tracker.js';
import { type Patience, patiently } from './patience.js';
import { announcement, type BackStep, type Deed, isOnlyWords, type Way, wayBack } from './way-back.js';

/** All that looking at one bug takes. */
export interface Looking extends Patience {
  readonly tracker: Tracker;
  /** What the configuration knows about accounts, applied to a bug that was just read. */
  prepare(bug: Bug): Bug;
}

/** A bug that a run has touched, as it is now, and what is to be done with it. `deed` has all receipts that could be found. */
export interface Sight {
  readonly bug: Bug;
  readonly deed: Deed;
  readonly way: Way;
}

/** Reads a bug and says how what a run did to it is taken back, or what it failed with. Writes nothing. */
export function look(deed: Deed, looking: Looking): Promise<Sight | TrackerError> {
  return patiently(async () => lookAt(await looking.tracker.read(deed.ref, looking.call), deed, looking), looking);
}

async function lookAt(read: Bug, deed: Deed, { tracker, prepare, call }: Looking): Promise<Sight> {
  const bug = prepare(read);
  const found = { ...deed, receipts: [...deed.receipts, ...(await missing(bug, deed, { tracker, call }))] };
  return { bug, deed: found, way: wayBack(bug, found) };
}

/** The receipts of what was written without anybody noting that it was. */
async function missing(bug: Bug, deed: Deed, { tracker, call }: Pick<Looking, 'tracker' | 'call'>): Promise<Receipt[]> {
  const { receipts, pending, earlier } = deed;
  const lost = deed.lost && (deed.mark.action !== 'undo' || earlier.pending.has('disown'));
  const lacks = (action: Receipt['action']) =>
    (lost || pending === action) && !receipts.some((receipt) => receipt.action === action);
  const mark = announcement(bug, deed.mark)?.mark ?? deed.mark;
  const comment = lacks('comment') ? await tracker.findMark(bug, mark, call) : undefined;
  // A closing after a warning is the work of a later run.
  const closing = !isOnlyWords(mark) && lacks('close') ? await tracker.findClosing(bug, mark, call) : undefined;
  return [comment, closing].flatMap((receipt) => receipt ?? []);
}

/** All that taking back one bug takes. What cannot be written down is not done: both reject then. */
export interface TakingBack extends Looking {
  /** Resolves when it is on the disk that this write is about to be sent. */
  intent(step: BackStep): Promise<void>;
  /** Resolves when it is on the disk that the write has happened. */
  done(step: BackStep): Promise<void>;
}

/** What became of a bug of an undo. */
export interface TakenBack {
  readonly status: 'taken-back' | 'left' | 'failed';
  readonly detail: string;
}

/**
 * Takes back what a run did to one bug: read it again, compare, reopen it, let our comment say so. Each step is taken only when the one
 * before it is known to have succeeded, and after a pause the bug is read and compared anew. Expected failures are results; only an
 * interruption, a journal that cannot be written or a defect throws.
 */
export async function takeBack(given: Deed, taking: TakingBack): Promise<TakenBack> {
  let deed = given;
  const written: BackStep[] = [];
  const remarks: string[] = [];
  const outcome = await patiently(async () => {
    const sight = await lookAt(await taking.tracker.read(deed.ref, taking.call), deed, taking);
    if (sight.way.kind !== 'back') return concluded(sight.way, written);
    for (const step of sight.way.steps) {
      remarks.push(...(await write(step, sight.deed, taking)));
      written.push(step);
      deed = { ...deed, earlier: { ...deed.earlier, done: new Set([...deed.earlier.done, step]) } };
    }
    return { status: 'taken-back' as const, detail: [inWords(written, deed), ...remarks].join('; ') };
  }, taking);
  if (!(outcome instanceof Error)) return outcome;
  const reopened = written.includes('reopen') ? 'it was reopened, but its comment stands: ' : '';
  return { status: 'failed', detail: `${reopened}${outcome.message}` };
}

/** Gives what could not be brought back, in words. */
async function write(step: BackStep, { ref, receipts }: Deed, { tracker, call, intent, done }: TakingBack): Promise<string[]> {
  const action = step === 'reopen' ? 'close' : 'comment';
  const remarks: string[] = [];
  await intent(step);
  try {
    for (const receipt of receipts.filter((one) => one.action === action)) await tracker.revert(receipt, call);
  } catch (error) {
    // A bug that is open again without all that it had is open: our comment must not go on saying that it is closed.
    const conflict = step === 'reopen' && error instanceof TrackerError && error.kind === 'conflict' ? error : null;
    if (!conflict || (await tracker.read(ref, call)).state !== 'open') throw error;
    remarks.push(conflict.message);
  }
  await done(step);
  return remarks;
}

/** What became of a bug with which nothing more is to be done. */
export function concluded(way: Exclude<Way, { kind: 'back' }>, written: readonly BackStep[] = []): TakenBack {
  if (way.kind === 'left') return { status: 'left', detail: way.detail };
  if (way.kind === 'nothing') return { status: 'left', detail: 'nothing was done to it after all' };
  return { status: 'taken-back', detail: written.includes('reopen') ? 'reopened' : 'was taken back before' };
}

/** What was done, or is to be done, in words. */
function inWords(steps: readonly BackStep[], { mark }: Pick<Deed, 'mark'>): string {
  const what = mark.action === 'warn' ? 'the warning' : 'the comment';
  const parts = [
    ...(steps.includes('reopen') ? ['reopened'] : []),
    ...(steps.includes('disown') ? [`${what} says that it was taken back`] : []),
  ];
  return parts.join(', ');
}
