import { takeBack, takeUp } from './amends.js';
import { HOUR } from './clock.js';
import type { Dice } from './dice.js';
import { readJournals, unfinished } from './journals.js';
import { type Manner, weeklyRun } from './run.js';
import { drawTrouble } from './trouble.js';
import type { Year } from './year.js';

/** More than any run could close. */
const ALL = 1000;

/** A week's run, if there is one, and what else somebody may want of the program. `bustle`: see {@link Manner}. */
export async function liveAWeek(year: Year, chance: Dice, bustle: number): Promise<void> {
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
  const [first, ...others] = (await readJournals(year))
    .flatMap(({ header }) => (header.kind === 'prune' ? [header.run] : []))
    .slice(-5);
  if (first !== undefined) await takeUp(year, chance.oneOf([first, ...others]), null, chance);
}

/** At the end everything that was cut short is finished, and a last run does all that is due. */
export async function comeToAnEnd(year: Year, chance: Dice): Promise<void> {
  for (const id of await unfinished(year)) await takeUp(year, id, null, chance);
  year.clock.pass(HOUR);
  await weeklyRun(year, { trouble: null, limit: ALL, drain: false, review: null, bustle: 0 }, chance);
}
