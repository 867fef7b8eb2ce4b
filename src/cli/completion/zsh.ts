import type { CommandGrammar, Grammar, OptionGrammar, PlaceGrammar, Takes } from './grammar.js';

/** The script for zsh: to be found as `_bugprune` on the fpath, or to be sourced after compinit. */
export function zshScript({ name, options, commands }: Grammar): string {
  const [usual] = commands;
  return `#compdef ${name}
# zsh completion of ${name}, made by: ${name} completion zsh

_${name}() {
  local -a commands=(
${commands.map((command) => `    ${quote(`${command.name}:${command.description}`)}`).join('\n')}
  )
  local command=${usual.name}
  if ((CURRENT > 2)) && [[ -n $words[2] && -n \${commands[(r)$words[2]:*]} ]]; then
    command=$words[2]
    shift words
    ((CURRENT--))
  elif ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
    _describe -t commands command commands
    _files
    return
  elif ((CURRENT == 2)); then
    _arguments -S${optionSpecs([...options, ...usual.options])}
    return
  fi
  case $command in
${commands.map(commandBranch).join('\n')}
  esac
}

# The runs that have a journal here.
_${name}_runs() {
  local -a runs=("\${BUGPRUNE_STATE_DIR:-.bugprune}"/runs/*.jsonl(N:t:r))
  compadd -- \${runs:#*[^0-9A-Za-z-]*}
}

# Found on the fpath, this file is the function; sourced, it has to say what it is for.
if [[ $funcstack[1] == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;
}

function commandBranch({ name, options, places }: CommandGrammar): string {
  return `    ${name})\n      _arguments -S${optionSpecs(options)}${places.map(placeSpec).join('')}\n      ;;`;
}

/** A switch and its other name are offered once, what takes a value again and again. */
function optionSpecs(options: readonly OptionGrammar[]): string {
  return options.map(optionSpec).join('');
}

function optionSpec({ names, description, takes }: OptionGrammar): string {
  const forms = names.map((name) => (takes !== null && name.startsWith('--') ? `${name}=` : name));
  const often = takes === null ? `(${names.join(' ')})` : '*';
  const value = takes === null ? '' : `:value:${action(takes)}`;
  const said = `[${description.replace(/[[\]\\]/g, '\\$&')}]${value}`;
  return NEW_LINE + (forms.length > 1 ? `${quote(often)}{${forms.join()}}${quote(said)}` : quote(often + forms.join() + said));
}

const NEW_LINE = ' \\\n        ';

function placeSpec({ name, takes, variadic }: PlaceGrammar, index: number): string {
  return `${NEW_LINE}${quote(`${variadic ? '*' : index + 1}:${name}:${action(takes)}`)}`;
}

function action(takes: Takes): string {
  if (takes === 'files') return '_files';
  if (takes === 'folders') return '_files -/';
  if (takes === 'runs') return '_bugprune_runs';
  return takes === 'text' ? ' ' : `(${takes.words.join(' ')})`;
}

const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
