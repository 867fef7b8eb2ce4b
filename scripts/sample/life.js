import { DAY, DEPENDENCY_BOT, developer, HOUR, NOW, OURSELVES, RELEASES, TRIAGE_BOT, user } from './story.js';

const MINUTE = HOUR / 60;

export const anyUser = (random) => user(random.between(1, 950));
export const anyDeveloper = (random) => developer(random.between(1, 14));

/** A moment between two; most things happen soon after a bug was opened. */
export function soonAfter(random, from, until) {
  return from + (until - from) * random.next() ** 3;
}

/** What happens to every bug: somebody looks at it, some talk about it, and then they stop. Nothing happens after `until`. */
export function ordinaryLife(random, story, until) {
  const from = story.opening.at + 20 * MINUTE;
  if (until <= from) return;
  triage(random, story, from, until);
  talk(random, story, from, until);
}

function triage(random, story, from, until) {
  const seen = soonAfter(random, from, Math.min(until, from + 40 * DAY));
  const who = anyDeveloper(random);
  if (random.chance(0.4)) story.label(seen, who, story.opening.area);
  if (random.chance(0.35)) story.label(seen, who, random.pick(['priority/major', 'priority/minor', 'priority/minor']));
  if (random.chance(0.06)) story.rename(seen, who, `Problem with ${story.opening.area.replace('area: ', '')}`);
  if (random.chance(0.1)) askForMore(random, story, who, seen, until);
  if (random.chance(0.1)) assign(random, story, seen, until);
}

function askForMore(random, story, who, asked, until) {
  story.comment(asked, who);
  story.label(asked, who, 'needs info');
  const answered = soonAfter(random, asked, until);
  if (random.chance(0.4)) {
    story.comment(answered, story.opening.author ?? anyUser(random));
    story.unlabel(answered, who, 'needs info');
  }
}

function assign(random, story, from, until) {
  const who = anyDeveloper(random);
  const at = soonAfter(random, from, until);
  story.assign(at, who, who.name);
  if (random.chance(0.4)) story.unassign(soonAfter(random, at, until), who, who.name);
}

function talk(random, story, from, until) {
  const voices = Math.floor(random.longTail(1, 9) - 1) - (random.chance(0.3) ? 1 : 0);
  for (let voice = 0; voice < voices; voice++) {
    story.comment(soonAfter(random, from, until), random.chance(0.35) ? anyDeveloper(random) : anyUser(random));
  }
}

/** Machines that stir shortly before today; none of it means that a person cares. */
export function botNoise(random, story) {
  const at = NOW - random.between(1, 11 * 24) * HOUR;
  if (at < story.opening.at) return;
  const noise = random.next();
  if (noise < 0.45) story.comment(at, TRIAGE_BOT);
  else if (noise < 0.75) story.label(at, TRIAGE_BOT, 'needs triage');
  else story.comment(at, DEPENDENCY_BOT);
}

/** Planned for a release at some time while there was one to plan for, and after the given moment. */
export function plan(random, story, release, after = story.opening.at + HOUR, before = NOW - DAY) {
  const { from, closed = NOW } = RELEASES[release];
  const least = Math.max(from, after);
  const at = least + (Math.min(closed, before) - least) * random.next();
  story.target(at, anyDeveloper(random), release);
  return at;
}

/** A run of bugprune as it leaves its trace: the comment, then the closing. */
export function prunedBy(story, at, run) {
  story.comment(at, OURSELVES, { mark: { run, action: 'close', policy: 'untargeted' } });
  story.close(at + 2_000, OURSELVES, 'not planned');
}

/** Earlier runs: when, and under which name. */
export const RUNS = [
  { at: Date.parse('2025-09-07T07:00:00Z'), run: '20250907T070000Z-8c1f04' },
  { at: Date.parse('2026-03-01T07:00:00Z'), run: '20260301T070000Z-2ab97e' },
  { at: Date.parse('2026-06-07T07:00:00Z'), run: '20260607T070000Z-d40c55' },
  { at: Date.parse('2026-09-06T07:00:00Z'), run: '20260906T070000Z-71e3b9' },
  { at: Date.parse('2026-10-25T07:00:00Z'), run: '20261025T070000Z-05fa6d' },
];
