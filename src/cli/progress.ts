import { pad, truncate, widthOf } from '../report/columns.js';
import { forTerminal } from '../report/escape.js';
import type { RunEvent } from '../use-cases/collect.js';
import type { Shell } from './io.js';

/** How much is told on stderr. */
export type Talk = 'quiet' | 'normal' | 'verbose';

/** Milliseconds: something that takes less than this shows no progress, and what it shows changes no faster than this. */
const PATIENCE = 1000;
const BLINK = 100;

/** Shows what is going on; `done` takes the last line of it away. */
export interface Progress {
  on(event: RunEvent): void;
  done(): void;
}

/** Progress on stderr: one line that rewrites itself on a terminal; what a log should know as lines of their own. */
export function startProgress(io: Shell, talk: Talk): Progress {
  const started = io.elapsed();
  const read = new Map<string, number>();
  const timeLeft = estimate(io.elapsed);
  const historiesLeft = new Map<string, TimeLeft>();
  let shown = 0;
  let drawn = 0;
  const live = io.err.isTerminal && talk === 'normal';
  // Secrets go first: escaped, they would not be known any more.
  const harmless = (text: string) => forTerminal(io.clean(text));

  const draw = (text: () => string) => {
    const now = io.elapsed() - started;
    if (!live || now < PATIENCE || now - drawn < BLINK) return;
    const line = truncate(harmless(text()), io.err.width - 1);
    io.err.write(`\r${pad(line, shown)}`);
    shown = widthOf(line);
    drawn = now;
  };
  const clear = () => {
    if (shown > 0) io.err.write(`\r${' '.repeat(shown)}\r`);
    shown = 0;
  };
  const say = (text: string) => {
    clear();
    io.err.write(`${harmless(text)}\n`);
  };
  const isVerbose = talk === 'verbose';
  return {
    on(event) {
      switch (event.type) {
        case 'read':
          read.set(event.tracker, (read.get(event.tracker) ?? 0) + event.count);
          draw(() => [...read].map(([tracker, count]) => `${tracker}: ${count} bugs read`).join(', '));
          if (isVerbose) say(`${event.tracker}: ${read.get(event.tracker)} bugs read`);
          break;
        case 'wait':
          if (isVerbose || (event.seconds >= 5 && talk === 'normal'))
            say(`${event.tracker}: waiting ${event.seconds} s: ${event.reason}`);
          break;
        case 'note':
          if (isVerbose) say(`${event.tracker}: ${event.message}`);
          break;
        case 'problem':
          // The command tells the others in the end, all of them together.
          if (isVerbose) say(`${event.tracker}: ${event.error.message}`);
          break;
        case 'histories': {
          const { tracker, done, total } = event;
          const left = historiesLeft.get(tracker) ?? estimate(io.elapsed);
          historiesLeft.set(tracker, left);
          const words = `${tracker}: ${done} of ${total} histories read`;
          draw(() => `${words}${left({ index: done, total })}`);
          if (isVerbose) say(words);
          break;
        }
        case 'earlier':
          if (talk !== 'quiet') say(`${event.file}: ${event.message}`);
          break;
        case 'run':
          // Whoever wants to take the run back needs this, however quiet it was.
          say(
            `Run ${event.run}: ${event.total} bug${event.total === 1 ? '' : 's'} to go through. Ctrl-C finishes the current one and stops.`,
          );
          break;
        case 'stopping':
          say(`Finishing ${event.ref}, then stopping. Ctrl-C once more stops at once.`);
          break;
        case 'acting':
          draw(() => `${event.index + 1} of ${event.total}: ${event.ref}${timeLeft(event)}`);
          if (isVerbose) say(`${event.index + 1} of ${event.total}: ${event.ref}`);
          break;
      }
    },
    done: clear,
  };
}

type TimeLeft = (at: { readonly index: number; readonly total: number }) => string;

/** How long the rest will take if it goes on like this, in words; nothing while that is anybody's guess. */
function estimate(elapsed: () => number): TimeLeft {
  let started: number | null = null;
  return ({ index, total }) => {
    started ??= elapsed();
    if (index === 0) return '';
    const seconds = ((elapsed() - started) / index / 1000) * (total - index);
    return seconds < 1 ? '' : `, about ${seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`} left`;
  };
}
