import { type Checkup, doctor } from '../../doctor.js';
import { EXIT_CODES } from '../../errors.js';
import { forTerminal } from '../../report/escape.js';
import type { Palette } from '../../report/format.js';
import type { Diagnosis } from '../../trackers/tracker.js';
import type { Shell } from '../io.js';
import { type CommonOptions, openSession } from '../session.js';

/** `bugprune doctor`: credentials, permissions, and whether every name in the configuration exists. */
export async function doctorCommand(sources: readonly string[], options: CommonOptions, io: Shell): Promise<number> {
  const { config, world, progress, palette } = await openSession(sources, options, io);
  const checkups = await doctor(config, world);
  progress.done();
  const document = { version: 1, kind: 'checkup', config: config.file, trackers: checkups };
  io.out.write(options.json ? `${JSON.stringify(document, null, 2)}\n` : text(checkups, palette));
  return exitCode(checkups.flatMap(({ findings }) => findings));
}

function exitCode(findings: readonly Diagnosis[]): number {
  const has = (severity: Diagnosis['severity']) => findings.some((finding) => finding.severity === severity);
  return has('credentials') ? EXIT_CODES.credentials : has('config') ? EXIT_CODES.config : 0;
}

const SIGNS = { ok: 'ok', note: '--', config: '!!', credentials: '!!' } as const;

function text(checkups: readonly Checkup[], palette: Palette): string {
  const blocks = checkups.map(({ tracker, type, findings }) =>
    [palette.bold(forTerminal(`${tracker} (${type})`)), ...findings.map((finding) => line(finding, palette))].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

function line({ severity, message, hint }: Diagnosis, palette: Palette): string {
  const paint = severity === 'ok' ? palette.green : severity === 'note' ? palette.dim : palette.red;
  return `  ${paint(SIGNS[severity])}  ${forTerminal(message)}${hint ? `\n      ${forTerminal(hint)}` : ''}`;
}
