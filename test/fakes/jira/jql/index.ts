import type { FakeIssue } from '../model.js';
import { compileJql } from './evaluate.js';
import type { Asker } from './field-kinds.js';
import { compileOrder } from './order.js';
import { parseJql } from './parser.js';

/** What a search finds, or what is wrong with it. */
export interface Found {
  readonly issues: readonly FakeIssue[];
  /** Names and values that do not exist, in Jira's words. */
  readonly errors: readonly string[];
  /** No restriction at all: Cloud refuses that. */
  readonly unbounded: boolean;
  /** Asking again later may find others. */
  readonly relative: boolean;
  readonly sortFields: number;
}

/** Runs JQL over what the asker may see. Throws `JqlSyntaxError`, and `JqlNotSupported` for gaps of ours. */
export function runJql(jql: string, asker: Asker): Found {
  const query = parseJql(jql);
  const { test, errors, relative } = compileJql(query.where, asker);
  const order = compileOrder(query.orderBy, asker.store);
  const visible = new Set(asker.projects.map(({ key }) => key));
  const hits = [...asker.store.issues.values()].filter((issue) => visible.has(issue.project) && test(issue));
  return {
    issues: order.sort(hits),
    errors: [...errors, ...order.errors],
    unbounded: query.where === null,
    relative,
    sortFields: query.orderBy.length,
  };
}
