import { TrackerError } from '../errors.js';
import type { Bug, Mark } from '../model/bug.js';
import { lastHumanActivity, standingMark } from '../model/history.js';
import type { Instant } from '../model/instant.js';
import type { ActionResult, ReportBug } from '../report/document.js';
import { type Judgement, judge, type Ruleset } from '../rules/judge.js';
import type { Call, Receipt, Tracker } from '../trackers/tracker.js';

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
}

/**
 * Carries out one proposal of a report: read the bug again, compare, comment, close. Each step is taken only when the one
 * before it is known to have succeeded. Expected failures are results; only an interruption or a defect throws.
 */
export async function applyProposal(proposal: ReportBug, application: Application): Promise<ActionResult> {
  const { tracker, rules, now, call } = application;
  try {
    const bug = application.prepare(await tracker.read(proposal.ref, call));
    if (bug.state === 'closed') return { status: 'already-closed', detail: `is ${bug.status} already` };
    const change = drift(proposal, bug, judge(bug, rules, now));
    if (change) return { status: 'skipped', detail: change };
    return proposal.verdict === 'warn' ? await warn(proposal, bug, application) : await close(proposal, bug, application);
  } catch (error) {
    if (!(error instanceof TrackerError) || call.signal.aborted) throw error;
    return { status: 'failed', detail: error.message };
  }
}

/** What has happened to a bug since the report that forbids to do what the report says; null when nothing has. */
export function drift(proposal: ReportBug, bug: Bug, judgement: Judgement): string | null {
  const activity = lastHumanActivity(bug);
  if (activity !== null && activity > (proposal.lastHumanActivityAt ?? '')) {
    return `a person has acted on it since the report, on ${activity}`;
  }
  if (judgement.targetClass !== proposal.target.class) {
    return `it was ${proposal.target.class} in the report and is ${judgement.targetClass} now`;
  }
  if (judgement.verdict !== proposal.verdict) return judgement.reasons[0]?.message ?? `the verdict is ${judgement.verdict} now`;
  if (judgement.policy !== proposal.policy) return `policy "${judgement.policy}" decides about it now`;
  return null;
}

async function warn(proposal: ReportBug, bug: Bug, application: Application): Promise<ActionResult> {
  const receipt = await commentOnce(proposal, bug, markOf(proposal, 'warn', application), application);
  return { status: 'warned', detail: receipt.recorded };
}

async function close(proposal: ReportBug, bug: Bug, application: Application): Promise<ActionResult> {
  const mark = markOf(proposal, 'close', application);
  // A closing comment of ours on an open bug is what a failed close left behind: it has been said, it need not be said again.
  if (!standingMark(bug, 'close')) await commentOnce(proposal, bug, mark, application);
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
