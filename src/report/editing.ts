import { findMention } from '../model/comment.js';
import type { Report, ReportBug } from './document.js';
import { isOver } from './snooze.js';

/** What is wrong with a report that its schema cannot say: what no edit may do. One line for each. */
export function editingProblems({ bugs, generatedAt }: Report): string[] {
  const seen = new Set<string>();
  return bugs.flatMap((bug) => {
    const key = JSON.stringify([bug.tracker, bug.ref]);
    const twice = seen.has(key) ? [`${bug.ref}: there are two entries of this bug`] : [];
    seen.add(key);
    return [...twice, ...(bug.snooze === undefined ? wrongProposal(bug) : wrongSnooze(bug, bug.snooze, generatedAt))];
  });
}

function wrongSnooze({ ref, verdict }: ReportBug, snooze: string, generatedAt: string): string[] {
  if (verdict !== 'keep') return [`${ref}: "snooze" goes with "verdict": "keep", found ${JSON.stringify(verdict)}`];
  return isOver(snooze, generatedAt) ? [`${ref}: snooze: expected a day to come, found ${JSON.stringify(snooze)}`] : [];
}

/** To propose what the rules did not, to close without a word, or to mention people. */
function wrongProposal({ ref, verdict, policy, comment, reasons }: ReportBug): string[] {
  if (verdict !== 'close' && verdict !== 'warn') return [];
  const against = reasons.find(
    (reason) =>
      (reason.policy === null || reason.policy === policy) && reason.outcome !== (reason.kind === 'guard' ? 'no-match' : 'match'),
  );
  if (against || policy === null) {
    const found = against ? ` (${against.message})` : '';
    return [`${ref}: "${verdict}" is not what the rules proposed${found}; a bug that they keep stays open`];
  }
  if (!comment?.trim()) return [`${ref}: a comment must explain; found none`];
  const mention = findMention(comment);
  return mention ? [`${ref}: comments never mention people; found ${mention}`] : [];
}
