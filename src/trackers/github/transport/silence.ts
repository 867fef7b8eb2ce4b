import type { TrackerEnv } from '../../tracker.js';

/** How long to wait, and why. */
export interface Pause {
  readonly milliseconds: number;
  readonly reason: string;
}

/** What a host asked for when it refused a request. All who ask it with the same token keep it, instead of being refused one by one. */
export interface Silence {
  /** Begins now; a longer one that was asked for before stands. */
  keep(seconds: number, reason: string): void;
  /** What is left of it: nothing, or less, when it is over. */
  left(): Pause;
}

/** Silence on one host, none so far. */
export function hostSilence({ elapsed }: Pick<TrackerEnv, 'elapsed'>): Silence {
  let until = Number.NEGATIVE_INFINITY;
  let why = '';
  return {
    keep(seconds, reason) {
      const end = elapsed() + seconds * 1000;
      if (end > until) [until, why] = [end, reason];
    },
    left: () => ({ milliseconds: Math.ceil(until - elapsed()), reason: why }),
  };
}

/** The longest of several pauses. */
export function longest(first: Pause, ...others: readonly Pause[]): Pause {
  return others.reduce((most, next) => (next.milliseconds > most.milliseconds ? next : most), first);
}
