import type { BugpruneError } from '../errors.js';
import { linesForTerminal } from '../report/escape.js';
import type { Shell } from './io.js';

/** Says something on stderr. Messages quote what servers and files say. Secrets go first: escaped, they would not be known any more. */
export function tell(text: string, io: Shell): void {
  io.err.write(`${linesForTerminal(io.clean(text))}\n`);
}

/** Says on stderr what went wrong and what to do, whatever stdout says of it. */
export function tellFailure({ message, hint }: Pick<BugpruneError, 'message' | 'hint'>, io: Shell): void {
  tell(`bugprune: ${message}${hint ? `\n${hint}` : ''}`, io);
}
