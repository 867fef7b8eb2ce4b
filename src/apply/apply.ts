import { TrackerError } from '../errors.js';
import type { Step } from '../journal/document.js';
import type { Bug, BugEvent, Mark } from '../model/bug.js';
import { isOurs, lastHumanActivity, standingMark } from '../model/history.js';
import type { Instant } from '../model/instant.js';
import { type ActionResult, actionOf, commentOf, type ReportBug } from '../report/document.js';
import { judge, type Ruleset } from '../rules/judge.js';
import type { Receipt, Tracker } from '../trackers/tracker.js';
import { drift } from './drift.js';
import { type Patience, patiently } from './patience.js';

/** Where the steps of one bug are written down. What cannot be written down is not done: both reject then. */
export interface Steps {
  /** Resolves when it is on the disk that this write is about to be sent. */
  intent(step: Step): Promise<void>;
  /** Resolves when it is on the disk that the write has happened. */
  done(step: Step, receipt: Receipt): Promise<void>;
  /** The steps that are known to be done, by an earlier attempt or before the run was cut short. */
  readonly known: ReadonlySet<Step>;
  /** The write that was announced before the run was cut short, if nobody knows what became of it. */
  readonly pending: Step | null;
}

/** All that carrying out one proposal takes. */
export interface Application extends Patience {
  readonly tracker: Tracker;
  readonly rules: Ruleset;
  /** The run's id; it goes into every marker. */
  readonly run: string;
  readonly now: Instant;
  readonly record: Steps;
  /** What the configuration knows about accounts, applied to a bug that was just read. */
  prepare(bug: Bug): Bug;
}

/**
 * Carries out one proposal of a report: read the bug again, compare, comment, close. Each step is taken only when the one
 * before it is known to have succeeded, and after a pause everything is read and compared anew. What was done before a crash is found
 * on the bug itself, so that taking up a run is the same as carrying it out. Expected failures are results; only an interruption, a
 * journal that cannot be written or a defect throws.
 */
export async function applyProposal(proposal: ReportBug, application: Application): Promise<ActionResult> {
  const result = await patiently(() => attempt(proposal, application), application);
  return result instanceof TrackerError ? { status: 'failed', detail: result.message } : result;
}

async function attempt(proposal: ReportBug, application: Application): Promise<ActionResult> {
  const { tracker, rules, now, call } = application;
  const bug = application.prepare(await tracker.read(proposal.ref, call));
  const finished = await finish(proposal, bug, application);
  if (finished) return finished;
  const change = drift(proposal, bug, () => judge(bug, rules, now));
  if (change) return { status: bug.state === 'closed' ? 'already-closed' : 'skipped', detail: change };
  const action = actionOf(proposal);
  return action === 'close' ? await close(proposal, bug, application) : await say(action, proposal, bug, application);
}

/** What comes of the actions that are no more than a comment. */
const SAID = { warn: 'warned', snooze: 'snoozed' } as const;

/** What a run that is taken up again had done to the end already, if under the words of another run; null when there is anything left to do. */
async function finish(proposal: ReportBug, bug: Bug, application: Application): Promise<ActionResult | null> {
  const { tracker, run, call, record } = application;
  const action = actionOf(proposal);
  const said = bug.events.findLast((event) => isOurs(event) && event.mark?.action === action);
  const mark = said?.mark;
  const isOwn = mark?.run === run || record.pending === 'close' || record.known.has('close');
  if (!said || !mark || !isOwn) return null;
  if (action !== 'close') {
    const receipt = await keep('comment', said, bug, application);
    return { status: SAID[action], detail: receipt?.recorded ?? `${SAID[action]} before` };
  }
  const closing = await tracker.findClosing(bug, mark, call);
  if (!closing) return null;
  await keep('comment', said, bug, application);
  if (record.known.has('close')) return { status: 'closed', detail: closing.recorded };
  // Closing what we have closed adds what a crash may have kept from it, a label.
  const { recorded } = await write('close', () => closeOnce(bug, mark, application), application);
  return { status: 'closed', detail: recorded };
}

async function say(action: keyof typeof SAID, proposal: ReportBug, bug: Bug, application: Application): Promise<ActionResult> {
  const mark = markOf(proposal, application);
  const receipt = await write('comment', () => commentOnce(proposal, bug, mark, application), application);
  return { status: SAID[action], detail: receipt.recorded };
}

async function close(proposal: ReportBug, bug: Bug, application: Application): Promise<ActionResult> {
  const mark = markOf(proposal, application);
  // A closing comment of ours on an open bug is what a failed close left behind: unless somebody has answered it, it need not be said again.
  const said = standingMark(bug, 'close');
  const unanswered = said?.mark && (lastHumanActivity(bug) ?? '') < said.at ? said.mark : null;
  if (said && unanswered) await keep('comment', said, bug, application);
  else await write('comment', () => commentOnce(proposal, bug, mark, application), application);
  const receipt = await write('close', () => closeOnce(bug, unanswered ?? mark, application), application);
  return { status: 'closed', detail: receipt.recorded };
}

function markOf(proposal: ReportBug, { run }: Application): Mark {
  const { policy, snooze } = proposal;
  return { run, action: actionOf(proposal), policy: policy ?? '', ...(snooze === undefined ? {} : { until: snooze }) };
}

async function write(step: Step, act: () => Promise<Receipt>, { record }: Application): Promise<Receipt> {
  await record.intent(step);
  const receipt = await act();
  await record.done(step, receipt);
  return receipt;
}

/** Takes our comment, which stands on the bug, into the journal where it is not there yet: an undo must know of it. */
async function keep(step: Step, { mark }: BugEvent, bug: Bug, application: Application): Promise<Receipt | null> {
  const { tracker, call, record } = application;
  if (!mark || record.known.has(step)) return null;
  const receipt = await tracker.findMark(bug, mark, call);
  return receipt ? write(step, () => Promise.resolve(receipt), application) : null;
}

/** Posts a comment. When the answer was lost, it is looked up by its mark, never posted again. */
async function commentOnce(proposal: ReportBug, bug: Bug, mark: Mark, { tracker, call }: Application): Promise<Receipt> {
  try {
    return await tracker.comment(bug, commentOf(proposal), mark, call);
  } catch (error) {
    return found(error, await lookUp(error, () => tracker.findMark(bug, mark, call)));
  }
}

/** Closes the bug. When the answer was lost, the bug itself says what became of it. */
async function closeOnce(bug: Bug, mark: Mark, { tracker, call, prepare }: Application): Promise<Receipt> {
  try {
    return await tracker.close(bug, mark, call);
  } catch (error) {
    const look = async () => {
      const now = prepare(await tracker.read(bug.ref, call));
      const closing = await tracker.findClosing(now, mark, call);
      return closing && (await complete(closing, () => tracker.close(now, mark, call)));
    };
    return found(error, await lookUp(error, look));
  }
}

/** Closes once more what is closed, for it may lack something, a label. That this fails too is mentioned, and the bug stays closed. */
async function complete(closing: Receipt, close: () => Promise<Receipt>): Promise<Receipt> {
  try {
    return await close();
  } catch (error) {
    if (!(error instanceof TrackerError)) throw error;
    return { ...closing, recorded: `${closing.recorded}; ${error.message}` };
  }
}

async function lookUp(error: unknown, look: () => Promise<Receipt | undefined>): Promise<Receipt | undefined> {
  return error instanceof TrackerError && error.ambiguousWrite ? await look() : undefined;
}

function found(error: unknown, receipt: Receipt | undefined): Receipt {
  if (receipt) return receipt;
  throw error;
}
