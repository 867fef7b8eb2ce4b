import type { Actor, Bug, BugEvent } from '../../../src/model/bug.js';
import { asOf, chronological } from '../../../src/model/history.js';
import { latest } from '../../../src/model/instant.js';
import { judge, type Ruleset, type Verdict } from '../../../src/rules/judge.js';

/** The plain meaning of a backtest, slow as it is: at every run, the bug as it was, with what we would have done to it, is judged. */
export interface NaiveRun {
  readonly open: boolean;
  readonly verdict: Verdict;
  readonly policy: string | null;
}

const WE: Actor = { id: null, name: 'bugprune', kind: 'bot', self: true };

/** What each run finds; null for runs before the bug was reported. Everything after the closing is judged as closed by us. */
export function replayNaively(bug: Bug, rules: Ruleset, runs: readonly string[]): (NaiveRun | null)[] {
  const deeds: BugEvent[] = [];
  return runs.map((at) => {
    const past = asOf(bug, at);
    if (past === null) return null;
    const open = past.state === 'open';
    const { verdict, policy } = judge(withDeeds(past, deeds), rules, at);
    if (verdict === 'warn' || verdict === 'close') {
      deeds.push({ at, kind: 'commented', actor: WE, mark: { run: 'naive', action: verdict, policy: policy ?? '' } });
      if (verdict === 'close') deeds.push({ at, kind: 'closed', actor: WE, value: 'not planned' });
    }
    return { open, verdict, policy };
  });
}

function withDeeds(bug: Bug, deeds: readonly BugEvent[]): Bug {
  const last = deeds.at(-1);
  if (!last) return bug;
  const said = deeds.filter(({ kind }) => kind === 'commented').length;
  return {
    ...bug,
    state: last.kind === 'closed' ? 'closed' : bug.state,
    events: chronological([...bug.events, ...deeds]),
    updatedAt: latest(bug.updatedAt, last.at) ?? last.at,
    comments: bug.comments === null ? null : bug.comments + said,
  };
}
