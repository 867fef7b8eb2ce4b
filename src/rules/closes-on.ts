import type { Instant } from '../model/instant.js';
import type { Judgement } from './judge.js';

/**
 * The first day (UTC) on which a prune closes a bug that was judged at `now`, if nothing happens to it: that of `now` itself, or the one
 * on which a warning has aged that was given or is about to be. Null where no closing is in sight.
 */
export function closesOn({ verdict, reasons }: Pick<Judgement, 'verdict' | 'reasons'>, now: Instant): string | null {
  if (verdict === 'close') return now.slice(0, '2026-11-22'.length);
  const agreed = verdict === 'warn' ? 'match' : 'no-match';
  const warned = reasons.find(({ rule, kind, outcome }) => rule === 'warned' && kind === 'criterion' && outcome === agreed);
  const day = warned?.data.closesOn;
  return typeof day === 'string' ? day : null;
}
