/** The one clock of a test: what the program is told by `--now`, and the stand-in's own. */
export interface Clock {
  /** The time; each look is so much later than the one before. */
  now(): string;
  /** An hour later: for the next command. */
  later(): string;
}

/** Starts at an instant. `tick`: milliseconds from one look to the next; with none, all that a command does falls into one second. */
export function startClock(start: string, tick: number): Clock {
  let at = Date.parse(start);
  const text = () => `${new Date(at).toISOString().slice(0, 19)}Z`;
  return {
    now() {
      at += tick;
      return text();
    },
    later() {
      at += 3_600_000;
      return text();
    },
  };
}
