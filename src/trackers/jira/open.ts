import type { Call, Tracker, TrackerEnv } from '../tracker.js';
import { closeBug, type Habits, type Prepared } from './closing/close.js';
import { newClosings } from './closing/closings.js';
import { findClosing } from './closing/find-closing.js';
import { newMarkBook } from './closing/mark-book.js';
import { findComment, postComment } from './closing/posting.js';
import { commentReceipt, readReceipt } from './closing/receipts.js';
import { reopen } from './closing/reopen.js';
import { takeBack } from './closing/take-back.js';
import type { Choice } from './closing/transition-choice.js';
import { diagnose } from './diagnosis/diagnose.js';
import { explore } from './diagnosis/explore.js';
import { openFacts } from './reading/facts.js';
import { loadHistories, mayBeClosed, withChoice } from './reading/history.js';
import { listBugs, type Reading } from './reading/list.js';
import { checkedKey, type Found, readIssue } from './reading/one.js';
import { isSelected } from './reading/selected.js';
import type { JiraSettings } from './settings.js';
import { siteName } from './site.js';
import { connection } from './transport/session.js';

/** Opens a Jira site. Nothing is asked of it before the first call. */
export function openJira(settings: JiraSettings, env: TrackerEnv): Promise<Tracker> {
  const facts = openFacts(settings, connection(settings, env));
  const reading: Reading = { settings, facts, marks: newMarkBook(), env };
  const closings = newClosings(settings);
  const habits: Habits = new WeakMap();
  /** What reading a bug has found out about closing it, until it is closed. */
  const prepared = new Map<string, Prepared>();
  return Promise.resolve({
    id: `jira:${siteName(settings.url)}/${settings.projects.join(',')}`,
    identify: async (call) => ({ name: (await facts.session(call)).self.name }),
    search: (what, call) => listBugs(what, reading, call),
    loadHistory: (bugs, call) => loadHistories(bugs, closings, reading, call),
    read: async (ref, call) => (await prepare(ref, call)).bug,
    diagnose: (names, call) => diagnose(settings, facts, names, call),
    explore: (call) => explore(settings, facts, call),
    comment: (bug, text, mark, call) => postComment(bug, text, mark, reading, call),
    async close(bug, mark, call) {
      const ready = prepared.get(bug.id) ?? (await prepare(bug.ref, call));
      prepared.delete(bug.id);
      return closeBug(bug, mark, ready, habits, reading, call);
    },
    async revert(receipt, call) {
      const detail = readReceipt(receipt);
      if ('close' in detail) await reopen(receipt.ref, detail.close, reading, call);
      else await takeBack(detail.comment, reading, call);
    },
    async findMark(bug, mark, call) {
      const comment = await findComment(bug, mark, reading, call);
      return comment && commentReceipt(bug.ref, bug.id, comment.id, mark);
    },
    async findClosing(bug, mark, call) {
      const known = prepared.get(bug.id);
      const isSame = known?.bug.updatedAt === bug.updatedAt;
      return findClosing(bug, mark, known && isSame ? known : await prepare(bug.ref, call), reading, call);
    },
  });

  async function prepare(ref: string, call: Call): Promise<Prepared> {
    const found = await selected(await readIssue(checkedKey(ref), 'changelog,transitions', reading, call), call);
    const choice = await howToClose(found, call);
    const ready = { ...found, choice, bug: mayBeClosed(found.bug) ? withChoice(found.bug, choice) : found.bug };
    prepared.set(found.bug.id, ready);
    return ready;
  }

  async function selected(found: Found, call: Call): Promise<Found> {
    if (found.bug.state === 'closed' || (await isSelected(found.bug, reading, call))) return found;
    return { ...found, bug: { ...found.bug, obstacle: 'the jql of the settings does not select it' } };
  }

  async function howToClose({ issue, bug }: Found, call: Call): Promise<Choice> {
    if (!mayBeClosed(bug)) return { obstacle: bug.obstacle ?? `it is ${bug.status}, or its targets are unknown` };
    const offered = issue.transitions?.map(({ id }) => id) ?? null;
    return closings.forBug(bug, offered, (await facts.session(call)).api, call);
  }
}
