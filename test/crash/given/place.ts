import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inProcess } from '../../e2e/in-process.js';
import { emptyFolder, type Outcome } from '../../e2e/program.js';
import { type Clock, startClock } from './clock.js';
import { type Line, newLine } from './line.js';
import type { Look } from './look.js';

/** When the first command is given. */
const START = '2026-11-22T08:00:00Z';

/** A tracker with two bugs to close, and others that are not to be touched. */
export interface Stand {
  readonly tracker: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  look(): Look;
  /** What the stand-in finds wrong about requests and answers. */
  violations(): readonly string[];
  close(): Promise<void>;
}

/** What a tracker is set up with. */
export interface Ground {
  readonly folder: string;
  readonly line: Line;
  readonly clock: Clock;
}

/** A kind of tracker. */
export interface Kind {
  readonly name: string;
  /** Our account, as the look of a bug names it. */
  readonly us: string;
  /** The bugs that a prune closes. */
  readonly closes: readonly string[];
  /** Of these, the ones whose workflow repeats our comment; a run that is cut short leaves both. */
  readonly repeats?: readonly string[];
  open(ground: Ground): Promise<Stand>;
}

/** A tracker, and the program pointed at it by a configuration. */
export interface Place extends Stand, Ground, AsyncDisposable {
  readonly kind: Kind;
  /** A command with its options; it is given an hour after the one before. */
  command(...words: string[]): string[];
  /** Gives a command within this process. */
  run(...words: string[]): Promise<Outcome>;
  /** The ids of all runs that have a journal with anything in it, in the order in which they were begun. */
  runs(): string[];
  /** Where the journal of a run is, and its text. */
  journalPath(run: string): string;
  journal(run: string | undefined): string;
  /** All that there is in the folder of the journals: each file with its text. */
  state(): Record<string, string>;
}

/** Sets up a tracker of a kind. `more`: what else stands in the configuration. */
export async function openPlace(kind: Kind, { tick = 1000, more = {} }: { tick?: number; more?: object } = {}): Promise<Place> {
  const folder = emptyFolder();
  const ground = { folder, line: newLine(), clock: startClock(START, tick) };
  const stand = await kind.open(ground);
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ trackers: { app: stand.tracker }, ...more }));
  const journals = join(folder, '.bugprune', 'runs');
  const command = (...words: string[]) => [
    ...words,
    '--config',
    config,
    ...(isTimed(words) ? [] : ['--now', ground.clock.later()]),
  ];
  return {
    ...stand,
    ...ground,
    kind,
    command,
    run: (...words) => inProcess(command(...words), { cwd: folder, env: stand.env }),
    runs: () =>
      (existsSync(journals) ? readdirSync(journals) : [])
        .filter((name) => /^[^.].*\.jsonl$/.test(name) && statSync(join(journals, name)).size > 0)
        .map((name) => name.slice(0, -'.jsonl'.length))
        .toSorted(),
    journalPath: (run) => join(journals, `${run}.jsonl`),
    journal: (run) => readFileSync(join(journals, `${run}.jsonl`), 'utf8'),
    state: () => filesIn(join(folder, '.bugprune')),
    async [Symbol.asyncDispose]() {
      await stand.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `--limit`: two of a handful of bugs are more than the limits allow. */
export const PRUNE = ['prune', '--yes', '--limit', '5'];

const isTimed = (words: readonly string[]): boolean => words.includes('--now');

function filesIn(folder: string): Record<string, string> {
  const entries = statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
    : [];
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(paths.toSorted().map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}
