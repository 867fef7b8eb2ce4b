import type { Config } from '../../../src/config/load.js';
import { FILE_TRACKER, loadContent } from '../../unit/config/given.js';
import { takeBack, takeUp } from './amends.js';
import { auditTracker } from './audit.js';
import { type Clock, HOUR, startClock, WEEK } from './clock.js';
import { type Dice, dice } from './dice.js';
import { newDiary } from './diary.js';
import { type Drawer, inMemory } from './drawer.js';
import { drawHouse, type House } from './house.js';
import { readJournals, unfinished } from './journals.js';
import { type Life, lifeOn } from './life.js';
import { type Observer, watch } from './observer.js';
import { type Office, openOffice } from './office.js';
import { type Manners, onMemory } from './on-memory.js';
import { type Manner, weeklyRun } from './run.js';
import type { Stage } from './stage.js';
import { drawTrouble } from './trouble.js';

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
/** More than any run could close. */
const ALL = 1000;

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

/** A week's run, if there is one, and what else somebody may want of the program. `bustle`: see {@link Manner}. */
async function liveAWeek(year: Year, chance: Dice, bustle: number): Promise<void> {
  const { observer, office, clock } = year;
  if (chance.chance(0.03)) {
    await office.drawer.lose();
    for (const run of observer.runs.values()) run.lost = true;
    observer.diary.write(null, clock.now(), 'the journals are lost');
  }
  if (chance.chance(0.3)) await amend(year, chance);
  if (chance.chance(0.12)) return;
  const ending = await weeklyRun(year, { ...drawManner(chance), bustle }, chance);
  if (ending === 'cut short' && chance.chance(0.5)) await amend(year, chance);
  else if (ending === 'cut short' && chance.chance(0.3)) await regret(year, [...observer.runs.keys()].at(-1) ?? null, chance);
  if (chance.chance(0.08)) await undoSome(year, chance);
  if (chance.chance(0.04)) await takeUpSome(year, chance);
}

function drawManner(chance: Dice): Omit<Manner, 'bustle'> {
  const drain = chance.chance(0.4);
  return {
    trouble: drawTrouble(chance, 0.25),
    drain,
    limit: chance.chance(drain ? 0.2 : 0.5) ? chance.oneOf([1, 2, 5, ALL, ALL]) : null,
    review: chance.chance(0.3) ? chance.below(60) : null,
  };
}

/** Somebody takes up what was cut short, after some hours, and tries again where that goes wrong, too. */
async function amend(year: Year, chance: Dice): Promise<void> {
  for (const id of await unfinished(year)) {
    year.clock.pass(chance.below(30) * HOUR);
    let ending = await takeUp(year, id, drawTrouble(chance, 0.2), chance);
    for (let again = 0; ending === 'cut short' && again < 2; again++) ending = await takeUp(year, id, null, chance);
  }
}

/** Somebody regrets one of the last runs. */
async function undoSome(year: Year, chance: Dice): Promise<void> {
  const [first, ...others] = [...year.observer.runs.keys()].slice(-5);
  if (first === undefined) return;
  await regret(year, chance.chance(0.2) ? null : chance.oneOf([first, ...others]), chance);
}

/** Takes a run back, after some hours; null: the latest one. Tries again where that goes wrong. */
async function regret(year: Year, id: string | null, chance: Dice): Promise<void> {
  year.clock.pass(chance.below(50) * HOUR);
  const ending = await takeBack(year, id, drawTrouble(chance, 0.3), chance);
  if (ending === 'cut short') await takeBack(year, id, null, chance);
}

/** Somebody takes up any run, finished or taken back: by mistake. */
async function takeUpSome(year: Year, chance: Dice): Promise<void> {
  const [first, ...others] = (await readJournals(year)).flatMap(({ header }) => (header.kind === 'prune' ? [header.run] : [])).slice(-5);
  if (first !== undefined) await takeUp(year, chance.oneOf([first, ...others]), null, chance);
}

/** At the end everything that was cut short is finished, and a last run does all that is due. */
async function comeToAnEnd(year: Year, chance: Dice): Promise<void> {
  for (const id of await unfinished(year)) await takeUp(year, id, null, chance);
  year.clock.pass(HOUR);
  await weeklyRun(year, { trouble: null, limit: ALL, drain: false, review: null, bustle: 0 }, chance);
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
