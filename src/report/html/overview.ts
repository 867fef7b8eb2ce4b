import type { Report } from '../document.js';
import type { RenderOptions } from '../format.js';
import { nextSteps, tooMuch } from '../next.js';
import { partLines } from '../part.js';
import { simplyKept, summaryLine } from '../sections.js';
import { type Group, kindsOf } from './groups.js';
import { type Markup, markup, type Piece } from './markup.js';

/** What stands above all lists: what this is, the numbers, what is missing, and what a prune may do. */
export function overview(report: Report, groups: readonly Group[], { next }: RenderOptions): Markup {
  return markup`${heading(report)}${tiles(report, groups)}${problems(report)}${notes(report)}${steps(report, next)}`;
}

function heading(report: Report): Markup {
  const { mode, run, generatedAt, trackers } = report;
  const accounts = trackers.map(({ name, as, type }) => (type === 'file' || as === '' ? name : `${name} as ${as}`));
  const what = mode === 'prune' ? `Run ${run}` : 'Dry run: nothing was changed';
  const at = `${generatedAt.slice(0, 16).replace('T', ' ')} UTC`;
  return markup`<header class="${mode}">
<p class="brand">bugprune</p>
<h1>${what}</h1>
<p class="lead">${summaryLine(report)}.</p>
<p class="meta"><time datetime="${generatedAt}">${at}</time> · ${accounts.join(', ')}</p>
${partLines(report).map((line) => markup`<p class="meta">${line}</p>\n`)}</header>
`;
}

/** The numbers, each leading to the list that it counts. */
function tiles(report: Report, groups: readonly Group[]): Markup {
  const counted = new Map(report.mode === 'prune' ? [] : [[kindsOf(report).close, { kind: 'close', count: 0, id: '' }]]);
  for (const { kind, id, ...group } of groups.filter((one) => one.kind !== 'kept')) {
    const done = report.mode === 'prune' && kind !== 'attention' && kind !== 'undecided';
    const label = done ? group.heading : kindsOf(report)[kind];
    const before = counted.get(label);
    counted.set(label, { kind, count: (before?.count ?? 0) + group.bugs.length, id: before?.id || id });
  }
  const kept = groups.find(({ kind }) => kind === 'kept');
  return markup`<ul class="tiles">
${tile('open', 'Open', report.summary.open, '')}${[...counted].map(([label, { kind, count, id }]) => tile(kind, label, count, id))}${tile('kept', 'Kept', simplyKept(report), kept?.id ?? '')}</ul>
`;
}

function tile(kind: string, label: string, count: number, id: string): Markup {
  const inside = markup`<b>${count}</b> ${label}`;
  return markup`<li class="${kind}">${id === '' ? markup`<span>${inside}</span>` : markup`<a href="#${id}">${inside}</a>`}</li>\n`;
}

/** That, and why, the page does not tell everything. */
function problems({ trackers }: Report): Piece {
  const incomplete = trackers.filter(({ complete, problems: wrong }) => !complete || wrong.length > 0);
  if (incomplete.length === 0) return null;
  const lines = incomplete.flatMap(({ name, problems: wrong }) =>
    (wrong.length > 0 ? wrong : ['not everything could be read']).map((one) => markup`<li><b>${name}</b>: ${one}</li>\n`),
  );
  return markup`<section class="notice trouble"><h2>Incomplete</h2>\n<ul>${lines}</ul></section>\n`;
}

/** What was left out on purpose. */
function notes({ trackers }: Report): Piece {
  const lines = trackers.flatMap(({ name, notes: left }) => left.map((one) => markup`<li><b>${name}</b>: ${one}</li>\n`));
  return lines.length > 0 ? markup`<ul class="notes">${lines}</ul>\n` : null;
}

/** The command that carries this out; where that is more than the limits allow, that it is, and the commands that may. */
function steps(report: Report, next: string | null): Piece {
  const { close, warn } = report.summary;
  const limits = tooMuch(report);
  const commands = nextSteps(report, next);
  if (limits.length === 0) {
    const lines = commands.map(({ command }) => markup`<p><code>${command}</code></p>\n`);
    return lines.length > 0 ? markup`<section class="notice"><h2>Next</h2>\n${lines}</section>\n` : null;
  }
  const lines = commands.map(({ label, command }) => markup`<dt>${label}</dt><dd><code>${command}</code></dd>\n`);
  return markup`<section class="notice warn"><h2>More than the limits allow</h2>
${limits.map((line) => markup`<p>${close} would be closed, ${warn} warned. ${line}</p>\n`)}${lines.length > 0 ? markup`<dl>${lines}</dl>` : null}</section>
`;
}
