import { daysBetween } from '../../model/instant.js';
import { truncate } from '../columns.js';
import type { Report, ReportBug } from '../document.js';
import { forMarkdown, markdownLink } from '../escape.js';
import type { Format } from '../format.js';
import { tooMuch } from '../next.js';
import { summaryLine, why } from '../sections.js';
import { type AgendaItem, agendaOf } from './agenda.js';
import { aheadOf } from './words.js';

/** What a comment or a wiki page takes: so many bugs altogether, and so many columns of a title. */
const MOST_BUGS = 1000;
const WIDEST_TITLE = 120;

/** Of each kind of those that nobody owns: nobody is going to read all of them aloud. */
const MOST_UNASSIGNED = 10;

/** The report by owner, for the weekly meeting or a chat: whose bugs are going to be closed, and when. It mentions nobody. */
export const agenda = {
  extension: 'agenda.md',
  render(report) {
    const blocks = [
      `## bugprune agenda, ${report.generatedAt.slice(0, '2026-11-22'.length)}`,
      [`${summaryLine(report)}.`, ...tooMuch(report).map((sentence) => `**${sentence}**`)].join(' '),
      ...problems(report),
      ...people(report),
    ];
    return `${blocks.join('\n\n')}\n`;
  },
} satisfies Format;

function problems({ trackers }: Report): string[] {
  const lines = trackers.flatMap(({ name, problems: wrong }) =>
    wrong.map((problem) => `> **Incomplete**, ${forMarkdown(name)}: ${forMarkdown(problem)}`),
  );
  return lines.length > 0 ? [lines.join('\n>\n')] : [];
}

function people(report: Report): string[] {
  let room = MOST_BUGS;
  const parts = agendaOf(report);
  if (parts.length === 0) return ['Nobody has anything to decide.'];
  return parts.flatMap(({ owner, items }) => [
    `### ${owner === null ? 'Unassigned' : forMarkdown(owner)}`,
    ...items.map((item) => {
      const shown = item.bugs.slice(0, owner === null ? Math.min(room, MOST_UNASSIGNED) : room);
      room -= shown.length;
      return block(item, shown, report);
    }),
  ]);
}

function block(item: AgendaItem, shown: readonly ReportBug[], report: Report): string {
  const rest = item.bugs.length - shown.length;
  const lines = shown.map((bug) => `- ${line(bug, item.kind, report)}`);
  const more = rest > 0 ? [`- … and ${rest} more; the whole report has all of them`] : [];
  return [`**${aheadOf(item)}**`, '', ...lines, ...more].join('\n');
}

function line(bug: ReportBug, kind: AgendaItem['kind'], { generatedAt }: Report): string {
  const title = bug.title ? forMarkdown(truncate(bug.title, WIDEST_TITLE)) : '*confidential*';
  const { untargetedSince: since } = bug;
  const told = kind === 'attention' || kind === 'trouble' || since === null;
  const about = told
    ? why(bug, kind === 'trouble' ? kind : 'attention')
    : `no target for ${daysBetween(since, generatedAt)} days`;
  return `${markdownLink(bug.ref, bug.url)} ${title}${about && `: ${forMarkdown(about)}`}`;
}
