import { daysBetween } from '../model/instant.js';
import type { Report, ReportBug } from './document.js';
import { forCsv } from './escape.js';
import type { Format } from './format.js';
import { why } from './sections.js';

/** Without it, Excel reads the file in the code page of the machine, and every umlaut is broken. What reads CSV otherwise skips it. */
const BYTE_ORDER_MARK = '\uFEFF';

type Cell = string | number | boolean | null | undefined;

/** The columns by their names, which are those of the report document where it has them. They are only ever added to, at the end. */
const COLUMNS: Readonly<Record<string, (bug: ReportBug, report: Report) => Cell>> = {
  ref: ({ ref }) => ref,
  tracker: ({ tracker }) => tracker,
  url: ({ url }) => url,
  title: ({ title }) => title,
  verdict: ({ verdict }) => verdict,
  policy: ({ policy }) => policy,
  attention: ({ attention }) => attention,
  priority: ({ priority }) => priority,
  assignees: ({ assignees }) => assignees.join(', '),
  targetClass: ({ target }) => target.class,
  targets: ({ target }) => target.names.join(', '),
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  untargetedSince: ({ untargetedSince }) => untargetedSince,
  lastHumanActivityAt: ({ lastHumanActivityAt }) => lastHumanActivityAt,
  daysUntargeted: ({ untargetedSince }, { generatedAt }) => untargetedSince && daysBetween(untargetedSince, generatedAt),
  daysIdle: ({ lastHumanActivityAt }, { generatedAt }) => lastHumanActivityAt && daysBetween(lastHumanActivityAt, generatedAt),
  engagement: ({ engagement }) => engagement,
  why: (bug) => why({ ...bug, result: null }, 'close'),
  resultStatus: ({ result }) => result?.status,
  resultDetail: ({ result }) => result?.detail,
};

/**
 * For spreadsheets: one line for each bug, whatever its verdict, in the order of the report. UTF-8 with a byte order mark, lines end in
 * CR LF, what is null is empty; what a spreadsheet would calculate is changed a little, as `forCsv` says. Scripts are better served by
 * NDJSON, in which every value is what it was.
 */
export const csv = {
  extension: 'csv',
  render: (report) => lines(report),
} satisfies Format;

function* lines(report: Report): Generator<string> {
  yield `${BYTE_ORDER_MARK}${Object.keys(COLUMNS).join(',')}\r\n`;
  const columns = Object.values(COLUMNS);
  for (const bug of report.bugs) yield `${columns.map((cell) => forCsv(String(cell(bug, report) ?? ''))).join(',')}\r\n`;
}
