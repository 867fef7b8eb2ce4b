import type { OutputOptions } from './outputs.js';
import type { CommonOptions } from './session.js';

/** The command that would carry a report out, ready to be typed. */
export function pruneCommandLine(
  sources: readonly string[],
  options: CommonOptions & Pick<OutputOptions, 'output'> & { readonly interactive?: boolean },
): string {
  const { config, tracker, now, interactive } = options;
  // Whoever had the report written wants to read it first.
  const report = reportFileOf(options);
  // It takes the place of the one that was read.
  const from = report ? [report, ...sources.filter((source) => !source.endsWith('.json'))] : sources;
  const words = ['bugprune', 'prune', ...from];
  if (config) words.push('--config', config);
  for (const name of tracker ?? []) words.push('--tracker', name);
  if (now) words.push('--now', now);
  if (interactive) words.push('--interactive');
  return words.map(quote).join(' ');
}

/** The first file that a report is written to which can be carried out. An agenda cannot. */
export function reportFileOf({ output = [] }: Pick<OutputOptions, 'output'>): string | undefined {
  return output.find((path) => path.endsWith('.json') && !/(^|[./\\])agenda\.json$/i.test(path));
}

/** A command about past runs, ready to be typed: with the options that say where their journals are. */
export function journalCommandLine(words: readonly string[], { config, stateDir }: CommonOptions): string {
  const options = [...(config ? ['--config', config] : []), ...(stateDir ? ['--state-dir', stateDir] : [])];
  return ['bugprune', ...words, ...options].map(quote).join(' ');
}

/** Any other command, ready to be typed. */
export function commandLine(words: readonly string[], { config }: Pick<CommonOptions, 'config'>): string {
  return ['bugprune', ...words, ...(config ? ['--config', config] : [])].map(quote).join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
