import type { CommanderError } from 'commander';
import { BugpruneError } from '../errors.js';

const SUGGESTION = /\n\(Did you mean (.+)\?\)$/;

/**
 * What commander says of a command line that it does not understand, in our way of saying things; null where it has printed help.
 * `command` is the one that was called; null where none was named.
 */
export function inOurWords({ code, message }: CommanderError, command: string | null): BugpruneError | null {
  if (code === 'commander.help') return null;
  const [, meant] = SUGGESTION.exec(message) ?? [];
  const said = message
    .replace(SUGGESTION, '')
    .replace(/^error: /, '')
    .replace(/(?<=^|\s)'([^']*)'/g, '"$1"');
  const sentence = `${said.charAt(0).toUpperCase()}${said.slice(1)}${/[.?!]$/.test(said) ? '' : '.'}`;
  const help = `See bugprune ${command === null ? '' : `${command} `}--help.`;
  return new BugpruneError('usage', sentence, { hint: meant === undefined ? help : `Did you mean ${meant}?` });
}
