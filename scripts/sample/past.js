import { anyDeveloper, anyUser, ordinaryLife, plan, prunedBy, RUNS, soonAfter } from './life.js';
import { DAY, developer, HOUR, NOW, RELEASES, user } from './story.js';
import { SECURITY } from './titles.js';

// Three years of a team that fixes most bugs within weeks, and some late: those that many people talk about. They fall silent as other bugs do,
// so a policy that looks at silence alone closes them. That is what a backtest is to find out, and which guard would have helped.

const MINUTE = HOUR / 60;

/** A moment so many days after the bug was opened, or just before today. */
const dayOf = (story, days) => Math.min(NOW - HOUR, story.opening.at + days * DAY);

function fixedSoon(random, story) {
  const closed = dayOf(story, random.longTail(0.2, 26));
  ordinaryLife(random, story, closed);
  story.close(closed, anyDeveloper(random), random.pick(['completed', 'completed', 'completed', 'duplicate', 'not planned']));
  return story;
}

/** Planned as soon as somebody saw it, and done before the release. */
function plannedSoon(random, story) {
  const seen = dayOf(story, random.between(2, 25));
  ordinaryLife(random, story, seen);
  planAndFix(random, story, seen);
  return story;
}

/** Nobody plans it, nobody minds. */
function forgotten(random, story) {
  ordinaryLife(random, story, dayOf(story, random.longTail(2, 60)));
  return story;
}

/** In the end somebody says so. */
function declined(random, story) {
  ordinaryLife(random, story, dayOf(story, random.longTail(1, 20)));
  story.close(
    dayOf(story, random.longTail(60, 400)),
    anyDeveloper(random),
    random.pick(['not planned', 'not planned', 'duplicate']),
  );
  return story;
}

/** Many people have it and say so; then they wait. Months later it is planned and fixed. */
function needed(random, story) {
  waitedFor(random, story);
  planAndFix(random, story, dayOf(story, random.longTail(60, 330)));
  return story;
}

/** Many people have it, and wait to this day. */
function awaited(random, story) {
  return waitedFor(random, story);
}

function waitedFor(random, story) {
  story.opening.votes = random.between(3, 40);
  const quiet = dayOf(story, random.between(6, 24));
  ordinaryLife(random, story, quiet);
  for (let voice = random.between(8, 14); voice > 0; voice--) {
    story.comment(
      soonAfter(random, story.opening.at + 20 * MINUTE, quiet),
      random.chance(0.2) ? anyDeveloper(random) : anyUser(random),
    );
  }
  return story;
}

/** Nobody spoke of it, and somebody came across it and fixed it. */
function foundLater(random, story) {
  ordinaryLife(random, story, dayOf(story, 6));
  story.close(dayOf(story, random.between(70, 300)), anyDeveloper(random), 'completed');
  return story;
}

/** It took a month and more until its turn came. */
function fixedInTurn(random, story) {
  ordinaryLife(random, story, dayOf(story, random.between(3, 12)));
  story.close(dayOf(story, random.between(30, 41)), anyDeveloper(random), 'completed');
  return story;
}

/** A run of bugprune closed it; mostly that was that. */
function pruned(random, story, isMissed) {
  const runs = RUNS.filter(({ at }) => at > story.opening.at + 100 * DAY);
  const { at, run } = random.pick(runs);
  if (isMissed) waitedFor(random, story);
  else ordinaryLife(random, story, dayOf(story, 40));
  const closed = at + random.between(1, 90) * 4_000;
  prunedBy(story, closed, run);
  if (isMissed) story.reopen(Math.min(NOW - HOUR, closed + random.between(1, 20) * DAY), story.opening.author ?? user(1));
  return story;
}

function guarded(random, story, label) {
  story.label(dayOf(story, random.between(1, 10)), anyDeveloper(random), label);
  return forgotten(random, story);
}

/** A change is on its way that will close it, they say; has it been for all that time? */
function linked(random, story) {
  story.opening.linkedWork = ['change'];
  return forgotten(random, story);
}

/** The tracker would not tell all of it. */
function halfRead(random, story) {
  story.opening.history = 'partial';
  return foundLater(random, story);
}

function fresh(random, story) {
  ordinaryLife(random, story, NOW - HOUR);
  return story;
}

/** Given the release that is being planned then, and fixed some weeks later; neither, where that would be after today. */
function planAndFix(random, story, from) {
  if (from > NOW - 25 * DAY) return;
  const release = Object.keys(RELEASES).find((name) => from < (RELEASES[name].closed ?? NOW) - 10 * DAY);
  const planned = plan(random, story, release, Math.max(from, RELEASES[release].from), from + 20 * DAY);
  const done = planned + random.longTail(3, 60) * DAY;
  const who = developer(random.between(1, 14));
  story.assign(planned + HOUR, who, who.name);
  if (done < NOW) story.close(done, who, 'completed');
}

/** How many of each, and how many days old at least and at most. */
export const PAST = [
  { plot: fixedSoon, count: 120, days: [2, 1_095] },
  { plot: plannedSoon, count: 40, days: [60, 1_095] },
  { plot: forgotten, count: 118, days: [46, 1_095] },
  { plot: declined, count: 34, days: [90, 1_095] },
  { plot: needed, count: 40, days: [110, 1_000] },
  { plot: awaited, count: 9, days: [60, 900] },
  { plot: foundLater, count: 3, days: [320, 900] },
  { plot: fixedInTurn, count: 16, days: [45, 1_000] },
  { plot: (random, story) => pruned(random, story, false), count: 8, days: [200, 1_000] },
  { plot: (random, story) => pruned(random, story, true), count: 4, days: [250, 900] },
  { plot: (random, story) => guarded(random, story, 'pinned'), count: 4, days: [100, 900] },
  { plot: (random, story) => guarded(random, story, 'security'), count: 6, days: [60, 900], titles: SECURITY },
  { plot: linked, count: 6, days: [90, 700] },
  { plot: halfRead, count: 3, days: [320, 900] },
  { plot: fresh, count: 22, days: [0.1, 41] },
];
