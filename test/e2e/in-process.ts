import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/main.js';
import { emptyFolder, type Outcome } from './program.js';

export interface InProcessOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * The answer to every question, one after another (the input ends behind the last), or what gives one to each. Without any, nobody
   * is there to ask.
   */
  readonly answer?: string | readonly string[] | ((question: string) => string | Promise<string>);
  /** The address of the git remote; without one, there is none. */
  readonly remote?: string;
  /** Ctrl-C. */
  readonly stop?: AbortSignal;
}

/** What tells runs of one second apart, as chance does in the real program. */
let runs = 0xc0ffee;

/** Runs the whole program within the test, with a clock of its own: waiting takes no time and still lets time pass. */
export async function inProcess(
  args: readonly string[],
  { cwd = emptyFolder(), env = {}, answer, remote, stop = new AbortController().signal }: InProcessOptions = {},
): Promise<Outcome> {
  let elapsed = 0;
  const text = { out: '', err: '' };
  const output = (name: 'out' | 'err') => ({
    write: (part: string) => {
      text[name] += part;
    },
    flushed: () => Promise.resolve(),
    isTerminal: false,
    width: 100,
  });
  let asked = 0;
  const io: Io = {
    out: output('out'),
    err: output('err'),
    variables: env,
    cwd,
    canAsk: answer !== undefined,
    async ask(question, atEnd = '') {
      text.err += question;
      if (typeof answer === 'function') return await answer(question);
      return (typeof answer === 'string' ? answer : answer?.[asked++]) ?? atEnd;
    },
    now: () => new Date(),
    elapsed: () => elapsed,
    sleep: (milliseconds) => {
      elapsed += milliseconds;
      return Promise.resolve();
    },
    run: (command) => Promise.resolve(command === 'git' ? (remote ?? null) : null),
    random: () => (runs++).toString(16),
    stop,
    abort: new AbortController().signal,
  };
  const code = await run(args, io);
  return { code, stdout: text.out, stderr: text.err };
}
