import type { CommonOptions } from './session.js';

/** The command that would carry a report out, ready to be typed. */
export function pruneCommandLine(sources: readonly string[], { config, tracker, now }: CommonOptions): string {
  const words = ['bugprune', 'prune', ...sources];
  if (config) words.push('--config', config);
  for (const name of tracker ?? []) words.push('--tracker', name);
  if (now) words.push('--now', now);
  return words.map(quote).join(' ');
}

function quote(word: string): string {
  return /^[\w@%+=:,./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
