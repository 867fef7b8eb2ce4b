// The whole program within this process: what it prints is counted and thrown away, waiting takes no time and is counted as well.
import { performance } from 'node:perf_hooks';
import { run } from '../dist/cli/main.js';

const never = () => new AbortController().signal;

/** Gives the exit code, the bytes on stdout and what stood on stderr. The seconds that were waited for are added to `clock.waited`. */
async function program(args, { cwd, env = {}, clock = { waited: 0 } }) {
  const told = { bytes: 0, err: '' };
  const output = (write) => ({ write, flushed: () => Promise.resolve(), isTerminal: false, width: 100 });
  const io = {
    out: output((text) => {
      told.bytes += Buffer.byteLength(text);
    }),
    err: output((text) => {
      told.err += text;
    }),
    variables: env,
    cwd,
    canAsk: false,
    ask: (_question, atEnd = '') => Promise.resolve(atEnd),
    now: () => new Date(),
    elapsed: () => performance.now() + clock.waited * 1000,
    sleep: (milliseconds) => {
      clock.waited += milliseconds / 1000;
      return Promise.resolve();
    },
    run: () => Promise.resolve(null),
    random: () => 'c0ffee',
    stop: never(),
    abort: never(),
  };
  const code = await run(args, io);
  return { code, ...told };
}

/** The same, for what has to go well. */
export async function programThatWorks(args, options) {
  const told = await program(args, options);
  if (told.code !== 0) throw new Error(`bugprune ${args.join(' ')} gave ${told.code}: ${told.err}`);
  return told;
}
