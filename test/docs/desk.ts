import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyFolder } from '../e2e/program.js';
import { ROOT } from './page.js';

/** A folder that looks like a clone, at whose prompt the commands of a page are typed. */
export interface Desk {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One thing to be typed. */
export interface Typed {
  readonly script: string;
  /** The exit code that is announced. */
  readonly exit: number;
  /** Whether bugprune asks, and the answer is yes. */
  readonly yes: boolean;
}

/** What came of it: all that a terminal would show. */
export interface Answer {
  readonly output: string;
  readonly code: number;
}

/** A configuration with one tracker: a copy of the sample. */
export const ON_THE_SAMPLE = 'trackers:\n  app: { type: file, path: backlog.ndjson }\n';

/**
 * Unless a command says what time it is, each `bugprune` is a minute after the one before, on the day of the sample. Where a page says
 * that a command asks, the answer is yes.
 */
const PROGRAM = (bin: string) => `#!/usr/bin/env bash
minute=$(cat '${bin}/minute' 2> /dev/null || echo 10)
echo $((minute + 1)) > '${bin}/minute'
case "\${1-}" in prune | undo) set -- "$@" \${ANSWER-} ;; esac
case " $* " in *' --now '*) ;; *) set -- "$@" --now "2026-11-22T09:$minute:00Z" ;; esac
exec '${process.execPath}' '${join(ROOT, 'bin/bugprune.js')}' "$@"
`;

/** A desk; `config` is its .bugprunerc, beside which lies a backlog. */
export function aDesk({ config, env = {} }: { config?: string; env?: Readonly<Record<string, string>> } = {}): Desk {
  const cwd = emptyFolder();
  const bin = join(emptyFolder(), 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'bugprune'), PROGRAM(bin), { mode: 0o755 });
  cpSync(join(ROOT, 'examples'), join(cwd, 'examples'), { recursive: true });
  mkdirSync(join(cwd, 'node_modules'));
  symlinkSync(ROOT, join(cwd, 'node_modules/bugprune'));
  symlinkSync(join(ROOT, 'node_modules/zod'), join(cwd, 'node_modules/zod'));
  if (config !== undefined) {
    writeFileSync(join(cwd, '.bugprunerc'), config);
    copyFileSync(join(ROOT, 'examples/backlog.ndjson'), join(cwd, 'backlog.ndjson'));
  }
  return { cwd, env: { PATH: `${bin}:${process.env.PATH}`, HOME: cwd, LC_ALL: 'C.UTF-8', ...env } };
}

/** Cannot be printed by accident. */
const END = '\u001e';

/**
 * Types one thing after another into one shell, so that variables and functions last. What fails unexpectedly ends it: the answers end
 * with that one.
 */
export function type({ cwd, env }: Desk, typed: readonly Typed[]): Promise<Answer[]> {
  const script = `exec 2>&1\ntrap 'printf "\\036%s\\036" $?' EXIT\n${typed.map(step).join('\n')}\ntrap - EXIT\n`;
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-c', script], {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const { pid = 0 } = child;
    // What a page left running in the background must not outlive it.
    const end = () => killGroup(pid);
    const patience = setTimeout(end, 150_000);
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
    child
      .on('exit', end)
      .on('error', reject)
      .on('close', () => {
        clearTimeout(patience);
        resolve(answers(text));
      });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid);
  } catch {
    // Nothing is left of it.
  }
}

/** What is to fail runs in a shell of its own, which it ends. */
function step({ script, exit, yes }: Typed): string {
  const answer = `export ANSWER=${yes ? '--yes' : ''}`;
  return exit === 0
    ? `${answer}\nset -eu -o pipefail\n${script}\nprintf '\\036%s\\036' 0`
    : `${answer}\nset +e\n( set -eu -o pipefail\n${script}\n)\nprintf '\\036%s\\036' $?`;
}

function answers(text: string): Answer[] {
  const parts = text.split(END);
  return Array.from({ length: Math.floor(parts.length / 2) }, (_, index) => ({
    output: parts[2 * index] ?? '',
    code: Number(parts[2 * index + 1]),
  }));
}
