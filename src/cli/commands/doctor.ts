import { EXIT_CODES } from '../../errors.js';
import { widthOf, wrap } from '../../report/columns.js';
import { forJson, forTerminal } from '../../report/escape.js';
import type { Palette } from '../../report/format.js';
import { type Checkup, doctor, type Finding } from '../../use-cases/doctor.js';
import type { Shell } from '../io.js';
import { type CommonOptions, openSession } from '../session.js';
import { commandLine } from '../suggest.js';

/** `bugprune doctor`: credentials, permissions, and whether every name in the configuration exists. */
export async function doctorCommand(sources: readonly string[], options: CommonOptions, io: Shell): Promise<number> {
  const { config, world, progress, palette } = await openSession(sources, options, io);
  const checkups = withoutSecrets(await doctor(config, world), io);
  progress.done();
  const document = { version: 1, kind: 'checkup', config: config.file, trackers: checkups };
  const width = Math.min(io.out.width, MOST_COLUMNS);
  io.out.write(
    options.json
      ? `${forJson(JSON.stringify(document, null, 2))}\n`
      : text(checkups, commandLine(['report', ...sources], options), { width, palette }),
  );
  return exitCode(checkups.flatMap(({ findings }) => findings));
}

/** What quotes the words of servers is cleaned before it is escaped: an escaped secret would not be known any more. */
function withoutSecrets(checkups: readonly Checkup[], { clean }: Shell): Checkup[] {
  const cleaned = ({ severity, message, hint }: Finding): Finding => ({
    severity,
    message: clean(message),
    ...(hint !== undefined && { hint: clean(hint) }),
  });
  return checkups.map((checkup) => ({ ...checkup, findings: checkup.findings.map(cleaned) }));
}

/** Credentials come first: without them, what was found out about names means little. */
function exitCode(findings: readonly Finding[]): number {
  const worst = (['credentials', 'config', 'tracker'] as const).find((code) =>
    findings.some(({ severity }) => severity === code),
  );
  return worst === undefined ? 0 : EXIT_CODES[worst];
}

/** Longer lines are hard to read. */
const MOST_COLUMNS = 120;

interface Look {
  readonly width: number;
  readonly palette: Palette;
}

const SIGNS = { ok: 'ok', note: '--', config: '!!', credentials: '!!', tracker: '!!' } as const;
const PAINTS = { ok: 'green', note: 'yellow', config: 'red', credentials: 'red', tracker: 'red' } as const;

function text(checkups: readonly Checkup[], dryRun: string, look: Look): string {
  const { palette } = look;
  const blocks = checkups.map(({ tracker, type, findings }) =>
    [palette.bold(forTerminal(`${tracker} (${type})`)), ...findings.map((finding) => entry(finding, look))].join('\n'),
  );
  const all = checkups.flatMap(({ findings }) => findings);
  return `${[...blocks, summary(all, dryRun, palette)].join('\n\n')}\n`;
}

/** A sign, what was found, and below it what to do. */
function entry({ severity, message, hint }: Finding, { width, palette }: Look): string {
  const sign = SIGNS[severity];
  const indent = ' '.repeat(widthOf(sign) + 4);
  const found = lines(message, width - indent.length);
  const todo =
    hint === undefined ? [] : lines(hint, width - indent.length - 2).map((line, index) => `${index === 0 ? '> ' : '  '}${line}`);
  const body = [...found, ...todo.map((line) => palette.dim(line))].join(`\n${indent}`);
  return `  ${palette[PAINTS[severity]](sign)}  ${body}`;
}

function lines(message: string, columns: number): string[] {
  return wrap(forTerminal(message), Math.max(columns, 20));
}

function summary(findings: readonly Finding[], dryRun: string, palette: Palette): string {
  const notes = findings.filter(({ severity }) => severity === 'note').length;
  const wrong = findings.filter(({ severity }) => severity !== 'note' && severity !== 'ok').length;
  const worth = notes === 0 ? '' : `; ${notes} ${notes === 1 ? 'note' : 'notes'}`;
  if (wrong === 0) return `${palette.green(`Nothing is wrong${worth}.`)}\nNext: ${dryRun}`;
  return palette.red(`${wrong} ${wrong === 1 ? 'thing is' : 'things are'} to be set right${worth}.`);
}
