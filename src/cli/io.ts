import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { BugpruneError } from '../errors.js';
import { newSecrets } from './secrets.js';

/** One output: where text goes, and what can be done there. */
export interface Output {
  write(text: string): void;
  /** Resolves when the reader has kept up, so that what it has not read yet does not pile up here. */
  flushed(): Promise<void>;
  readonly isTerminal: boolean;
  readonly width: number;
}

/** The process as the program sees it: streams, environment, clock, terminal, signals. Tests hand in one of their own. */
export interface Io {
  readonly out: Output;
  readonly err: Output;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether somebody is there to answer a question. */
  readonly canAsk: boolean;
  /** The answer to a question; `atEnd` (nothing, unless told otherwise) where the input ends instead: Ctrl-D. */
  ask(question: string, atEnd?: string): Promise<string>;
  now(): Date;
  elapsed(): number;
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  run(command: string, args: readonly string[]): Promise<string | null>;
  random(): string;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** Aborted by the second. */
  readonly abort: AbortSignal;
}

/** The process, once nothing secret can leave it any more, and what is to be known about it in the end. */
export interface Shell extends Io {
  /** Takes note of a secret: from then on it is taken out of everything that is written. */
  keepSecret(value: string): void;
  /** A text without secrets, for files; both outputs do this by themselves. */
  clean(text: string): string;
  /** Takes note of the run that begins to write, and of the command that goes on with it. */
  begun(command: string): void;
  /** That command; null while nothing was written. */
  howToGoOn(): string | null;
}

/** Puts a filter for secrets before both outputs, and gives a memory for what is at work. */
export function guardSecrets(io: Io): Shell {
  const { keep: keepSecret, clean } = newSecrets();
  const guarded = (output: Output): Output => ({ ...output, write: (text) => output.write(clean(text)) });
  let goingOn: string | null = null;
  const begun = (command: string) => {
    goingOn = command;
  };
  return { ...io, out: guarded(io.out), err: guarded(io.err), clean, keepSecret, begun, howToGoOn: () => goingOn };
}

/** Where the width of a terminal is not known, as in a pipe. */
const DEFAULT_WIDTH = 100;

/** The real process. The only place that touches it. */
export function processIo(): Io {
  const { stop, abort } = interrupts();
  return {
    out: output(process.stdout),
    err: output(process.stderr),
    variables: process.env,
    cwd: process.cwd(),
    // In this order: opening stdin takes time, and mostly nobody is there.
    canAsk: Boolean(process.stderr.isTTY && process.stdin.isTTY),
    ask: (question, atEnd = '') => ask(question, atEnd, stop),
    now: () => new Date(),
    elapsed: () => performance.now(),
    sleep: async (milliseconds, signal) => {
      await setTimeout(milliseconds, undefined, { signal });
    },
    run: runProgram,
    // The global one: loading node:crypto takes longer than all of this file.
    random: () => Buffer.from(crypto.getRandomValues(new Uint8Array(3))).toString('hex'),
    stop,
    abort,
  };
}

function output(stream: NodeJS.WriteStream): Output {
  let broken: NodeJS.ErrnoException | null = null;
  let written: Promise<void> = Promise.resolve();
  // A reader that went away (`| head`) has had enough; that is no error.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') broken = error;
  });
  const columns = Number(process.env.COLUMNS) || stream.columns || DEFAULT_WIDTH;
  return {
    write(text) {
      written = new Promise((resolve) => stream.write(text, () => resolve()));
    },
    async flushed() {
      await written;
      if (broken)
        throw new BugpruneError('usage', `What is printed cannot be written: ${broken.code ?? broken.message}.`, {
          cause: broken,
        });
    },
    isTerminal: Boolean(stream.isTTY),
    width: columns,
  };
}

function interrupts(): { stop: AbortSignal; abort: AbortSignal } {
  const stop = new AbortController();
  const abort = new AbortController();
  const onSignal = () => (stop.signal.aborted ? abort : stop).abort();
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { stop: stop.signal, abort: abort.signal };
}

async function ask(question: string, atEnd: string, signal: AbortSignal): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.on('SIGINT', () => process.emit('SIGINT'));
  // The end of the input is an answer too. Node tells of Ctrl-D by an AbortError, although nobody aborted anything.
  const ended = once(lines, 'close').then(() => null);
  const answered = lines.question(question, { signal }).catch((error: unknown) => {
    if (signal.aborted || !(error instanceof Error && error.name === 'AbortError')) throw error;
    return null;
  });
  try {
    const answer = await Promise.race([answered, ended]);
    if (answer === null) process.stderr.write('\n');
    return answer ?? atEnd;
  } finally {
    lines.close();
  }
}

async function runProgram(command: string, args: readonly string[]): Promise<string | null> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 10_000, windowsHide: true }, (error, stdout) =>
      resolve(error ? null : stdout.trim() || null),
    );
  });
}
