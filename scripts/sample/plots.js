import { anyDeveloper, anyUser, botNoise, ordinaryLife, plan, prunedBy, RUNS, soonAfter } from './life.js';
import { DAY, developer, HOUR, NOW, OURSELVES, RELEASES } from './story.js';
import { SECURITY } from './titles.js';

const quietUntil = (random, story) =>
  Math.min(NOW - random.between(16, 45) * DAY, story.opening.at + random.longTail(2, 900) * DAY);

/** Nobody plans it, nobody minds. Most backlogs are mostly this. */
function forgotten(random, story) {
  ordinaryLife(random, story, quietUntil(random, story));
  if (random.chance(0.22)) botNoise(random, story);
  return story;
}

function fresh(random, story) {
  ordinaryLife(random, story, NOW - HOUR);
  return story;
}

function discussed(random, story) {
  ordinaryLife(random, story, quietUntil(random, story));
  story.comment(NOW - random.between(3, 13 * 24) * HOUR, random.chance(0.5) ? anyUser(random) : anyDeveloper(random));
  return story;
}

function planned(random, story) {
  ordinaryLife(random, story, quietUntil(random, story));
  plan(random, story, random.pick(['v4.2', 'v4.2', 'v4.3']));
  return story;
}

/** Planned for a release that has gone out without it; some were moved on once. */
function slipped(random, story) {
  ordinaryLife(random, story, quietUntil(random, story));
  const open = ['v3.9', 'v4.0', 'v4.1'].filter((name) => wasPlannable(name, story.opening.at + 30 * DAY, NOW));
  const first = random.pick(open);
  plan(random, story, first);
  const next = { 'v3.9': 'v4.0', 'v4.0': 'v4.1' }[first];
  if (next && random.chance(0.4)) {
    const who = anyDeveloper(random);
    const moved = RELEASES[first].closed - 2 * HOUR;
    story.untarget(moved, who, first);
    story.target(moved, who, next);
  }
  if (random.chance(0.3)) botNoise(random, story);
  return story;
}

function parked(random, story) {
  ordinaryLife(random, story, quietUntil(random, story));
  plan(random, story, random.pick(['Backlog', 'Backlog', 'Future']), story.opening.at + HOUR, NOW - 20 * DAY);
  return story;
}

/** Whether a release was being planned at some time between two moments. */
function wasPlannable(name, from, until) {
  const release = RELEASES[name];
  return release.from < until && (release.closed ?? NOW) > from;
}

/** Its target was taken away: long ago, or so recently that the clock has only just begun. */
function unplanned(random, story, least, most) {
  ordinaryLife(random, story, quietUntil(random, story));
  const taken = NOW - random.between(least * 24, most * 24) * HOUR;
  const release = random.pick(['v4.1', 'v4.2'].filter((name) => wasPlannable(name, story.opening.at + 5 * DAY, taken - 5 * DAY)));
  plan(random, story, release, undefined, taken - HOUR);
  story.untarget(taken, anyDeveloper(random), release);
  return story;
}

function labelled(random, story, label) {
  story.label(soonAfter(random, story.opening.at + HOUR, NOW - 20 * DAY), anyDeveloper(random), label);
  return forgotten(random, story);
}

function severe(random, story) {
  story.opening.labels.push(random.pick(['priority/blocker', 'priority/critical', 'priority/critical']));
  const until = quietUntil(random, story);
  if (random.chance(0.7)) story.comment(soonAfter(random, story.opening.at + HOUR, until), anyDeveloper(random));
  if (random.chance(0.2)) botNoise(random, story);
  return story;
}

function inProgress(random, story) {
  const who = anyDeveloper(random);
  const at = NOW - random.between(15, 200) * DAY;
  story.assign(Math.max(at, story.opening.at + HOUR), who, who.name);
  return labelled(random, story, 'in progress');
}

function linked(random, story) {
  story.opening.linkedWork = [random.pick(['change', 'change', 'change', 'child', 'blocks'])];
  return forgotten(random, story);
}

/** bugprune closed it, and a person disagreed; some were closed again a run later, and reopened again. */
function broughtBack(random, story, rounds) {
  ordinaryLife(random, story, RUNS[0].at - 60 * DAY);
  const runs = random.shuffled(RUNS.slice(0, 4)).slice(0, rounds);
  for (const { at, run } of runs) {
    prunedBy(story, at, run);
    const back = at + random.between(5, 30 * 24) * HOUR;
    const who = random.chance(0.6) && story.opening.author ? story.opening.author : developer(random.between(1, 14));
    story.reopen(back, who);
    story.comment(back + 60_000, who);
  }
  return story;
}

/** A run closed it, and the run was taken back: that is no person's word. */
function takenBack(random, story) {
  ordinaryLife(random, story, RUNS[0].at - 60 * DAY);
  const { at, run } = RUNS[2];
  story.comment(at, OURSELVES, { mark: { run, action: 'undo', policy: 'untargeted' } });
  story.close(at + 2_000, OURSELVES, 'not planned');
  story.reopen(at + HOUR, OURSELVES);
  return story;
}

/** Fixed, they thought. */
function reopened(random, story) {
  const until = Math.min(quietUntil(random, story), NOW - 90 * DAY);
  ordinaryLife(random, story, until);
  const closed = until + DAY;
  story.close(closed, anyDeveloper(random), 'completed');
  story.reopen(NOW - random.between(2, 38) * DAY, anyUser(random));
  return story;
}

/** A team that tried warnings for a while; the answer cancelled this one. */
function warned(random, story) {
  ordinaryLife(random, story, RUNS[1].at - 30 * DAY);
  const { at, run } = RUNS[1];
  story.comment(at, OURSELVES, { mark: { run, action: 'warn', policy: 'untargeted' } });
  story.comment(at + random.between(10, 60) * HOUR, anyUser(random));
  return story;
}

/** The tracker would not tell all of it. */
function halfRead(random, story) {
  story.opening.history = 'partial';
  return forgotten(random, story);
}

function fixed(random, story) {
  const until = quietUntil(random, story);
  ordinaryLife(random, story, until);
  story.close(
    until + HOUR,
    anyDeveloper(random),
    random.pick(['completed', 'completed', 'completed', 'duplicate', 'not planned']),
  );
  return story;
}

function pruned(random, story) {
  const { at, run } = random.pick(RUNS.filter((one) => one.at > story.opening.at + 100 * DAY));
  ordinaryLife(random, story, Math.min(at - 20 * DAY, story.opening.at + 400 * DAY));
  prunedBy(story, at + random.between(1, 90) * 4_000, run);
  return story;
}

/** How many of each, and how many days old at least and at most; `titles` where not any will do. */
export const PLOTS = [
  { plot: forgotten, count: 126, days: [46, 2_180] },
  { plot: fresh, count: 40, days: [0.1, 41] },
  { plot: discussed, count: 16, days: [60, 1_500] },
  { plot: planned, count: 24, days: [5, 700] },
  { plot: slipped, count: 19, days: [260, 1_500] },
  { plot: parked, count: 13, days: [90, 1_700] },
  { plot: (random, story) => unplanned(random, story, 1, 40), count: 7, days: [200, 900] },
  { plot: (random, story) => unplanned(random, story, 50, 150), count: 6, days: [300, 900] },
  { plot: (random, story) => labelled(random, story, 'pinned'), count: 6, days: [200, 1_900] },
  { plot: (random, story) => labelled(random, story, 'security'), count: 6, days: [60, 900], titles: SECURITY },
  { plot: severe, count: 13, days: [50, 1_200] },
  { plot: inProgress, count: 8, days: [60, 600] },
  { plot: linked, count: 8, days: [60, 900] },
  { plot: (random, story) => broughtBack(random, story, 1), count: 5, days: [700, 1_800] },
  { plot: (random, story) => broughtBack(random, story, 2), count: 1, days: [900, 1_200] },
  { plot: takenBack, count: 2, days: [700, 1_500] },
  { plot: reopened, count: 5, days: [200, 900] },
  { plot: warned, count: 2, days: [500, 1_000] },
  { plot: halfRead, count: 5, days: [300, 2_000] },
  { plot: fixed, count: 24, days: [60, 1_400] },
  { plot: pruned, count: 18, days: [600, 2_100] },
];
