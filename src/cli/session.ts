import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, loadConfig } from '../config/load.js';
import { BugpruneError } from '../errors.js';
import { openStateFolder } from '../journal/folder.js';
import type { StateFolder } from '../journal/journal.js';
import { toInstant } from '../model/instant.js';
import type { Palette } from '../report/format.js';
import type { RecognizeContext } from '../trackers/tracker.js';
import type { World } from '../use-cases/collect.js';
import { sharing } from '../use-cases/sharing.js';
import type { Io, Shell } from './io.js';
import { paletteFor } from './palette.js';
import { type Progress, startProgress, type Talk } from './progress.js';
import { VERSION } from './version.js';

/** The options that every command takes, as commander gives them. */
export interface CommonOptions {
  readonly config?: string;
  readonly tracker?: readonly string[];
  readonly json?: boolean;
  readonly stateDir?: string;
  readonly now?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
}

/** What a command works with: the configuration, the world, and how to show things. */
export interface Session {
  readonly config: Config;
  readonly world: World;
  readonly progress: Progress;
  readonly palette: Palette;
  /** Where the journals are. */
  readonly state: StateFolder;
}

/** What recognizing a source may look at. */
export function recognizeContext(io: Io): RecognizeContext {
  return { variables: io.variables, isFile: (path) => isFile(resolve(io.cwd, path)) };
}

/** What is particular about the session of a command. */
export interface Needs {
  /** The source to use where none is named or configured, instead of the git remote. */
  readonly fallback?: string | null;
  /** What to say where there is no source at all, where that is not what is said of a report. */
  readonly nowhere?: () => BugpruneError;
  /** The command works from journals: where no tracker is named or configured, it goes without. */
  readonly journal?: boolean;
}

/** Flags, files and environment → one session. */
export async function openSession(
  sources: readonly string[],
  options: CommonOptions,
  io: Shell,
  { fallback = null, journal = false, nowhere }: Needs = {},
): Promise<Session> {
  const { world, progress } = openWorld(options, io);
  const config = await loadConfig({
    file: options.config ?? null,
    cwd: io.cwd,
    sources,
    only: options.tracker ?? [],
    context: recognizeContext(io),
    about: fallback,
    fallback: async () => {
      const source = fallback ?? (await gitRemote(io));
      if (source === null && nowhere) throw nowhere();
      return source;
    },
    mayLackTrackers: journal,
  });
  const state = openStateFolder(statePath(options, config, io), io.clean);
  return { config, world, progress, palette: paletteFor(io.out, io, options.color), state };
}

/** An undo looks again for what is left to take back. */
const THE_SAME = 'the same command, once more';

/** The world of a command, and the progress that shows what happens in it. Throws `usage` for a clock that is none. */
export function openWorld(options: CommonOptions, io: Shell): Pick<Session, 'world' | 'progress'> {
  const talk: Talk = options.quiet ? 'quiet' : options.verbose ? 'verbose' : 'normal';
  const now = clock(options.now, io);
  const progress = startProgress(io, talk);
  const world: World = {
    now,
    version: VERSION,
    variables: io.variables,
    signal: io.stop,
    abort: io.abort,
    elapsed: io.elapsed,
    shared: sharing(),
    sleep: io.sleep,
    run: io.run,
    random: io.random,
    secret: io.keepSecret,
    clean: io.clean,
    on(event) {
      if (event.type === 'run') io.begun(event.of === undefined ? `bugprune prune --resume ${event.run}` : THE_SAME);
      progress.on(event);
    },
  };
  return { world, progress };
}

/** The address of the git remote `origin`; null where there is none. */
export function gitRemote(io: Io): Promise<string | null> {
  return io.run('git', ['-C', io.cwd, 'remote', 'get-url', 'origin']);
}

function statePath({ stateDir }: CommonOptions, { folder }: Config, io: Io): string {
  const named = stateDir ?? io.variables.BUGPRUNE_STATE_DIR;
  return named ? resolve(io.cwd, named) : join(folder, '.bugprune');
}

function clock(text: string | undefined, io: Io): string {
  const now = toInstant(text ?? io.now());
  if (now !== null) return now;
  throw new BugpruneError('usage', `--now: expected an instant such as 2026-11-22T09:00:00Z, found "${text}".`);
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
