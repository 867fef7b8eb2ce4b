import type { CommandGrammar, Grammar, OptionGrammar, Takes } from './grammar.js';

/**
 * The script for bash, from the 3.2 of macOS on. Names of files are left to bash itself, which completes them where the function offers
 * nothing: it knows about quotes and tildes.
 */
export function bashScript({ name, options, commands }: Grammar): string {
  const names = commands.map((command) => command.name);
  return `# bash completion of ${name}, made by: ${name} completion bash

_${name}() {
  local IFS=$' \\t\\n' current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  local command=${commands[0].name} options='' words='' files=''
  # To bash --option=value is three words.
  if [[ $current == = ]]; then
    current=''
  elif [[ $before == = ]]; then
    before=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
      ${names.join(' | ')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  case "$command $before" in
${valueBranches(commands).join('\n')}
    *)
      case $command in
${commands.map((command) => `        ${command.name}) ${placeAnswer(command)} ;;`).join('\n')}
      esac
      if ((COMP_CWORD == 1)); then
        options+=' ${namesOf(options)}'
        words='${names.join(' ')}'
      fi
      if [[ $current == -* ]]; then
        words=$options
        files=''
      fi
      ;;
  esac
  # bash 3.2 has no compopt, and offers files where nothing else is known.
  [[ $files ]] || compopt +o default +o bashdefault 2> /dev/null
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}

# The runs that have a journal here. What is no id of a run could be a command to bash.
_${name}_runs() {
  local file
  for file in "\${BUGPRUNE_STATE_DIR:-.bugprune}"/runs/*.jsonl; do
    file=\${file##*/}
    file=\${file%.jsonl}
    [[ $file =~ ^[0-9A-Za-z-]+$ ]] && printf '%s\\n' "$file"
  done
}

complete -o bashdefault -o default -F _${name} ${name}
`;
}

const namesOf = (options: readonly OptionGrammar[]): string => options.flatMap(({ names }) => names).join(' ');

/** What stands behind an option that takes a value; the same for many of them, so each answer is given once. */
function valueBranches(commands: readonly CommandGrammar[]): string[] {
  const patterns = new Map<string, string[]>();
  for (const { name, options } of commands) {
    for (const { names, takes } of options) {
      if (takes === null) continue;
      const words = answer(takes);
      patterns.set(words, [...(patterns.get(words) ?? []), names.map((option) => `'${name} ${option}'`).join(' | ')]);
    }
  }
  return [...patterns].map(([words, where]) => `    ${where.join(' | \\\n      ')}) ${words} ;;`);
}

/** What stands without an option before it. Where is not looked at: the words of all places are offered at each of them. */
function placeAnswer({ options, places }: CommandGrammar): string {
  const answers = new Set([`options='${namesOf(options)}'`, ...places.map(({ takes }) => answer(takes))]);
  return [...answers].filter(Boolean).join('; ');
}

function answer(takes: Takes): string {
  if (takes === 'files') return 'files=yes';
  if (takes === 'folders') return 'files=yes; compopt -o dirnames 2> /dev/null';
  if (takes === 'runs') return 'words=$(_bugprune_runs)';
  return takes === 'text' ? '' : `words='${takes.words.join(' ')}'`;
}
