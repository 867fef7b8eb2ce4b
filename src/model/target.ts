import type { Bug } from './bug.js';

/** Whether a bug is planned for a release; see design words: only `untargeted` may close by default, `unknown` never does. */
export type TargetClass = 'targeted' | 'slipped' | 'parked' | 'untargeted' | 'unknown';

/** The target class, given which names promise nothing. */
export function classifyTargets(targets: Bug['targets'], isParked: (name: string) => boolean): TargetClass {
  if (typeof targets === 'string') return 'unknown';
  if (targets.length === 0) return 'untargeted';
  const real = targets.filter((target) => !isParked(target.name));
  if (real.some((target) => target.state === 'open')) return 'targeted';
  if (real.some((target) => target.state === 'unknown')) return 'unknown';
  return real.length > 0 ? 'slipped' : 'parked';
}

/** The names of a bug's targets; none where they are unknown. */
export function targetNames(targets: Bug['targets']): string[] {
  return typeof targets === 'string' ? [] : targets.map((target) => target.name);
}
