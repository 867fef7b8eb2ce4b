import { truncate } from './columns.js';
import type { Report, ReportBug } from './document.js';
import { forMarkdown, markdownCode, markdownLink } from './escape.js';
import type { Format } from './format.js';
import { nextSteps, tooMuch } from './next.js';
import { partLines } from './part.js';
import { ago, type Section, sectionsOf, summaryLine, why } from './sections.js';

/** GitHub drops a job summary of more than 1 MiB altogether: so many rows in all sections together, and so many columns in a cell. */
const MOST_ROWS = 1000;
const WIDEST_CELL = 160;

/** So many stand for those of which there is nothing to say but how many they are. */
const A_FEW = 5;

/** For job summaries, wikis and chats. */
export const markdown = {
  extension: 'md',
  render(report, { next }) {
    const mode = report.mode === 'prune' ? `run ${report.run}` : 'dry run, nothing was changed';
    const blocks = [
      `## bugprune: ${forMarkdown(mode)}`,
      [`${summaryLine(report)}.`, ...tooMuch(report).map((sentence) => `**${sentence}**`)].join(' '),
      ...partLines(report),
      ...problems(report),
      ...sections(report),
      ...nextSteps(report, next).map(({ label, command }) => `${label}: ${markdownCode(command)}`),
      `<sub>${report.generatedAt} · bugprune ${forMarkdown(report.tool.version)}</sub>`,
    ];
    return `${blocks.join('\n\n')}\n`;
  },
} satisfies Format;

function problems({ trackers }: Report): string[] {
  const lines = trackers.flatMap(({ name, problems: wrong, notes }) => [
    ...wrong.map((problem) => `> **Incomplete**, ${forMarkdown(name)}: ${forMarkdown(problem)}`),
    ...notes.map((note) => `> ${forMarkdown(name)}: ${forMarkdown(note)}`),
  ]);
  return lines.length > 0 ? [lines.join('\n>\n')] : [];
}

function sections(report: Report): string[] {
  let room = MOST_ROWS;
  return sectionsOf(report).map((section) => {
    const shown = section.bugs.slice(0, section.brief ? Math.min(A_FEW, room) : room);
    room -= shown.length;
    return block(section, shown, report);
  });
}

function block({ heading, kind, bugs }: Section, shown: readonly ReportBug[], report: Report): string {
  const rest = bugs.length - shown.length;
  return [
    `### ${forMarkdown(heading)} (${bugs.length})`,
    ...(shown.length > 0
      ? [
          '',
          '| bug | title | no target | idle | why |',
          '| --- | --- | ---: | ---: | --- |',
          ...shown.map((bug) => row(bug, kind, report)),
        ]
      : []),
    ...(rest > 0 ? ['', `… and ${rest} more; the JSON report has all of them.`] : []),
  ].join('\n');
}

function row(bug: ReportBug, kind: Section['kind'], report: Report): string {
  const owners = bug.attention && bug.assignees.length > 0 ? ` (${bug.assignees.join(', ')})` : '';
  const cells = [
    markdownLink(bug.ref, bug.url),
    bug.title ? cell(bug.title) : '*confidential*',
    bug.untargetedSince === null ? '' : ago(bug.untargetedSince, report),
    bug.untargetedSince === null ? '' : ago(bug.lastHumanActivityAt, report),
    cell(why(bug, kind) + owners),
  ];
  return `| ${cells.join(' | ')} |`;
}

const cell = (text: string): string => forMarkdown(truncate(text, WIDEST_CELL));
