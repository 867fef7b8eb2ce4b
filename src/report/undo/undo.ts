import { pad, truncate, widthOf, wrap } from '../columns.js';
import { forTerminal } from '../escape.js';
import type { Palette, RenderOptions } from '../format.js';
import type { UndoBug, UndoDocument } from './document.js';

/** What an undo would do with a bug: reopen it, take back only what was said on it, or nothing. */
export interface UndoProposal extends Pick<UndoBug, 'ref' | 'title' | 'detail'> {
  readonly what: 'reopen' | 'warning' | 'comment' | 'already' | 'left' | 'failed';
}

type Looks = Pick<RenderOptions, 'width' | 'palette'>;
type Group = readonly [heading: string, colour: keyof Palette];

const PROPOSED: Record<UndoProposal['what'], Group> = {
  reopen: ['Would reopen', 'green'],
  warning: ['Would take back the warning', 'green'],
  comment: ['Would take back the comment', 'green'],
  already: ['Was taken back before', 'dim'],
  left: ['Would leave alone', 'yellow'],
  failed: ['Could not be read, and would stay as they are', 'red'],
};

/** What an undo would do, for whoever is asked to agree. */
export function undoPreview(of: string, proposals: readonly UndoProposal[], looks: Looks): string {
  const kinds = Object.keys(PROPOSED) as UndoProposal['what'][];
  const sections = kinds.map((kind) =>
    section(
      PROPOSED[kind],
      proposals.filter(({ what }) => what === kind),
      looks,
    ),
  );
  return blocks([heading(`Taking back run ${of}`, 'nothing was changed so far', looks), ...sections]);
}

/** `Reopen 12 bugs of run X, and take back 3 warnings`: what somebody is asked to agree to. */
export function undoQuestion(of: string, proposals: readonly UndoProposal[]): string {
  const counted = (kind: UndoProposal['what'], noun: string) => {
    const { length } = proposals.filter(({ what }) => what === kind);
    return length === 0 ? [] : [`${length} ${noun}${length === 1 ? '' : 's'}`];
  };
  const reopen = counted('reopen', 'bug').map((bugs) => `reopen ${bugs} of run ${of}`);
  const said = [...counted('warning', 'warning'), ...counted('comment', 'comment')].join(' and ');
  const takeBack = said === '' ? [] : [`take back ${said}${reopen.length > 0 ? '' : ` of run ${of}`}`];
  return [...reopen, ...takeBack].join(', and ').replace(/^./, (first) => first.toUpperCase());
}

const CAME: Record<UndoBug['status'], Group> = {
  'taken-back': ['Taken back', 'green'],
  left: ['Left alone', 'yellow'],
  failed: ['Failed', 'red'],
  'not-reached': ['Not reached', 'red'],
};

/** What came of an undo. */
export function undoText({ of, run, generatedAt, bugs, problems }: UndoDocument, looks: Looks): string {
  const { palette } = looks;
  const groups = (Object.keys(CAME) as UndoBug['status'][]).map(
    (status) => [CAME[status], bugs.filter((bug) => bug.status === status)] as const,
  );
  const counts = groups.flatMap(([[words], { length }]) => (length === 0 ? [] : [`${length} ${words.toLowerCase()}`]));
  return blocks([
    heading(`bugprune undo of run ${of}`, `${generatedAt}${run === null ? '' : ` · ${run}`}`, looks),
    problems.map((problem) => prose(`Incomplete: ${problem}`, looks, palette.red)).join('\n'),
    ...groups.map(([group, members]) => section(group, members, looks)),
    prose(
      counts.length > 0 ? `${counts.join(', ')}.` : `Run ${of} did nothing that could be taken back. All runs: bugprune history`,
      looks,
    ),
  ]);
}

const blocks = (parts: readonly string[]): string => `${parts.filter(Boolean).join('\n\n')}\n`;

function heading(what: string, more: string, looks: Looks): string {
  return `${prose(what, looks, looks.palette.bold)}\n${prose(more, looks, looks.palette.dim)}`;
}

function prose(text: string, { width }: Looks, paint: (line: string) => string = (line) => line, indent = ''): string {
  return wrap(forTerminal(text), width - indent.length)
    .map((line) => `${indent}${paint(line)}`)
    .join('\n');
}

/** Ref and title on one line; where there is more to say, that below. */
function section([title, colour]: Group, bugs: readonly Pick<UndoBug, 'ref' | 'title' | 'detail'>[], looks: Looks): string {
  if (bugs.length === 0) return '';
  const { width, palette } = looks;
  const column = Math.min(
    Math.floor(width / 3),
    bugs.reduce((widest, { ref }) => Math.max(widest, widthOf(ref)), 0),
  );
  const rows = bugs.flatMap(({ ref, title: name, detail }) => [
    `  ${pad(truncate(forTerminal(ref), column), column)}  ${truncate(forTerminal(name || '(confidential)'), width - column - 4)}`,
    ...(detail === '' ? [] : [prose(detail, looks, palette.dim, '    ')]),
  ]);
  return [palette.bold(palette[colour](`${title} (${bugs.length})`)), ...rows].join('\n');
}
