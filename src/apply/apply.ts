import { TrackerError } from '../errors.js';
import type { Bug, Mark } from '../model/bug.js';
import { lastHumanActivity, standingMark } from '../model/history.js';
import type { Instant } from '../model/instant.js';
import type { ActionResult, ReportBug } from '../report/document.js';
import { judge, type Ruleset } from '../rules/judge.js';
import type { Call, Receipt, Tracker } from '../trackers/tracker.js';
import { drift } from './drift.js';

/** All that carrying out one proposal takes. */
export interface Application {
  readonly tracker: Tracker;
  readonly rules: Ruleset;
  /** The run's id; it goes into every marker. */
  readonly run: string;
  readonly now: Instant;
  readonly call: Call;
  /** What the configuration knows about accounts, applied to a bug that was just read. */
  prepare(bug: Bug): Bug;
  /** Told of each write that was refused for want of permission. */
  onRefusal(): void;
  /** Waits for a tracker that wants no more writes for now; rejects when somebody interrupts. */
  pause(seconds: number, reason: string): Promise<void>;
}

/** A tracker that wants more pauses than this for one bug, or a longer one, does not want to be written to. */
const MOST_PAUSES = 5;
const LONGEST_PAUSE = 3_700;

/**
 * Carries out one proposal of a report: read the bug again, compare, comment, close. Each step is taken only when the one
 * before it is known to have succeeded, and after a pause everything is read and compared anew. Expected failures are results;
 * only an interruption or a defect throws.
 */
export async function applyProposal(proposal: ReportBug, application: Application): Promise<ActionResult> {
  for (let pauses = 0; ; pauses++) {
    try {
      return await attempt(proposal, application);
    } catch (error) {
      if (!(error instanceof TrackerError) || application.call.signal.aborted) throw error;
      const { retryAfter = Number.POSITIVE_INFINITY, message, kind } = error;
      if (kind === 'auth' || kind === 'permission') application.onRefusal();
      if (kind !== 'rate-limit' || retryAfter > LONGEST_PAUSE || pauses === MOST_PAUSES) {
        return { status: 'failed', detail: message };
      }
      await application.pause(retryAfter, message);
    }
  }
}

async function attempt(proposal: ReportBug, application: Application): Promise<ActionResult> {
  const { tracker, rules, now, call } = application;
  const bug = application.prepare(await tracker.read(proposal.ref, call));
  const change = drift(proposal, bug, () => judge(bug, rules, now));
  if (change) return { status: bug.state === 'closed' ? 'already-closed' : 'skipped', detail: change };
  return proposal.verdict === 'warn' ? await warn(proposal, bug, application) : await close(proposal, bug, application);
}

async function warn(proposal: ReportBug, bug: Bug, application: Application): Promise<ActionResult> {
  const receipt = await commentOnce(proposal, bug, markOf(proposal, 'warn', application), application);
  return { status: 'warned', detail: receipt.recorded };
}

async function close(proposal: ReportBug, bug: Bug, application: Application): Promise<ActionResult> {
  const mark = markOf(proposal, 'close', application);
  // A closing comment of ours on an open bug is what a failed close left behind: unless somebody has answered it, it need not be said again.
  const said = standingMark(bug, 'close');
  if (!said || (lastHumanActivity(bug) ?? '') >= said.at) await commentOnce(proposal, bug, mark, application);
  const receipt = await application.tracker.close(bug, mark, application.call);
  return { status: 'closed', detail: receipt.recorded };
}

function markOf({ policy }: ReportBug, action: Mark['action'], { run }: Application): Mark {
  return { run, action, policy: policy ?? '' };
}

/** Posts a comment. When the answer was lost, it is looked up by its mark, never posted again. */
async function commentOnce(proposal: ReportBug, bug: Bug, mark: Mark, { tracker, call }: Application): Promise<Receipt> {
  try {
    return await tracker.comment(bug, proposal.comment ?? '', mark, call);
  } catch (error) {
    if (!(error instanceof TrackerError) || !error.ambiguousWrite) throw error;
    const receipt = await tracker.findMark(bug, mark, call);
    if (!receipt) throw error;
    return receipt;
  }
}
