import type { Report, ReportBug } from '../document.js';
import { type Section, sectionsOf } from '../sections.js';
import { type Markup, markup } from './markup.js';

/** The sections that every format has, and what is simply kept: on a page there is room for everything. */
export interface Group extends Omit<Section, 'kind'> {
  readonly kind: Section['kind'] | 'kept';
  /** By which the page refers to it. */
  readonly id: string;
}

/** All bugs of a report, each in the group to read it in. */
export function groupsOf(report: Report): Group[] {
  const sections = sectionsOf(report);
  const listed = new Set(sections.flatMap(({ bugs }) => bugs));
  const bugs = report.bugs.filter((bug) => !listed.has(bug));
  const heading = sections.some(({ kind }) => kind === 'attention') ? 'Kept, besides those that need attention' : 'Kept';
  const groups = bugs.length > 0 ? [...sections, { kind: 'kept' as const, heading, bugs }] : sections;
  return groups.map((group, index) => ({ ...group, id: `s${index}` }));
}

/** What a kind of group is called where it is chosen, in the order of the page. */
export function kindsOf({ mode }: Report): Readonly<Record<Group['kind'], string>> {
  const done = mode === 'prune';
  return {
    close: done ? 'Closed' : 'Would close',
    warn: done ? 'Warned' : 'Would warn',
    snooze: done ? 'Snoozed' : 'Would snooze',
    trouble: 'Not done',
    attention: 'Needs attention',
    undecided: 'Undecided',
    kept: 'Kept',
  };
}

/** What the parts of the page call bugs, trackers and people by: numbers, which are short and harmless in attributes. */
export interface Register {
  readonly trackers: readonly string[];
  /** Everybody whom a bug is assigned to, by name. */
  readonly owners: readonly string[];
  idOf(bug: ReportBug): string;
  /** The attributes that rows are filtered by. */
  filteredBy(bug: ReportBug): Markup;
}

/** Numbers everything in a report. */
export function registerOf({ bugs }: Report): Register {
  const ids = new Map(bugs.map((bug, index) => [bug, `b${index}`]));
  const trackers = namesIn(bugs.map(({ tracker }) => tracker));
  const owners = namesIn(bugs.flatMap(({ assignees }) => assignees));
  return {
    trackers: [...trackers.keys()],
    owners: [...owners.keys()],
    idOf: (bug) => ids.get(bug) ?? '',
    filteredBy: ({ tracker, assignees }) => {
      const own = assignees.map((name) => owners.get(name)).join(' ');
      return markup`${trackers.size > 1 ? markup` data-tracker="${trackers.get(tracker) ?? ''}"` : null}${own ? markup` data-owner="${own}"` : null}`;
    },
  };
}

/** Each name once, in alphabetical order, with its number. */
function namesIn(names: readonly string[]): Map<string, number> {
  const collator = new Intl.Collator('en', { numeric: true });
  return new Map([...new Set(names)].sort(collator.compare).map((name, index) => [name, index]));
}
