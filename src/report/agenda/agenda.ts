import { closesOn } from '../../rules/closes-on.js';
import type { Report, ReportBug } from '../document.js';
import { oldestFirst, type Section, sectionsOf } from '../sections.js';

/** In the order in which people want to hear of them. `ageing`: they have been warned, and nobody has answered yet. */
export const AGENDA_KINDS = ['attention', 'ageing', 'trouble', 'close', 'warn', 'closed'] as const;

/** Bugs that have the same ahead of them. */
export interface AgendaItem {
  readonly kind: (typeof AGENDA_KINDS)[number];
  /** The first day (UTC) on which a prune closes them if nothing happens; null where none is going to. */
  readonly closesOn: string | null;
  readonly bugs: readonly ReportBug[];
}

/** What lies before one person; `owner` is null for the bugs that are assigned to nobody. */
export interface AgendaPart {
  readonly owner: string | null;
  readonly items: readonly AgendaItem[];
}

/** The bugs of a report that are not simply kept, by owner in alphabetical order; those that nobody owns come last. */
export function agendaOf(report: Report): AgendaPart[] {
  const owned = new Map<string | null, Map<AgendaItem, ReportBug[]>>();
  for (const item of itemsOf(report)) {
    for (const bug of item.bugs) {
      for (const owner of ownersOf(bug)) {
        const own = owned.get(owner) ?? new Map<AgendaItem, ReportBug[]>();
        owned.set(owner, own);
        const bugs = own.get(item) ?? [];
        own.set(item, bugs);
        bugs.push(bug);
      }
    }
  }
  return [...owned]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([owner, own]) => ({ owner, items: [...own].map(([item, bugs]) => ({ ...item, bugs })) }));
}

const ownersOf = ({ assignees }: ReportBug): Iterable<string | null> => (assignees.length > 0 ? new Set(assignees) : [null]);

const { compare } = new Intl.Collator('en', { numeric: true });

function inOrder(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return compare(a, b);
}

/** All bugs that are not simply kept, by kind and by the day on which they close, soonest first. */
function itemsOf(report: Report): AgendaItem[] {
  const found = new Map<string, { kind: AgendaItem['kind']; closesOn: string | null; bugs: ReportBug[] }>();
  for (const [kind, bug] of concerned(report)) {
    const day = kind === 'ageing' || kind === 'close' || kind === 'warn' ? closesOn(bug, report.generatedAt) : null;
    const key = `${AGENDA_KINDS.indexOf(kind)} ${day}`;
    const item = found.get(key) ?? { kind, closesOn: day, bugs: [] };
    found.set(key, item);
    item.bugs.push(bug);
  }
  const soonestFirst = [...found].sort(([a], [b]) => (a < b ? -1 : 1));
  return soonestFirst.map(([, item]) => ({ ...item, bugs: oldestFirst(item.bugs) }));
}

function* concerned(report: Report): Generator<[AgendaItem['kind'], ReportBug]> {
  const sections = sectionsOf(report);
  for (const section of sections) {
    for (const bug of section.bugs) {
      const kind = kindOf(bug, section, report);
      if (kind !== null) yield [kind, bug];
    }
  }
  const listed = new Set(sections.flatMap(({ bugs }) => bugs));
  for (const bug of report.bugs) {
    if (!listed.has(bug) && bug.verdict === 'keep' && closesOn(bug, report.generatedAt) !== null) yield ['ageing', bug];
  }
}

function kindOf({ verdict }: ReportBug, { kind, brief }: Section, { mode }: Report): AgendaItem['kind'] | null {
  if (kind === 'snooze' || kind === 'undecided') return null;
  if (kind === 'attention' || mode === 'dry-run') return kind;
  // What a run has left is still before them.
  if (brief) return verdict === 'warn' ? 'warn' : 'close';
  return kind === 'close' ? 'closed' : kind === 'warn' ? 'ageing' : kind;
}
