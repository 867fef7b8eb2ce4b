import type { Bug } from '../model/bug.js';
import { lastHumanActivity } from '../model/history.js';
import type { ReportBug } from '../report/document.js';
import type { Judgement } from '../rules/judge.js';

/**
 * What forbids to do with a bug, as it is now, what a report says; null when nothing does. A robot's comment is no reason. `judged` is
 * asked only where the verdict matters.
 */
export function drift(proposal: ReportBug, bug: Bug, judged: () => Judgement): string | null {
  if (bug.url !== proposal.url || bug.createdAt !== proposal.createdAt) {
    return `the report is about another bug, ${proposal.url || 'which has no address'}`;
  }
  if (bug.state === 'closed') return `is ${bug.status} already`;
  // To leave a bug alone is right whatever else has changed.
  if (proposal.snooze !== undefined) return null;
  const activity = lastHumanActivity(bug);
  if (activity !== null && activity > (proposal.lastHumanActivityAt ?? '')) {
    return `a person has acted on it since the report, on ${activity}`;
  }
  const judgement = judged();
  if (judgement.targetClass !== proposal.target.class) {
    return `it was ${proposal.target.class} in the report and is ${judgement.targetClass} now`;
  }
  if (judgement.verdict !== proposal.verdict) return verdictNow(bug, judgement);
  if (judgement.policy !== proposal.policy) return `policy "${judgement.policy}" decides about it now`;
  return bug.confidential ? null : otherEnd(proposal, judgement);
}

function verdictNow({ confidential }: Bug, { verdict, reasons }: Judgement): string {
  return confidential ? `the verdict is ${verdict} now` : (reasons[0]?.message ?? `the verdict is ${verdict} now`);
}

/** Where the tracker leaves a choice, a reviewer has read how the bug would be closed. */
function otherEnd(proposal: ReportBug, { reasons }: Judgement): string | null {
  const end = (all: ReportBug['reasons'] | Judgement['reasons']) => all.find(({ rule }) => rule === 'closing')?.message;
  const [then, now] = [end(proposal.reasons), end(reasons)];
  return then === now ? null : `it would be closed in another way now: ${now ?? 'it is not known how'}`;
}
