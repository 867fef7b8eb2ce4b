import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/bugprune.js', import.meta.url));

/** What came of running the program. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called when the text appears on stderr: to send a signal at the right moment. */
  readonly on?: { readonly text: string; readonly signal: NodeJS.Signals };
}

/** An empty folder for one test. */
export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'bugprune-'));

/** Runs the built program as a user would, in an environment that holds nothing but what is given. */
export function bugprune(args: readonly string[], { cwd = emptyFolder(), env = {}, on }: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd,
      env: { PATH: process.env.PATH ?? '', HOME: cwd, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const before = stderr.includes(on?.text ?? '');
      stderr += text;
      if (on && !before && stderr.includes(on.text)) child.kill(on.signal);
    });
    child.on('error', reject).on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
