import { daysBetween } from '../../model/instant.js';
import type { Report, ReportBug } from '../document.js';
import { safeUrl } from '../escape.js';
import { why } from '../sections.js';
import type { Group, Register } from './groups.js';
import { type Markup, markup, type Piece } from './markup.js';

interface Column {
  /** By which the style and the script know it. */
  readonly name: string;
  readonly label: string;
  /** Empty where there is nothing to tell. */
  cell(bug: ReportBug, report: Report, kind: Group['kind']): string | Markup;
}

const COLUMNS: readonly Column[] = [
  { name: 'title', label: 'Title', cell: ({ title }) => title || markup`<i>confidential</i>` },
  { name: 'priority', label: 'Priority', cell: ({ priority }) => priority ?? '' },
  { name: 'target', label: 'Target', cell: ({ target }) => target.names.join(', ') },
  { name: 'owner', label: 'Owner', cell: ({ assignees }) => assignees.join(', ') },
  { name: 'reported', label: 'Reported', cell: ({ createdAt }) => createdAt.slice(0, '2026-11-22'.length) },
  { name: 'untargeted', label: 'Days without target', cell: ({ untargetedSince }, report) => days(untargetedSince, report) },
  { name: 'idle', label: 'Days since activity', cell: idleDays },
  { name: 'interest', label: 'Votes, comments', cell: ({ engagement }) => `${engagement ?? ''}` },
  { name: 'why', label: 'Why', cell: (bug, _, kind) => why(bug, kind === 'kept' ? 'attention' : kind) },
];

const days = (since: string | null, { generatedAt }: Report): string =>
  since === null ? '' : `${daysBetween(since, generatedAt)}`;

/** Of a bug without a target both clocks are known or neither is; so nobody ever acted on it where only this one is null. */
function idleDays({ lastHumanActivityAt, untargetedSince }: ReportBug, report: Report): string {
  return lastHumanActivityAt === null && untargetedSince !== null ? 'never' : days(lastHumanActivityAt, report);
}

/** A group of bugs as a section of the page: those that are simply kept folded up. One line at a time, for there may be many. */
export function* section(group: Group, report: Report, register: Register): Generator<Markup> {
  const { kind, heading, id, bugs } = group;
  const count = markup`<span class="count">${bugs.length}</span>`;
  yield markup`<section class="bugs" id="${id}" data-kind="${kind}">\n`;
  yield kind === 'kept'
    ? markup`<details><summary><h2>${heading} ${count}</h2></summary>\n`
    : markup`<h2>${heading} ${count}</h2>\n${comment(group)}`;
  yield* table(group, report, register);
  yield markup`${kind === 'kept' ? markup`</details>\n` : null}</section>\n`;
}

function* table({ heading, kind, bugs }: Group, report: Report, { idOf, filteredBy }: Register): Generator<Markup> {
  const columns = COLUMNS.filter(({ cell }) => bugs.some((bug) => cell(bug, report, kind) !== ''));
  const heads = columns.map(({ name, label }) => markup`<th scope="col" class="${name}">${label}</th>`);
  yield markup`<div class="scroll"><table><caption>${heading}</caption>\n`;
  yield markup`<thead><tr><th scope="col" class="ref">Bug</th>${heads}</tr></thead>\n<tbody>\n`;
  for (const bug of bugs) {
    const cells = columns.map(({ name, cell }) => markup`<td class="${name}">${cell(bug, report, kind)}</td>`);
    yield markup`<tr id="${idOf(bug)}"${filteredBy(bug)}><th scope="row">${link(bug)}</th>${cells}</tr>\n`;
  }
  yield markup`</tbody></table></div>\n`;
}

/** To the bug on its tracker; the text alone where the address is none of the web. */
function link({ ref, url }: ReportBug): Piece {
  const address = safeUrl(url);
  return address === null ? ref : markup`<a href="${address}">${ref}</a>`;
}

/** What will be posted, or was, by the example of the first bug: the comments of one policy differ in their numbers only. */
function comment({ kind, bugs: [first] }: Group): Piece {
  const posted = !first?.result || first.result.status === 'closed' || first.result.status === 'warned';
  if ((kind !== 'close' && kind !== 'warn') || !first?.comment || !posted) return null;
  const lines = first.comment.split('\n').map((line) => markup`${line}\n`);
  return markup`<details class="comment"><summary>The comment, as on ${first.ref}</summary><pre>${lines}</pre></details>\n`;
}
