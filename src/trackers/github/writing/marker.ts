import { type Mark, markSchema } from '../../../model/bug.js';

const MARKER = /^<!-- bugprune v=1 action=(\w+) run=(\S*) policy=(\S*)(?: until=(\S*))? -->\s*$/;

/** The marker as a line of a comment: GitHub keeps HTML comments in the text and does not show them. */
export function formatMarker({ run, action, policy, until }: Mark): string {
  const end = until === undefined ? '' : ` until=${encode(until)}`;
  return `<!-- bugprune v=1 action=${action} run=${encode(run)} policy=${encode(policy)}${end} -->`;
}

/** A comment's text with the marker as its last line, apart from the text so that it stays no part of it. */
export function withMarker(text: string, mark: Mark): string {
  return `${text.trimEnd()}\n\n${formatMarker(mark)}`;
}

/**
 * The marker of a comment: the last line that is one. Quotations (`> `) and markers within a line are text that
 * somebody else wrote and do not count; neither does what cannot be decoded.
 */
export function parseMarker(body: string): Mark | null {
  return markerLine(body)?.mark ?? null;
}

/** The same comment with another action in its marker; the comment itself when it has no marker. */
export function remark(body: string, action: Mark['action']): string {
  const lines = body.split('\n');
  const found = markerLine(body);
  return found ? lines.with(found.index, formatMarker({ ...found.mark, action })).join('\n') : body;
}

/** Whether two marks are the same one. */
export function sameMark(a: Mark | null, b: Mark): boolean {
  return a !== null && a.run === b.run && a.action === b.action && a.policy === b.policy;
}

function markerLine(body: string): { index: number; mark: Mark } | null {
  const lines = body.split('\n');
  for (let index = lines.length - 1; index >= 0; index--) {
    const mark = parseLine(lines[index] ?? '');
    if (mark) return { index, mark };
  }
  return null;
}

function parseLine(line: string): Mark | null {
  const [, action, run, policy, until] = MARKER.exec(line) ?? [];
  if (run === undefined || policy === undefined) return null;
  try {
    const mark = { action, run: decodeURIComponent(run), policy: decodeURIComponent(policy) };
    return markSchema.safeParse(until === undefined ? mark : { ...mark, until }).data ?? null;
  } catch {
    return null;
  }
}

/** Percent-encoded; two dashes as well, which would end an HTML comment. Half a surrogate pair cannot be encoded. */
function encode(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd')).replaceAll('--', '%2D%2D');
}
