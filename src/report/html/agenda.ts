import { type AgendaItem, type AgendaPart, agendaOf } from '../agenda/agenda.js';
import { aheadOf } from '../agenda/words.js';
import type { Report, ReportBug } from '../document.js';
import type { Group, Register } from './groups.js';
import { type Markup, markup, type Piece } from './markup.js';

/**
 * What each person finds of theirs among the bugs that are not simply kept, to go through one by one. What nobody owns comes last; of
 * that, what is listed above under its verdict is only counted, unless it needs attention.
 */
export function agenda(report: Report, groups: readonly Group[], register: Register): Piece {
  const parts = agendaOf(report);
  const urgent = parts.some(({ owner, items }) => owner !== null || items.some(({ kind }) => isListed(kind)));
  if (!urgent) return null;
  return markup`<section class="agenda" id="agenda"><h2>Agenda</h2>
<div class="people">
${parts.map((part) => person(part, groups, register))}</div></section>
`;
}

/** Of what nobody owns: whether it is listed once more. */
const isListed = (kind: AgendaItem['kind']): boolean => kind === 'attention' || kind === 'ageing';

function person({ owner, items }: AgendaPart, groups: readonly Group[], register: Register): Markup {
  const number = owner === null ? '' : `${register.owners.indexOf(owner)}`;
  const shown = items.map((item) => (owner !== null || isListed(item.kind) ? listed(item, register) : counted(item, groups)));
  return markup`<div class="person" data-owner="${number}"><h3>${owner ?? 'Unassigned'}</h3>\n${shown}</div>\n`;
}

function listed(item: AgendaItem, { idOf }: Register): Markup {
  const line = (bug: ReportBug) =>
    markup`<li><a href="#${idOf(bug)}">${bug.ref}</a> ${bug.title || markup`<i>confidential</i>`}</li>\n`;
  return markup`<div class="part ${toneOf(item)}"><p>${aheadOf(item)}</p>\n<ul>${item.bugs.map(line)}</ul></div>\n`;
}

function counted(item: AgendaItem, groups: readonly Group[]): Markup {
  const [first] = item.bugs;
  const above = groups.find(({ bugs }) => first !== undefined && bugs.includes(first))?.id ?? '';
  return markup`<div class="part ${toneOf(item)}"><p>${aheadOf(item)}, <a href="#${above}">listed above</a></p></div>\n`;
}

/** The style has no further colours. */
const toneOf = ({ kind }: AgendaItem): string => (kind === 'ageing' ? 'warn' : kind === 'closed' ? 'close' : kind);
