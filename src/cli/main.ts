import { CommanderError } from 'commander';
import { BugpruneError, EXIT_CODES } from '../errors.js';
import { guardSecrets, type Io, type Shell } from './io.js';
import { buildProgram } from './program.js';
import { tell, tellFailure } from './tell.js';
import { inOurWords } from './usage.js';

const DEFECT = 70;

/** The whole program: arguments in, exit code out. The one place where errors end. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const shell = guardSecrets(io);
  let code = 0;
  try {
    const program = buildProgram(shell, (result) => {
      code = result;
    });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return fail(error, shell);
  }
}

function fail(error: unknown, io: Shell): number {
  if (error instanceof CommanderError) {
    const failure = error.exitCode === 0 ? null : inOurWords(error);
    if (failure) tellFailure(failure, io);
    return error.exitCode === 0 ? 0 : EXIT_CODES.usage;
  }
  if (io.stop.aborted) {
    const command = io.howToGoOn();
    const stopped = io.abort.aborted ? 'Stopped at once, in the middle of a bug.' : 'Interrupted.';
    tell(command === null ? 'Interrupted.' : `${stopped} To finish: ${command}`, io);
    return EXIT_CODES.interrupted;
  }
  if (error instanceof BugpruneError) {
    tellFailure(error, io);
    return EXIT_CODES[error.code];
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell(`bugprune: this is a defect of bugprune; please report it with these lines and the command.\n${trace}`, io);
  return DEFECT;
}
