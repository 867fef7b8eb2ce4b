import type { Config } from '../../../src/config/load.js';
import { FILE_TRACKER, loadContent } from '../../unit/config/given.js';
import { auditTracker } from './audit.js';
import { type Clock, startClock, WEEK } from './clock.js';
import { newDiary } from './diary.js';
import { dice } from './dice.js';
import { type Drawer, inMemory } from './drawer.js';
import { drawHouse, type House } from './house.js';
import { type Life, lifeOn } from './life.js';
import { type Observer, watch } from './observer.js';
import { type Office, openOffice } from './office.js';
import { type Manners, onMemory } from './on-memory.js';
import type { Stage } from './stage.js';
import { comeToAnEnd, liveAWeek } from './week.js';

/** What a year is like; it is the same for the same seed. */
export interface YearOptions {
  readonly seed: string;
  readonly weeks?: number;
  /** Robots comment and label. */
  readonly isNoisy?: boolean;
  /** Nothing happens that a history cannot tell. */
  readonly isOrderly?: boolean;
  /** Other tools have warned all bugs before. */
  readonly hadTools?: boolean;
  /** Where the journals are: in memory unless said. */
  readonly drawer?: () => Drawer;
  /** What the team lives on: a tracker in memory unless said. */
  readonly stageOn?: (clock: Clock, manners: Manners) => Stage | Promise<Stage>;
}

/** Everything there is in a simulated year. */
export interface Year {
  readonly clock: Clock;
  readonly stage: Stage;
  readonly observer: Observer;
  readonly office: Office;
  readonly life: Life;
}

const START = '2025-01-06T09:00:00Z';

/** Lives a year of weekly runs, and gives what an observer has seen. Throws with the story of the first bug with which something went wrong. */
export async function liveAYear({ seed, ...options }: YearOptions): Promise<Observer> {
  const { weeks = 52, isNoisy = true, isOrderly = false, hadTools = false, drawer = inMemory, stageOn = onMemory } = options;
  const chance = dice(seed);
  const clock = startClock(START);
  const manners: Manners = { personal: chance.chance(0.5), bare: chance.chance(0.5), tick: chance.oneOf([0, 1, 20]) };
  const stage = await stageOn(clock, manners);
  const houses = [drawHouse(chance), drawHouse(chance)] as const;
  const configs = new Map<House, Config>();
  for (const house of houses) configs.set(house, await configFor(house));
  const diary = newDiary(clock.now());
  const observer = watch(stage, houses[0], diary, clock);
  const configured = () => configs.get(observer.house) as Config;
  const office = openOffice(stage, observer, clock, drawer(), configured);
  const life = lifeOn(stage, observer, clock, { seed, isNoisy, isOrderly });
  const year: Year = { clock, stage, observer, office, life };
  const start = clock.now();
  const check = () => verify(year, seed, houses, manners);

  life.begin(hadTools);
  for (let week = 1; week <= weeks; week++) {
    const own = dice(`${seed} week ${week}`);
    life.until(start + week * WEEK);
    if (own.chance(0.02)) observer.house = houses[1];
    await liveAWeek(year, own, isOrderly ? 0 : 0.05);
    check();
  }
  await comeToAnEnd(year, dice(`${seed} end`));
  check();
  return observer;
}

async function configFor({ content }: House): Promise<Config> {
  return await loadContent({ trackers: { app: FILE_TRACKER }, ...content });
}

/** Throws with the story of the first bug of which there is something to complain about. */
function verify({ observer, stage }: Year, seed: string, houses: readonly House[], manners: Manners): void {
  auditTracker(observer, stage);
  const [first] = observer.violations;
  if (!first) return;
  const more = observer.violations.slice(1).map(({ ref, what }) => `${ref ?? 'all'}: ${what}`);
  const rules = houses.map(({ content }) => JSON.stringify(content)).join('\nlater: ');
  const head = `seed "${seed}" ${JSON.stringify(manners)}\n${first.ref ?? 'all bugs'}: ${first.what}`;
  throw new Error([head, rules, observer.diary.story(first.ref), ...more].join('\n'));
}
