import { type Clock, WEEK } from './clock.js';
import type { Deed, Who } from './deed.js';
import { type Dice, dice } from './dice.js';
import { SOFT } from './house.js';
import { type Page, pageOf } from './ledger.js';
import type { Observer } from './observer.js';
import type { Stage } from './stage.js';
import { liveliness, nextRelease, noise, robotic, somebody, wish } from './team.js';

/** What goes on around a tracker. */
export interface Life {
  /** The backlog that there is before bugprune comes: bugs of all ages, and what other tools may have done to them. */
  begin(hadTools: boolean): void;
  /** Lives until then: people file bugs and work on them, robots make noise, releases come to their end. */
  until(then: number): void;
  /** Somebody does something this very second: to this bug, if they can think of anything. */
  now(ref: string, chance: Dice): void;
}

/** How much goes on. */
export interface Liveliness {
  readonly seed: string;
  /** Whether robots comment and label; with or without, people do the same. */
  readonly isNoisy: boolean;
  /** Whether targets are deleted, which no history tells. */
  readonly isOrderly: boolean;
}

const BACKLOG = 10;

/** They say that a bug is stale, in their own words and in those of bugprune. */
const OTHER_TOOLS: readonly Deed[] = [{ kind: 'comment' }, { kind: 'label', value: 'stale' }, { kind: 'paste', value: 'warn' }];

/** A team and its robots on a tracker, in sight of an observer. */
export function lifeOn(stage: Stage, observer: Observer, clock: Clock, { seed, isNoisy, isOrderly }: Liveliness): Life {
  const { ledger } = observer;
  let filed = 0;
  let week = 0;
  const act = (page: Page, who: Who, deed: Deed | null) => {
    // Our own marker from our own hand is ours.
    if (deed === null || !stage.kinds.has(deed.kind) || (who === 'lead' && deed.kind === 'paste')) return;
    stage.act(page.ref, who, deed, clock.now());
    observer.did(page.ref, who, deed, clock.now());
  };
  const file = (at: number, chance: Dice) => {
    const who = chance.chance(0.1) ? 'ci' : somebody(chance, ledger.personal);
    const labels = chance.chance(0.2) ? ['bug', SOFT] : ['bug'];
    observer.filed(stage.file(++filed, labels, who, at), who, labels, at);
  };
  const care = (page: Page, chance: Dice) =>
    act(page, somebody(chance, ledger.personal), wish(page, ledger, stage.kinds, chance));

  function* plans(): Generator<readonly [at: number, happens: () => void]> {
    const [team, robots, trains] = ['team', 'robots', 'releases'].map((who) => dice(`${seed} ${who} ${week}`)) as [
      Dice,
      Dice,
      Dice,
    ];
    const within = ({ below }: Dice) => clock.now() + below(WEEK / 1000) * 1000;
    if (team.chance(0.7)) yield [within(team), () => file(clock.now(), team)];
    for (const page of ledger.pages.values()) {
      const own = dice(`${seed} team ${week} ${page.ref}`);
      if (own.chance(liveliness(page, clock.now()))) yield [within(own), () => care(page, own)];
      if (own.chance(0.05)) yield [within(own), () => care(page, own)];
      yield [within(own), () => act(page, 'ci', robotic(page, ledger, own))];
      const noisy = isNoisy && robots.chance(0.3);
      if (noisy) yield [within(robots), () => act(page, robots.oneOf(['ci', 'k8s-robot']), noise(page, robots))];
    }
    if (trains.chance(0.1)) yield [within(trains), () => end(nextRelease(ledger.over))];
    if (!isOrderly && trains.chance(0.02)) yield [within(trains), () => remove(nextRelease(ledger.over))];
  }
  const end = (release: string) => {
    observer.released(release, clock.now());
    stage.release(ledger.over);
  };
  const remove = (release: string) => {
    stage.remove(release, clock.now());
    observer.removed(release, clock.now());
  };

  return {
    begin(hadTools) {
      const chance = dice(`${seed} backlog`);
      for (let number = 0; number < BACKLOG; number++) file(clock.now() - chance.below(40) * WEEK - 1000, chance);
      for (const page of hadTools ? ledger.pages.values() : []) for (const deed of OTHER_TOOLS) act(page, 'ci', deed);
    },
    until(then) {
      week++;
      for (const [at, happens] of [...plans()].toSorted(([one], [other]) => one - other)) {
        if (at >= then) break;
        clock.reach(at);
        happens();
      }
      clock.reach(then);
    },
    now: (ref, chance) => care(pageOf(ledger, ref), chance),
  };
}
