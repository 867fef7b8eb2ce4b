import type { Config } from '../../../src/config/load.js';
import { BugpruneError } from '../../../src/errors.js';
import { JournalError } from '../../../src/journal/failure.js';
import type { StateFolder } from '../../../src/journal/journal.js';
import type { RunEvent, World } from '../../../src/use-cases/collect.js';
import { type Clock, instant } from './clock.js';
import { type Desk, type DeskTrouble, troubled } from './desk.js';
import type { Drawer } from './drawer.js';
import type { Observer } from './observer.js';
import type { Stage } from './stage.js';
import { Crash, type Wire, type WireTrouble, watched } from './wire.js';

/** What goes wrong with one command. `stop`: Ctrl-C as the program comes to the nth bug. */
export type Trouble =
  | { readonly at: 'wire'; readonly trouble: WireTrouble }
  | { readonly at: 'desk'; readonly trouble: DeskTrouble; readonly torn: boolean }
  | { readonly at: 'bug'; readonly nth: number };

/** How a command ended: by itself, before its time, or refused with an explanation. */
export type Ending = 'done' | 'cut short' | BugpruneError;

/** What a command has to work with. */
export interface Room {
  readonly config: Config;
  readonly world: World;
  readonly folder: StateFolder;
}

/** Where the program is used. */
export interface Office {
  readonly drawer: Drawer;
  /** Gives a command, at the time it is. `meanwhile`: people go on while it works. */
  command(
    trouble: Trouble | null,
    meanwhile: (event: RunEvent | 'pause') => void,
    work: (room: Room) => Promise<void>,
  ): Promise<Ending>;
}

/** An office with a configuration; the tracker of the configuration is that of the stage. */
export function openOffice(stage: Stage, observer: Observer, clock: Clock, drawer: Drawer, configured: () => Config): Office {
  let chance = 0;
  return {
    drawer,
    async command(trouble, meanwhile, work) {
      const [stop, abort] = [new AbortController(), new AbortController()];
      const ofWire = trouble?.at === 'wire' ? trouble.trouble : null;
      const wire: Wire = { trouble: ofWire, count: 0, isCut: false, kill, now: clock.now };
      const desk: Desk = { trouble: trouble?.at === 'desk' ? trouble.trouble : null, count: 0 };
      let acting = 0;
      const world: World = {
        now: instant(clock.now()),
        version: '1.2.3',
        variables: stage.variables,
        signal: stop.signal,
        abort: abort.signal,
        elapsed: () => clock.now(),
        shared: (_key, make) => make(),
        sleep(milliseconds) {
          clock.pass(milliseconds);
          // A tracker's own pace leaves no time for anything; a bug that was read a minute ago is read again.
          if (milliseconds >= 60_000) meanwhile('pause');
          return Promise.resolve();
        },
        secret: () => undefined,
        run: () => Promise.resolve(null),
        random: () => `${++chance}`,
        clean: (text) => text,
        on(event) {
          if (event.type === 'acting' && trouble?.at === 'bug' && trouble.nth === ++acting) stop.abort();
          meanwhile(event);
        },
      };
      function kill() {
        stop.abort();
        abort.abort();
      }
      const descriptor = watched(stage, observer, wire);
      const trackers = [{ name: 'app', descriptor, settings: stage.settings }];
      const config = { ...configured(), trackers, descriptors: [descriptor] };
      if (trouble) observer.diary.write(null, clock.now(), `(trouble ahead: ${JSON.stringify(trouble)})`);
      const ending = await settle(() => work({ config, world, folder: troubled(drawer.folder, desk) }));
      if (trouble?.at === 'desk' && trouble.torn && ending === 'cut short') await drawer.tear();
      return ending === 'done' && (stop.signal.aborted || hasStruck(wire) || hasStruck(desk)) ? 'cut short' : ending;
    },
  };
}

const hasStruck = ({ trouble, count }: Wire | Desk): boolean => trouble !== null && count >= trouble.nth;

/** Only what a command is not to do is passed on: defects. */
async function settle(work: () => Promise<void>): Promise<Ending> {
  try {
    await work();
    return 'done';
  } catch (error) {
    if (error instanceof Crash || error instanceof JournalError) return 'cut short';
    if (error instanceof Error && error.name === 'AbortError') return 'cut short';
    if (error instanceof BugpruneError) return error;
    throw error;
  }
}
