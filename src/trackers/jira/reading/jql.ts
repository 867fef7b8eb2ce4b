import { TrackerError } from '../../../errors.js';
import type { Instant } from '../../../model/instant.js';

/** Which bugs to list. */
export interface JqlSelection {
  readonly projects: readonly string[];
  readonly types: readonly string[];
  /** The user's own condition, which may only narrow the selection. */
  readonly jql?: string | undefined;
  /** The done ones that changed since then, instead of the open ones. May find some that changed up to two days before. */
  readonly closedSince?: Instant | undefined;
}

/**
 * The JQL for bugs, oldest first. `Done` is the status category's own name, which no language of a site changes.
 * Throws `validation` for a condition of the user's that could widen the selection.
 */
export function bugsJql({ projects, types, jql, closedSince }: JqlSelection): string {
  const narrowing = jql === undefined ? '' : withoutOrder(jql);
  const conditions = [
    `project in (${list(projects)})`,
    `issuetype in (${list(types)})`,
    ...(closedSince === undefined ? ['statusCategory != Done'] : closedConditions(closedSince)),
    ...(narrowing ? [`(${narrowing})`] : []),
  ];
  return `${conditions.join(' AND ')} ORDER BY created ASC, key ASC`;
}

const DAY = 86_400_000;

/**
 * JQL reads a time to the minute and in the time zone of the account, which no query can name: one written in UTC, a day earlier, is
 * early enough in every zone. Nothing in a Jira is older than 1970, and an index of times may not reach farther back.
 */
function closedConditions(since: Instant): string[] {
  const minute = new Date(Math.max(Date.parse(since) - DAY, DAY)).toISOString().slice(0, 16).replace('T', ' ');
  return ['statusCategory = Done', `updated >= ${quote(minute)}`];
}

/** The JQL that finds one issue if the user's condition selects it. */
export function selectedJql(key: string, jql: string): string {
  const narrowing = withoutOrder(jql);
  return `key = ${quote(key)}${narrowing ? ` AND (${narrowing})` : ''}`;
}

/** The JQL for some issues by key. */
export function issuesJql(keys: readonly string[]): string {
  return `key in (${list(keys)}) ORDER BY key ASC`;
}

function list(values: readonly string[]): string {
  return values.map(quote).join(', ');
}

/** A value as JQL takes any: in double quotes, with the backslash and the double quote escaped. */
export function quote(value: string): string {
  if (CONTROL.test(value)) throw refused(value, 'it has control characters');
  return `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Why a condition of the user's may not be used; null when it may. Nothing is asked of Jira. */
export function jqlProblem(jql: string): string | null {
  const { problem } = condition(jql);
  return problem;
}

/** The user's condition without its ORDER BY. */
function withoutOrder(jql: string): string {
  const { text, problem } = condition(jql);
  if (problem) throw refused(jql, problem);
  return text;
}

/**
 * The condition must stand on its own between parentheses: one that closes a parenthesis that it never opened, or leaves a
 * quotation open, would reach out of them.
 */
function condition(jql: string): { text: string; problem: string | null } {
  let depth = 0;
  for (const { 0: token, index } of jql.matchAll(TOKEN)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    const problem = depth < 0 ? 'it closes a parenthesis that it does not open' : (STRAY[token] ?? null);
    if (problem) return { text: jql, problem };
    if (depth === 0 && /^order\s+by$/i.test(token)) return { text: jql.slice(0, index).trim(), problem: null };
  }
  return { text: jql.trim(), problem: depth > 0 ? 'it leaves a parenthesis open' : null };
}

/** The parts of a query that its structure hangs on; quoted texts are one part each. */
const TOKEN = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\border\s+by\b|["'\\()]/gis;

/** Outside of quotations Jira takes a backslash and what follows for a part of a word, even a quote. */
const STRAY: Partial<Record<string, string>> = {
  '"': 'it leaves a quotation open',
  "'": 'it leaves a quotation open',
  '\\': 'it has a backslash outside of quotation marks',
};

function refused(jql: string, why: string): TrackerError {
  return new TrackerError('validation', `This JQL is refused, because ${why}: ${jql.slice(0, 200)}`, {
    hint: 'Try the query in the issue navigator of Jira first.',
  });
}
