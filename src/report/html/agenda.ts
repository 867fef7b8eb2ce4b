import type { Report, ReportBug } from '../document.js';
import { type Group, kindsOf, type Register } from './groups.js';
import { type Markup, markup, type Piece } from './markup.js';

/** In the order in which a person wants to hear of them. */
const KINDS = ['attention', 'trouble', 'close', 'warn'] as const;

/** What lies before somebody: the bugs of each kind. */
type Items = readonly { readonly kind: Group['kind']; readonly bugs: readonly ReportBug[] }[];

/**
 * What each person finds of theirs among the bugs that are not simply kept, to go through one by one. What nobody owns comes last; of
 * that, only what needs attention is listed once more, and the rest is counted.
 */
export function agenda(report: Report, groups: readonly Group[], register: Register): Piece {
  const items = KINDS.map((kind) => ({ kind, bugs: groups.filter((group) => group.kind === kind).flatMap(({ bugs }) => bugs) }));
  const people = byOwner(items, register.owners).map(({ name, number, own }) =>
    person(name, `${number}`, listed(own, report, register)),
  );
  const unowned = only(items, ({ assignees }) => assignees.length === 0);
  const urgent = unowned.filter(({ kind }) => kind === 'attention');
  if (people.length === 0 && urgent.length === 0) return null;
  const rest = unowned.filter(({ kind }) => kind !== 'attention');
  const last = person('Unassigned', '', [...listed(urgent, report, register), ...counted(rest, report, groups)]);
  return markup`<section class="agenda"><h2>Agenda</h2>
<div class="people">
${people}${unowned.length > 0 ? last : null}</div></section>
`;
}

/** Those of the items that fit, without kinds of which none does. */
function only(items: Items, fits: (bug: ReportBug) => boolean): Items {
  return items.map(({ kind, bugs }) => ({ kind, bugs: bugs.filter(fits) })).filter(({ bugs }) => bugs.length > 0);
}

/** Everybody who has something before them, by name. All bugs are gone through once, however many people there are. */
function byOwner(items: Items, owners: readonly string[]): { name: string; number: number; own: Items }[] {
  const bugsOf = new Map<string, Set<ReportBug>>();
  for (const bug of items.flatMap(({ bugs }) => bugs)) {
    for (const name of bug.assignees) bugsOf.set(name, (bugsOf.get(name) ?? new Set()).add(bug));
  }
  const kindOf = new Map(items.flatMap(({ kind, bugs }) => bugs.map((bug) => [bug, kind] as const)));
  return owners.flatMap((name, number) => {
    const mine = [...(bugsOf.get(name) ?? [])];
    const own = KINDS.map((kind) => ({ kind, bugs: mine.filter((bug) => kindOf.get(bug) === kind) }));
    return mine.length > 0 ? [{ name, number, own: only(own, () => true) }] : [];
  });
}

function person(name: string, owner: string, parts: readonly Markup[]): Markup {
  return markup`<div class="person" data-owner="${owner}"><h3>${name}</h3>\n${parts}</div>\n`;
}

function listed(items: Items, report: Report, { idOf }: Register): Markup[] {
  const line = (bug: ReportBug) =>
    markup`<li><a href="#${idOf(bug)}">${bug.ref}</a> ${bug.title || markup`<i>confidential</i>`}</li>\n`;
  return items.map(
    ({ kind, bugs }) =>
      markup`<div class="part ${kind}"><p>${kindsOf(report)[kind]} <span class="count">${bugs.length}</span></p>\n<ul>${bugs.map(line)}</ul></div>\n`,
  );
}

function counted(items: Items, report: Report, groups: readonly Group[]): Markup[] {
  return items.map(({ kind, bugs }) => {
    const first = groups.find((group) => group.kind === kind)?.id ?? '';
    return markup`<div class="part ${kind}"><p>${kindsOf(report)[kind]} <span class="count">${bugs.length}</span>, <a href="#${first}">listed above</a></p></div>\n`;
  });
}
