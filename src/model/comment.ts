import type { Bug } from './bug.js';
import { add, type Duration } from './duration.js';
import { humanComments, lastHumanActivity, untargetedSince } from './history.js';
import { daysBetween, type Instant } from './instant.js';

/** What a template may be filled with: measured facts, and nothing that somebody wrote into the bug. */
interface Facts {
  readonly bug: Bug;
  readonly policy: string;
  readonly warn: Duration | null;
  readonly now: Instant;
}

const days = (from: Instant, to: Instant): string => {
  const count = daysBetween(from, to);
  return `${count} day${count === 1 ? '' : 's'}`;
};
const date = (at: Instant): string => at.slice(0, 10);

/** Every placeholder that a comment may hold, `{{name}}`, with what it stands for. */
export const PLACEHOLDERS: Readonly<Record<string, { summary: string; value: (facts: Facts) => string }>> = {
  ref: { summary: 'what people call the bug: acme/app#12', value: ({ bug }) => bug.ref },
  policy: { summary: "the policy's name", value: ({ policy }) => policy },
  openFor: { summary: 'how long ago it was reported: 412 days', value: ({ bug, now }) => days(bug.createdAt, now) },
  untargetedFor: {
    summary: 'how long it has had no target: 412 days',
    value: ({ bug, now }) => days(untargetedSince(bug), now),
  },
  untargetedSince: { summary: 'since when: 2025-10-06', value: ({ bug }) => date(untargetedSince(bug)) },
  idleFor: {
    summary: 'how long no person has acted on it: 61 days',
    value: ({ bug, now }) => days(lastHumanActivity(bug) ?? bug.createdAt, now),
  },
  lastHumanActivity: {
    summary: 'when a person last did: 2026-09-22, or never',
    value: ({ bug }) => date(lastHumanActivity(bug) ?? 'never'),
  },
  votes: { summary: 'votes in favour', value: ({ bug }) => String(bug.votes ?? 0) },
  comments: { summary: 'comments by people', value: ({ bug }) => String(humanComments(bug)) },
  closesOn: {
    summary: 'for warnings: the day from which it may be closed',
    value: ({ warn, now }) => date(warn ? add(now, warn) : now),
  },
};

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** The text with its placeholders filled in. Templates were checked before: {@link templateProblems}. */
export function renderComment(template: string, facts: Facts): string {
  return template.replace(PLACEHOLDER, (whole, name: string) => PLACEHOLDERS[name.trim()]?.value(facts) ?? whole).trim();
}

/** What is wrong with a template, in words; nothing for a good one. */
export function templateProblems(template: string): string[] {
  const unknown = [...template.matchAll(PLACEHOLDER)]
    .map((match) => (match[1] ?? '').trim())
    .filter((name) => !Object.hasOwn(PLACEHOLDERS, name));
  const problems = unknown.map((name) => `unknown placeholder {{${name}}}; there are ${Object.keys(PLACEHOLDERS).join(', ')}`);
  if (template.replace(PLACEHOLDER, '').includes('{{')) problems.push('a placeholder is not closed: expected {{name}}');
  if (template.trim() === '') problems.push('a comment must explain: expected a text');
  const mention = findMention(template);
  if (mention) problems.push(`comments never mention people: take out ${mention}, or write it as \`${mention}\``);
  return problems;
}

/**
 * The first thing in a text that would notify somebody: `@name` outside of code, or Jira's `[~name]`; null when there is none. GitHub looks for names
 * after Markdown is done, so `_@name_` counts. In doubt it is a mention: code is only what stands in one line between equal backticks.
 */
export function findMention(text: string): string | null {
  const prose = text.replace(/(?<![\\`])(`+)[^`\n]+\1(?!`)/g, ' ');
  return /(?:^|[^a-z\d])(@(?:[a-z\d][\w/-]*|\{\{))/i.exec(prose)?.[1] ?? /\[~[^\]\n]+\]/.exec(prose)?.[0] ?? null;
}

/** What bugs are closed with unless the policy has words of its own. True for a reader who cannot reopen anything. */
export const DEFAULT_COMMENT = `This bug has had no target release for {{untargetedFor}} (since {{untargetedSince}}), and no person has acted on it for {{idleFor}}. Nobody plans to fix it, so we close it as not to be fixed (NTBF).

This is a planning decision under our policy "{{policy}}", not a judgement of the report: it can be found and reopened at any time. Thank you for writing it.

If the bug still matters, please say so in a comment: which version you see it in, and what it keeps you from doing. The maintainers can then reopen it and give it a target release, which keeps it open.`;

/** What is said on a bug that somebody wants left alone: `until` is the last day of that, or `forever`. */
export function snoozeComment(until: string): string {
  const forNow = `We have looked at this bug and leave it open until ${until}: before that day is over, it will be neither closed nor warned about as not to be fixed (NTBF). After that it is judged like any other.`;
  const forGood =
    'We have looked at this bug and leave it open: as long as this comment stands, it will be neither closed nor warned about as not to be fixed (NTBF).';
  return `${until === 'forever' ? forGood : forNow}\n\nTo end this earlier, the maintainers can delete this comment.`;
}

/** The same for a policy that warns first. */
export const DEFAULT_WARNING = `This bug has had no target release for {{untargetedFor}} (since {{untargetedSince}}), and no person has acted on it for {{idleFor}}. As things stand, nobody plans to fix it.

Under our policy "{{policy}}" it will be closed as not to be fixed (NTBF) on or after {{closesOn}}, unless it gets a target release or somebody comments on it before. If it still matters, please say which version you see it in, and what it keeps you from doing.`;
