import type { Bug } from '../model/bug.js';
import { type Duration, durationInWords, hasPassed } from '../model/duration.js';
import { lastHumanActivity, untargetedSince } from '../model/history.js';
import { daysBetween, type Instant } from '../model/instant.js';
import { nameMatcher } from '../model/text.js';
import * as option from './options.js';
import { defineRule, type Finding, finding, type Rule } from './rule.js';

/** `1 day`, `412 days`. */
function days(count: number): string {
  return `${count} day${count === 1 ? '' : 's'}`;
}

/**
 * Whether a clock has run for a duration. `earliest` is when it started as far as the history is known, and it cannot have started
 * before. Without all of the history it may have started as late as the bug's last change.
 */
function clockFinding(subject: string, bug: Bug, earliest: Instant, duration: Duration, now: Instant): Finding {
  const age = daysBetween(earliest, now);
  if (!hasPassed(duration, earliest, now)) {
    const message = `${subject} for only ${days(age)}, less than ${durationInWords(duration)}`;
    return finding(false, message, { days: age, since: earliest });
  }
  if (bug.history === 'complete') return finding(true, `${subject} for ${days(age)}`, { days: age, since: earliest });
  const least = daysBetween(bug.updatedAt, now);
  if (hasPassed(duration, bug.updatedAt, now)) return finding(true, `${subject} for at least ${days(least)}`, { days: least });
  const message = `whether there was ${subject} for ${durationInWords(duration)} takes a history that was not read whole`;
  return { outcome: 'unknown', message, data: {} };
}

const untargetedFor = defineRule({
  id: 'untargetedFor',
  kind: 'criterion',
  summary:
    'It has had no target release for at least this long, counted from its creation, its last reopening or the loss of its last target.',
  options: option.duration,
  check(bug, duration, { now, targetClass }) {
    const subject = targetClass === 'slipped' || targetClass === 'parked' ? 'no new target release' : 'no target release';
    return clockFinding(subject, bug, untargetedSince(bug), duration, now);
  },
});

const idleFor = defineRule({
  id: 'idleFor',
  kind: 'criterion',
  summary: 'No person has done anything to it for at least this long. Bots, and bugprune itself, do not count.',
  options: option.duration,
  check(bug, duration, { now }) {
    return clockFinding('no human activity', bug, lastHumanActivity(bug) ?? bug.createdAt, duration, now);
  },
});

const openFor = defineRule({
  id: 'openFor',
  kind: 'criterion',
  summary: 'It was reported at least this long ago.',
  options: option.duration,
  check(bug, duration, { now }) {
    const holds = hasPassed(duration, bug.createdAt, now);
    const age = days(daysBetween(bug.createdAt, now));
    const message = holds ? `reported ${age} ago` : `reported only ${age} ago, less than ${durationInWords(duration)}`;
    return finding(holds, message, { days: daysBetween(bug.createdAt, now), since: bug.createdAt });
  },
});

/** A criterion that holds when a word of the bug is in a list. */
function oneOf(id: string, noun: string, wordsOf: (bug: Bug) => (string | null)[]): Rule<string[]> {
  return defineRule({
    id,
    kind: 'criterion',
    summary: `Its ${noun} is one of these; \`*\` stands for any characters.`,
    options: option.names,
    check(bug, patterns) {
      const words = wordsOf(bug).filter((word) => word !== null);
      const found = words.filter(nameMatcher(patterns));
      if (found.length > 0) return finding(true, `${noun}: ${found.join(', ')}`, { found });
      return finding(false, `${noun} is none of ${patterns.join(', ')}`, { found: [] });
    },
  });
}

/** All criteria: the keys of a policy's `when`. */
export const criteria = {
  untargetedFor,
  idleFor,
  openFor,
  labels: oneOf('labels', 'label', (bug) => bug.labels),
  types: oneOf('types', 'type', (bug) => [bug.type]),
  priorities: oneOf('priorities', 'priority', (bug) => [bug.priority]),
  trackers: oneOf('trackers', 'tracker', (bug) => [bug.tracker]),
  title: oneOf('title', 'title', (bug) => [bug.title]),
} satisfies Record<string, Rule>;
