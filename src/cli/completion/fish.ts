import type { CommandGrammar, Grammar, OptionGrammar, Takes } from './grammar.js';

/** The script for fish, from 3.0 on. */
export function fishScript({ name, options, commands }: Grammar): string {
  const names = commands.map((command) => command.name).join(' ');
  return `# fish completion of ${name}, made by: ${name} completion fish

# Which command this line is about; ${commands[0].name} where none is named.
function __${name}_is
    set -l words (commandline -opc)
    set -l command ${commands[0].name}
    if contains -- "$words[2]" ${names}
        set command $words[2]
    end
    contains -- $command $argv
end

function __${name}_is_first
    test (count (commandline -opc)) -eq 1
end

# The runs that have a journal here.
function __${name}_runs
    set -l folder .bugprune
    if set -q BUGPRUNE_STATE_DIR
        set folder $BUGPRUNE_STATE_DIR
    end
    for file in $folder/runs/*.jsonl
        string replace -rf '.*/([0-9A-Za-z-]+)\\.jsonl$' '$1' -- $file
    end
end

complete -c ${name} -f
${commands.map((command) => `complete -c ${name} -n __${name}_is_first -a ${command.name} -d ${quote(command.description)}`).join('\n')}
${options.map((option) => `complete -c ${name} -n __${name}_is_first ${optionWords(option)}`).join('\n')}
${[...byWords(commands)].map(([words, names]) => `complete -c ${name} -n '__${name}_is ${names.join(' ')}' ${words}`).join('\n')}
`;
}

/** What is offered, as arguments of `complete`, and the commands with which it is; most options belong to many of them. */
function byWords(commands: readonly CommandGrammar[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, options, places } of commands) {
    const words = [...options.map(optionWords), ...places.flatMap(({ takes }) => placeWords(takes))];
    for (const one of new Set(words)) found.set(one, [...(found.get(one) ?? []), name]);
  }
  return found;
}

function optionWords({ names, description, takes }: OptionGrammar): string {
  const forms = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const value = takes === null ? [] : [takes === 'files' ? '-r -F' : `-x${choice(takes)}`];
  return [...forms, ...value, '-d', quote(description)].join(' ');
}

function placeWords(takes: Takes): string[] {
  if (takes === 'text') return [];
  return [takes === 'files' ? '-F' : `-f${choice(takes)}`];
}

/** The words to choose from. */
function choice(takes: Takes): string {
  if (takes === 'folders') return " -a '(__fish_complete_directories)'";
  if (takes === 'runs') return " -a '(__bugprune_runs)'";
  return typeof takes === 'string' ? '' : ` -a '${takes.words.join(' ')}'`;
}

const quote = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
