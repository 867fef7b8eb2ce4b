import { CommanderError } from 'commander';
import { BugpruneError, EXIT_CODES } from '../errors.js';
import type { Shell } from './io.js';
import { buildProgram } from './program.js';
import { tell, tellFailure } from './tell.js';
import { inOurWords } from './usage.js';

const DEFECT = 70;

/** Does what a command line says, and gives the exit code. The one place where errors end. */
export async function runCommandLine(args: readonly string[], shell: Shell): Promise<number> {
  let code = 0;
  let names: readonly string[] = [];
  try {
    const program = buildProgram(shell, (result) => {
      code = result;
    });
    names = program.commands.map((command) => command.name());
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    const [first = ''] = args;
    return fail(error, names.includes(first) ? first : null, shell);
  }
}

function fail(error: unknown, command: string | null, io: Shell): number {
  if (error instanceof CommanderError) {
    const failure = error.exitCode === 0 ? null : inOurWords(error, command);
    if (failure) tellFailure(failure, io);
    return error.exitCode === 0 ? 0 : EXIT_CODES.usage;
  }
  if (io.stop.aborted) {
    const finishing = io.howToGoOn();
    const stopped = io.abort.aborted ? 'Stopped at once, in the middle of a bug.' : 'Interrupted.';
    tell(finishing === null ? 'Interrupted.' : `${stopped} To finish: ${finishing}`, io);
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
