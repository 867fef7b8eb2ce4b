import { guardSecrets, type Io } from './io.js';
import { VERSION } from './version.js';

/** The whole program: arguments in, exit code out. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const shell = guardSecrets(io);
  if (asksForVersion(args)) {
    shell.out.write(`${VERSION}\n`);
    return 0;
  }
  const { runCommandLine } = await import('./command-line.js');
  return runCommandLine(args, shell);
}

/** Scripts ask for it at every start: it is answered before anything that reads command lines is loaded. */
function asksForVersion([first, ...rest]: readonly string[]): boolean {
  return rest.length === 0 && (first === '--version' || first === '-V');
}
