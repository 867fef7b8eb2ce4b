import { TrackerError } from '../../../errors.js';
import type { Bug, Mark } from '../../../model/bug.js';
import { closingAfter } from '../../../model/history.js';
import { foldName } from '../../../model/text.js';
import type { Call, Receipt } from '../../tracker.js';
import { actorOf } from '../reading/actor.js';
import { followChanges, isOf, type Step } from '../reading/course.js';
import type { Reading } from '../reading/list.js';
import type { Found } from '../reading/one.js';
import type { ChangeItem } from '../transport/answers.js';
import { closeReceipt, describeEnd, type Named, remembered } from './receipts.js';

/**
 * The receipt of the closing that our comment with this mark announced, out of the history of the bug: as the closing left it, even
 * if somebody has moved it to another done status since; then to take it back is a `conflict`, as it is with the receipt of `close`.
 * Throws `conflict` where the history does not tell enough: to pass for somebody else's closing would be no truer.
 */
export async function findClosing(
  bug: Bug,
  mark: Mark,
  { issue, changelog }: Found,
  { facts, settings }: Reading,
  call: Call,
): Promise<Receipt | undefined> {
  if (bug.state === 'open') return undefined;
  if (bug.history !== 'complete') throw unknowable(bug, 'its history could not be read whole');
  const closing = closingAfter(bug, mark);
  if (!closing) return undefined;
  const statuses = await facts.statuses(call);
  const { self } = await facts.session(call);
  const steps = followChanges(changelog.entries, statuses)?.filter(({ at }) => at >= closing.at) ?? [];
  const move = steps
    .filter(({ entry, at }) => at === closing.at && actorOf(entry.author, self.id)?.self)
    .flatMap(({ moves }) => moves)
    .find(({ kind }) => kind === 'closed');
  const from = move && end(move.item.from, move.item.fromText);
  const to = move && end(move.item.to, move.item.toText);
  if (!from || !to) throw unknowable(bug, 'its history does not say from which status to which');
  const now = issue.fields.resolution ? remembered(issue.fields.resolution) : null;
  const { before, after } = resolutionAt(steps, closing.at, now);
  const wanted = settings.closeAs.resolutions.find((name) => after && foldName(name) === foldName(after.name));
  return closeReceipt(bug.ref, describeEnd(to.name, after?.name, wanted), {
    issue: bug.id,
    from: { ...from, category: statuses.category(move.item.from, move.item.fromText) },
    to,
    resolution: before,
  });
}

/**
 * The resolution before and after a closing, which is the first of these steps or in the same second. Whatever its first change
 * changed was there before; what never changed is there still.
 */
function resolutionAt(steps: readonly Step[], at: string, now: Named | null): { before: Named | null; after: Named | null } {
  for (const step of steps) {
    const change = step.entry.items.find((item) => isOf(item, 'resolution', 'resolution'));
    if (!change) continue;
    const before = end(change.from, change.fromText);
    return { before, after: step.at === at ? end(change.to, change.toText) : before };
  }
  return { before: now, after: now };
}

/** One end of a change; null where there was nothing. */
function end(id: ChangeItem['from'], text: ChangeItem['fromText']): Named | null {
  return id || text ? { id: id || null, name: text ?? id ?? '' } : null;
}

function unknowable(bug: Bug, why: string): TrackerError {
  return new TrackerError('conflict', `${bug.ref} is ${bug.status}, but ${why}, so how it was before cannot be known.`, {
    hint: `Look at ${bug.url}: if it is to be open again, reopen it there.`,
  });
}
