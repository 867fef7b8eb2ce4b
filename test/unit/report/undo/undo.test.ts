import { describe, expect, test } from 'vitest';
import { summarizeUndo, type UndoBug, type UndoDocument, undoSchema } from '../../../../src/report/undo/document.js';
import { type UndoProposal, undoPreview, undoQuestion, undoText } from '../../../../src/report/undo/undo.js';
import { PLAIN } from '../given.js';

const RUN = '20261122T090000Z-3f9a2c';
const LOOKS = { width: 60, palette: PLAIN };

const aBug = (number: number, status: UndoBug['status'], detail = '', title = `Bug ${number}`): UndoBug => ({
  ref: `acme/app#${number}`,
  tracker: 'app',
  url: `https://github.com/acme/app/issues/${number}`,
  title,
  status,
  detail,
});

const anUndo = (bugs: readonly UndoBug[], parts: Partial<UndoDocument> = {}): UndoDocument =>
  undoSchema.parse({
    version: 1,
    kind: 'undo',
    run: '20261123T090000Z-c0ffee',
    of: RUN,
    generatedAt: '2026-11-23T09:00:00Z',
    bugs,
    summary: summarizeUndo([...bugs]),
    problems: [],
    ...parts,
  });

const proposing = (...whats: UndoProposal['what'][]): UndoProposal[] =>
  whats.map((what, index) => ({ ref: `acme/app#${index + 1}`, title: '', what, detail: '' }));

describe('the question', () => {
  test.each<[string, UndoProposal[]]>([
    [`Reopen 1 bug of run ${RUN}`, proposing('reopen', 'left', 'already', 'failed')],
    [`Reopen 2 bugs of run ${RUN}, and take back 1 warning`, proposing('reopen', 'reopen', 'warning')],
    [`Reopen 1 bug of run ${RUN}, and take back 2 warnings and 1 comment`, proposing('reopen', 'warning', 'warning', 'comment')],
    [`Take back 1 comment of run ${RUN}`, proposing('comment')],
    ['', proposing('left', 'already', 'failed')],
  ])('%s', (question, proposals) => {
    expect(undoQuestion(RUN, proposals)).toBe(question);
  });
});

test('what an undo would do, what it would leave alone, and why', () => {
  const proposals: UndoProposal[] = [
    { ref: 'acme/app#1', title: 'Crash', what: 'reopen', detail: '' },
    { ref: 'acme/app#12', title: '', what: 'reopen', detail: '' },
    { ref: 'acme/app#2', title: 'Freeze', what: 'left', detail: 'mona commented on it on 2026-11-22T18:00:00Z' },
  ];
  expect(undoPreview(RUN, proposals, LOOKS)).toBe(`Taking back run ${RUN}
nothing was changed so far

Would reopen (2)
  acme/app#1   Crash
  acme/app#12  (confidential)

Would leave alone (1)
  acme/app#2  Freeze
    mona commented on it on 2026-11-22T18:00:00Z
`);
});

describe('what came of an undo', () => {
  test('in sections, with all of every reason', () => {
    const long = 'The workflow offers ERP-3 no way back to In Progress; transitions to an open status: none.';
    const bugs = [
      aBug(1, 'taken-back', 'reopened'),
      aBug(3, 'failed', long),
      aBug(2, 'left', 'it is open again'),
      aBug(4, 'not-reached'),
    ];
    expect(undoText(anUndo(bugs, { problems: ['Half of it.'] }), LOOKS)).toBe(`bugprune undo of run ${RUN}
2026-11-23T09:00:00Z · 20261123T090000Z-c0ffee

Incomplete: Half of it.

Taken back (1)
  acme/app#1  Bug 1
    reopened

Left alone (1)
  acme/app#2  Bug 2
    it is open again

Failed (1)
  acme/app#3  Bug 3
    The workflow offers ERP-3 no way back to In Progress;
    transitions to an open status: none.

Not reached (1)
  acme/app#4  Bug 4

1 taken back, 1 left alone, 1 failed, 1 not reached.
`);
  });

  test('nothing', () => {
    const text = undoText(anUndo([], { run: null }), LOOKS);
    expect(text).toContain('\n2026-11-23T09:00:00Z\n');
    expect(text).toMatch(/did nothing that could be taken\s+back\. All runs: bugprune history\n$/);
  });

  test('hostile titles and reasons are harmless', () => {
    const evil = '\u001b[31mred\u202e ::error::x ##[error]y\n::warning::z';
    const text = undoText(anUndo([aBug(1, 'failed', evil, evil)], { problems: [evil] }), LOOKS);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]|::|##\[/);
  });
});
