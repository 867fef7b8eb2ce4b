import { type Report, type ReportBug, summarize } from './document.js';

/** A plan that is more than a prune may do. */
export interface TooMany {
  /** How many bugs it would close, where that is more than allowed; else null. */
  readonly closes: number | null;
  /** How many it would warn, where that is more than allowed; else null. */
  readonly warnings: number | null;
  /** How many of both may be done all the same: what `--drain` does. */
  readonly possible: number;
  /** The smallest N with which `--limit N` lets all of it go ahead. */
  readonly needed: number;
}

/** Whether bugs propose more than is allowed; null when they do not. Report and prune both ask here: they must agree. */
export function tooMany(bugs: readonly ReportBug[], allowed: { closes: number; warnings: number }): TooMany | null {
  const { close, warn } = summarize(bugs);
  const closes = close > allowed.closes ? close : null;
  const warnings = warn > allowed.warnings ? warn : null;
  if (closes === null && warnings === null) return null;
  const possible = Math.min(close, allowed.closes) + Math.min(warn, allowed.warnings);
  return { closes, warnings, possible, needed: Math.max(close, warnings ?? 0) };
}

/** A command that people may want to type next, and what it does. */
export interface NextStep {
  readonly label: string;
  readonly command: string;
}

/** How to go ahead with a plan that is too much, given the command that would be refused. */
export function waysAhead({ possible, needed }: TooMany, command: string): NextStep[] {
  return [
    ...(possible > 0 ? [{ label: `The ${possible} that people care about least`, command: `${command} --drain` }] : []),
    { label: 'All of them', command: `${command} --limit ${needed}` },
  ];
}

/** What to type after a dry run, given the command that would carry it out, or after a prune, given the one that takes it back; null for none. */
export function nextSteps(report: Report, next: string | null): NextStep[] {
  if (next === null) return [];
  if (report.mode === 'prune') return [{ label: 'To take it back', command: next }];
  const excess = excessOf(report);
  return excess ? waysAhead(excess, next) : [{ label: 'Next', command: next }];
}

/** Sentences: that a dry run proposes more than a prune of it may do, and which limits say so. None where it does not. */
export function tooMuch(report: Report): string[] {
  const { limits } = report;
  const excess = excessOf(report);
  if (limits === null || excess === null) return [];
  const exceeded = [
    ...(excess.closes === null ? [] : [`limits.${limits.by} allows (${limits.closes})`]),
    ...(excess.warnings === null ? [] : [`limits.warnings allows (${limits.warnings})`]),
  ];
  return [`That is more than ${exceeded.join(', and more than ')}.`];
}

function excessOf({ mode, bugs, limits }: Report): TooMany | null {
  return mode === 'prune' || limits === null ? null : tooMany(bugs, limits);
}
