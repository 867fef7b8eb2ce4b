import type { Explanation, PolicyRow } from './document.js';

/** A list below a title. `end` is what it comes to; null where that is plain. */
export interface Listed {
  readonly title: string;
  readonly lines: readonly string[];
  readonly end: string | null;
}

/** What would keep a bug that is proposed; what it would take for one that is kept to be proposed, by each policy. */
export function whatItTakes(told: Explanation): Listed[] {
  const { bug, keptBy, policies } = told;
  if (bug.verdict === 'close' || bug.verdict === 'warn') {
    const lines = keptBy.map(rescueInWords);
    return lines.length > 0 ? [{ title: 'What would keep it open, each by itself', lines, end: null }] : [];
  }
  return policies.map((policy) => ({
    title: `What it would take to close it${policies.length > 1 ? ` by policy "${policy.name}"` : ''}`,
    lines: policy.takes.map(({ words }) => words),
    end: outcome(policy, told),
  }));
}

function rescueInWords({ words, until, verdict }: Explanation['keptBy'][number]): string {
  if (verdict === 'warn') return `${words}: it is warned anew then`;
  return until === null ? words : `${words}: until ${day(until)}`;
}

/** What comes of all of that. */
function outcome({ takes, proposal }: PolicyRow, { next, generatedAt }: Explanation): string | null {
  if (takes.length === 0) return 'It would do so now, but an earlier policy has its turn first.';
  if (proposal === null) return 'So it stays open.';
  return proposal.at === next?.at ? null : `Then ${deed(proposal, generatedAt)}.`;
}

/** What time alone brings, in a sentence; nothing for a bug that is closed. */
export function outlook({ bug, state, next, generatedAt }: Explanation): string[] {
  if (state === 'closed') return [];
  const policy = next?.policy && bug.policy === null ? ` (policy "${next.policy}")` : '';
  return [`If nothing happens, ${next === null ? 'it stays open' : `${deed(next, generatedAt)}${policy}`}.`];
}

function deed({ at, verdict, closesOn }: NonNullable<Explanation['next']>, now: string): string {
  const prune = at === now ? 'the next prune' : `a prune from ${day(at)} on`;
  return verdict === 'close' ? `${prune} closes it` : `${prune} warns it, and one from ${closesOn} on closes it`;
}

const day = (at: string): string => at.slice(0, '2026-11-22'.length);
