import { execFile, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type ShellName = 'bash' | 'zsh' | 'fish';

/** Whether this machine has the shell. */
export const hasShell = (shell: ShellName): boolean => spawnSync(shell, ['--version']).status === 0;

/**
 * What a real shell offers when TAB is pressed behind each of these lines, sorted; the script is what `bugprune completion` printed.
 * bash leaves files to its own: that it may is `FILES`.
 */
export async function offered(
  shell: ShellName,
  script: string,
  lines: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string[][]> {
  await mkdir(join(folder, '.shell'), { recursive: true });
  // As it has to be called where zsh looks for it.
  await writeFile(join(folder, '.shell/_bugprune'), script);
  await writeFile(join(folder, '.shell/harness'), HARNESSES[shell]);
  const { stdout, stderr } = await run(shell, [...PLAIN[shell], '.shell/harness', ...lines], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder, TERM: 'xterm', LC_ALL: 'C.UTF-8', ...env },
    timeout: 60_000,
  });
  if (stderr) throw new Error(`${shell}: ${stderr}`);
  const answers = stdout.split('=\n').slice(0, -1);
  return answers.map((answer) => [...new Set(answer.split('\n').filter(Boolean))].toSorted());
}

export const FILES = '(files)';

/** Without the files of the user and the system. */
const PLAIN = { bash: ['--norc', '--noprofile'], zsh: ['-f'], fish: ['--no-config'] };

const HARNESSES = {
  // As bash calls it: the words, split at = too, and which one is at hand.
  bash: `
compopt() { [[ $* == '+o default +o bashdefault' ]] && by_bash=''; }
source .shell/_bugprune
[[ $(complete -p bugprune) == 'complete -o bashdefault -o default -F _bugprune bugprune' ]] || echo 'not registered' >&2
for line; do
  by_bash=yes
  read -ra COMP_WORDS <<< "\${line//=/ = }"
  [[ $line == *[\\ =] ]] && COMP_WORDS+=('')
  [[ $line == *= ]] && unset 'COMP_WORDS[\${#COMP_WORDS[@]}-1]'
  COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)) COMPREPLY=()
  _bugprune
  printf '%s\\n' "\${COMPREPLY[@]}" \${by_bash:+'${FILES}'} =
done
`,
  // A zsh within a terminal of its own, whose TAB is pressed; what it would show goes into a file.
  zsh: `
zmodload zsh/zpty
hits=$PWD/.shell/hits
zpty inner zsh -f -i
zpty -w inner "PROMPT= fpath=($PWD/.shell \\$fpath); autoload -Uz compinit && compinit -u -D; zstyle ':completion:*' completer _complete"
zpty -w inner 'compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return $?; fi
  local -a found; builtin compadd -A found "$@"; print -rl -- $found >> '$hits'; builtin compadd "$@"
}
next() { print -r -- = >> '$hits'; BUFFER= }
zle -N next; bindkey "^I" complete-word; bindkey "^G" next; print READY'
while zpty -r inner line; do [[ $line == READY* ]] && break; done
: > $hits
count=0
for line; do
  ((count++))
  zpty -w -n inner "$line"$'\\t\\x07'
  for i in {1..200}; do
    # What it shows has to be read: once the terminal holds no more, it waits.
    while zpty -rt inner shown; do :; done
    (( $(grep -c '^=$' $hits) >= count )) && break
    sleep 0.02
  done
done
zpty -d inner
cat $hits
`,
  fish: `
source .shell/_bugprune
for line in $argv
    complete -C $line | string replace -r '\\t.*' ''
    echo =
end
`,
} satisfies Record<ShellName, string>;
