import { page, section, table } from './markdown.js';

/** docs/reference/journal.md: what a journal looks like, for people. `schema` is of one line. */
export function journalPage(schema, formatLine) {
  return page('Journal', [
    'Every run, a prune or an undo, keeps a journal: `.bugprune/runs/RUN.jsonl`, one JSON object on each line, in UTF-8. Lines are only ever added, and each is ' +
      'on the disk before the run goes on. What a run has done is what its lines add up to, and nothing else: `prune --resume`, `undo`, `history` and the ' +
      'limits all read it. `--state-dir` and `BUGPRUNE_STATE_DIR` name another folder than `.bugprune`; `bugprune schema journal` prints the schema of a line.',
    ...section(
      'Lines',
      'The `run` comes first, then all bugs of the plan, then what happened. For each write there is an `intent` before it is sent and a `done` when it is ' +
        'known to have happened: first the comment, then the closing. A `result` says what became of a bug. Nothing but `resumed` comes after an `end`.',
      table(['line', 'holds', 'meaning'], schema.anyOf.map(lineRow)),
      table(['key', 'meaning'], keyRows(schema)),
    ),
    ...section('Example', 'A run that closed one bug:', `\`\`\`json\n${exampleText(formatLine)}\`\`\``),
    ...section(
      'Sums',
      '`sum` stands last in every line: the first 16 hexadecimal digits of the SHA-256 of the sum of the line before (nothing, for the first line) followed by ' +
        'this line without its `sum`, as it stands there. A line that was edited, taken out or moved is noticed, and such a journal is refused with the number of ' +
        'the line: whoever closes and reopens bugs by it must be able to believe it. The sums show mistakes; they do not keep out somebody who computes them anew.',
      'A run whose journal is refused, or gone, can still be taken back: `bugprune undo RUN --from-tracker` finds out on the trackers what it did. The file may then ' +
        'be moved away; it holds nobody up where it does not lie in `runs`.',
    ),
    ...section(
      'Half a line',
      'A last line without a newline is what a crash left of a write. It counts for nothing, and is cut off when the run is taken up again. An `intent` without a ' +
        '`done` means that nobody knows whether that write arrived: a run that is taken up again looks on the tracker before it writes anything. Where not even the ' +
        'first line is whole, nothing had been changed, and there is no run.',
    ),
    ...section(
      'What stands in it',
      'Titles of bugs (not of confidential ones), the names of those they are assigned to, the comments that were posted, the names in the configuration. No ' +
        'secrets: settings name variables and not what they hold, and whatever is known as a password or token is taken out of every line. The files are for the ' +
        'eyes of their owner only, as far as their permissions go.',
      'The folder may be committed, so that a team and its CI share one history. Every run has a file of its own, so nothing conflicts; `.gitignore` in it keeps ' +
        'the lock out.',
    ),
    ...section(
      'The lock',
      '`.bugprune/lock` names the run at work, its process and its machine; a second one is refused. The lock of a process that no longer lives is taken over. ' +
        'That of another machine, or of another container, never is: when that run is certainly over, delete the file.',
    ),
  ]);
}

const nameOf = ({ properties }) => properties.line.const;

/** The keys that are not the same in every line. */
const ownKeys = ({ properties }) => Object.entries(properties).filter(([key]) => key !== 'line' && key !== 'sum');

function lineRow(line) {
  const keys = ownKeys(line).map(([key]) => `\`${key}\``);
  return [`\`${nameOf(line)}\``, keys.join(', '), line.description];
}

/** A row for each key that needs to be explained, and for each value to choose from; the same in two lines is explained once. */
function keyRows({ anyOf }) {
  const rows = anyOf.flatMap((line) => ownKeys(line).map(([key, schema]) => [`\`${key}\``, meaningOf(schema)]));
  const explained = rows.filter(([, meaning]) => meaning !== '');
  return [...new Map(explained.map((row) => [row.join(), row])).values(), ['`sum`', anyOf[0].properties.sum.description]];
}

function meaningOf({ description = '', enum: choice }) {
  return [choice?.map((value) => `\`${value}\``).join(', '), description].filter(Boolean).join('. ');
}

function exampleText(formatLine) {
  let sum = '';
  return EXAMPLE.map((line) => {
    const formatted = formatLine(line, sum);
    sum = formatted.sum;
    return `${formatted.text}\n`;
  }).join('');
}

const BUG = { tracker: 'app', ref: 'acme/app#12' };
const at = (second) => ({ at: `2026-11-22T09:00:${String(second).padStart(2, '0')}Z` });

const COMMENT = { action: 'comment', ref: BUG.ref, recorded: 'comment 501', detail: { comment: 501 } };
const CLOSE = { action: 'close', ref: BUG.ref, recorded: 'closed as not_planned', detail: { reason: 'not_planned' } };

/** What the adapter keeps in a receipt is its own; here it is cut short. */
const EXAMPLE = [
  {
    line: 'run',
    version: 1,
    kind: 'prune',
    run: '20261122T090000Z-3f9a2c',
    of: null,
    startedAt: '2026-11-22T09:00:00Z',
    tool: { name: 'bugprune', version: '0.1.0' },
    policyDigest: 'sha256:0f1e2d3c',
    trackers: [{ name: 'app', settings: { type: 'github', repos: ['acme/app'] }, open: 412 }],
  },
  {
    line: 'plan',
    bug: {
      ref: BUG.ref,
      tracker: BUG.tracker,
      url: 'https://github.com/acme/app/issues/12',
      title: 'The window forgets its size',
      verdict: 'close',
      policy: 'untargeted',
      attention: false,
      priority: null,
      assignees: [],
      createdAt: '2025-10-06T08:12:00Z',
      updatedAt: '2025-11-30T16:40:00Z',
      untargetedSince: '2025-10-06T08:12:00Z',
      lastHumanActivityAt: '2025-11-30T16:40:00Z',
      engagement: 2,
      target: { class: 'untargeted', names: [] },
      reasons: [
        {
          rule: 'untargetedFor',
          kind: 'criterion',
          policy: 'untargeted',
          outcome: 'match',
          message: 'no target release for 412 days',
          data: { days: 412 },
        },
      ],
      comment: 'This bug has had no target release for 412 days, so it will, in all honesty, not be fixed.',
      expect: { updatedAt: '2025-11-30T16:40:00Z' },
      result: null,
    },
  },
  { line: 'intent', ...BUG, step: 'comment', ...at(1) },
  { line: 'done', ...BUG, step: 'comment', ...at(2), receipt: COMMENT },
  { line: 'intent', ...BUG, step: 'close', ...at(3) },
  { line: 'done', ...BUG, step: 'close', ...at(4), receipt: CLOSE },
  { line: 'result', ...BUG, ...at(4), status: 'closed', detail: 'closed as not_planned' },
  { line: 'end', ...at(4), reason: 'finished' },
];
