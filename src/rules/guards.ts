import { z } from 'zod';
import { add, type Duration, durationInWords, multiply } from '../model/duration.js';
import { humanComments, reopenedByPeople, snoozedUntil } from '../model/history.js';
import { nameMatcher } from '../model/text.js';
import * as option from './options.js';
import { defineRule, type Finding, finding, type Rule } from './rule.js';

const unread = (what: string): Finding => ({ outcome: 'unknown', message: `${what} was not read`, data: {} });

const labels = defineRule({
  id: 'labels',
  kind: 'guard',
  summary: 'Bugs with one of these labels are kept; `*` stands for any characters.',
  options: option.names,
  check(bug, patterns) {
    const found = bug.labels.filter(nameMatcher(patterns));
    return found.length > 0
      ? finding(true, `label ${found.join(', ')} protects it`, { found })
      : finding(false, 'no protecting label', { found });
  },
});

const priorities = defineRule({
  id: 'priorities',
  kind: 'guard',
  summary: 'Bugs of these priorities are kept, and reported for attention while they have no target.',
  options: option.names,
  check(bug, patterns) {
    const severe = bug.priority !== null && nameMatcher(patterns)(bug.priority);
    const message = severe ? `priority ${bug.priority} protects it` : `priority ${bug.priority ?? 'not set'} protects nothing`;
    return finding(severe, message, { priority: bug.priority });
  },
});

const inProgress = defineRule({
  id: 'inProgress',
  kind: 'guard',
  summary: 'Bugs that are being worked on, by their status, are kept.',
  options: option.flag,
  check: (bug) =>
    finding(bug.inProgress, bug.inProgress ? `in progress (${bug.status})` : 'not in progress', { status: bug.status }),
});

const LINK_WORDS = { change: 'a change that will close it', child: 'an unfinished child', blocks: 'something that it blocks' };

const linkedWork = defineRule({
  id: 'linkedWork',
  kind: 'guard',
  summary: 'Bugs with an open change that will close them, an unfinished child, or something that they block are kept.',
  options: option.flag,
  check({ linkedWork: links }) {
    if (links === null) return unread('linked work');
    const found = links.map(({ kind, name }) => `${LINK_WORDS[kind]} (${name})`);
    return finding(found.length > 0, found.length > 0 ? `has ${found.join(', ')}` : 'no unfinished linked work', {
      found: links.map(({ name }) => name),
    });
  },
});

const reopened = defineRule({
  id: 'reopened',
  kind: 'guard',
  summary:
    'Bugs that a person reopened after bugprune had closed them are kept: `forever`, or for a duration that doubles at each reopening.',
  options: z.union([z.literal('forever'), z.literal(false), option.duration]) as z.ZodType<
    'forever' | false | Duration,
    string | false
  >,
  check(bug, kept, { now }) {
    const times = reopenedByPeople(bug);
    const last = times.at(-1);
    if (last === undefined || kept === false) {
      return bug.history === 'complete'
        ? finding(false, 'never reopened after being closed by bugprune')
        : unread('whether it was reopened');
    }
    const what = `a person reopened it after bugprune had closed it${times.length > 1 ? ` (${times.length} times)` : ''}`;
    if (kept === 'forever') return finding(true, what, { reopenings: times.length, last });
    const protection = multiply(kept, 2 ** (times.length - 1));
    const until = add(last, protection);
    // Reopenings that were not read would make the protection longer.
    if (until <= now && bug.history !== 'complete') return unread('how often it was reopened');
    const message =
      until > now ? `${what}: kept until ${until.slice(0, 10)}` : `${what}, more than ${durationInWords(protection)} ago`;
    return finding(until > now, message, { reopenings: times.length, last, until });
  },
});

const snoozed = defineRule({
  id: 'snoozed',
  kind: 'guard',
  summary: 'Bugs that somebody snoozed when going through the proposals are kept: until that day is over (UTC), or for good.',
  options: option.flag,
  check(bug, _on, { now }) {
    const until = snoozedUntil(bug);
    const holds = until !== null && now.slice(0, 10) <= until;
    // Of what was not read, something may last longer.
    if (!holds && bug.history !== 'complete') return unread('whether it was snoozed');
    if (until === null) return finding(false, 'not snoozed', { until });
    const words = until === 'forever' ? 'for good' : `until ${until}`;
    return finding(holds, `snoozed ${words}${holds ? '' : ', which is over'}`, { until });
  },
});

const assigned = defineRule({
  id: 'assigned',
  kind: 'guard',
  summary: 'Bugs that somebody is assigned to are kept.',
  options: option.flag,
  check({ assignees }) {
    const found = assignees.map(({ name }) => name);
    return finding(found.length > 0, found.length > 0 ? `assigned to ${found.join(', ')}` : 'assigned to nobody', { found });
  },
});

const votes = defineRule({
  id: 'votes',
  kind: 'guard',
  summary: 'Bugs with at least this many votes in favour (+1) are kept.',
  options: option.threshold,
  check({ votes: count }, least) {
    if (count === null) return unread('the number of votes');
    return finding(count >= least, `${count} vote${count === 1 ? '' : 's'}${count >= least ? '' : `, fewer than ${least}`}`, {
      votes: count,
    });
  },
});

const comments = defineRule({
  id: 'comments',
  kind: 'guard',
  summary: 'Bugs with at least this many comments by people are kept.',
  options: option.threshold,
  check(bug, least) {
    const known = humanComments(bug);
    // Comments by anyone are an upper bound for those by people, and need no history.
    const whole = bug.history === 'complete' || (bug.comments !== null && bug.comments < least);
    if (known < least && !whole) return unread('the number of comments by people');
    const enough = known >= least;
    return finding(
      enough,
      enough ? `${known} comment${known === 1 ? '' : 's'} by people` : `fewer than ${least} comments by people`,
      {
        comments: bug.history === 'complete' ? known : bug.comments,
      },
    );
  },
});

/** All guards: the keys of `keep`. */
export const guards = {
  labels,
  priorities,
  inProgress,
  linkedWork,
  reopened,
  snoozed,
  assigned,
  votes,
  comments,
} satisfies Record<string, Rule>;
