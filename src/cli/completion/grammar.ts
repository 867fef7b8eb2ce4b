import type { Argument, Command, Option } from 'commander';
import { FORMATS } from '../../report/formats.js';

/** What may stand at one place of the command line. `text` is what nobody can know: a name, a number, an instant. */
export type Takes = 'files' | 'folders' | 'runs' | 'text' | { readonly words: readonly string[] };

/** An option as the help has it. */
export interface OptionGrammar {
  /** `-o, --output <file>` */
  readonly flags: string;
  /** `-o` and `--output` */
  readonly names: readonly string[];
  readonly description: string;
  /** Null for a switch. */
  readonly takes: Takes | null;
}

/** What stands without an option before it. */
export interface PlaceGrammar {
  readonly name: string;
  readonly description: string;
  readonly takes: Takes;
  readonly variadic: boolean;
}

/** A command, and what may follow it; hidden options are not part of it. */
export interface CommandGrammar {
  readonly name: string;
  /** `[options] [report.json] [source...]` */
  readonly usage: string;
  readonly description: string;
  readonly options: readonly OptionGrammar[];
  readonly places: readonly PlaceGrammar[];
}

/** The whole command line. The first command is meant where none is named. */
export interface Grammar {
  readonly name: string;
  readonly description: string;
  /** What may stand in the place of a command, beside the options of the first. */
  readonly options: readonly OptionGrammar[];
  readonly commands: readonly [CommandGrammar, ...CommandGrammar[]];
}

/** Reads the command line off the program that parses it, so that neither completions nor the manual can say anything else. */
export function grammarOf(program: Command): Grammar {
  const help = program.createHelp();
  const names = help.visibleCommands(program).map((command) => command.name());
  const [first, ...rest] = help.visibleCommands(program).map((command) => commandGrammar(command, names));
  if (!first) throw new Error('a program without commands');
  const own = optionsOf(program).filter(({ flags }) => !first.options.some((option) => option.flags === flags));
  return { name: program.name(), description: program.description(), options: own, commands: [first, ...rest] };
}

function commandGrammar(command: Command, names: readonly string[]): CommandGrammar {
  return {
    name: command.name(),
    usage: command.usage(),
    description: command.description(),
    options: optionsOf(command),
    places: command.registeredArguments.map((argument) => ({
      name: argument.name(),
      description: argument.description,
      takes: takesAt(argument, argument.name(), names),
      variadic: argument.variadic,
    })),
  };
}

function optionsOf(command: Command): OptionGrammar[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      flags: option.flags,
      names: [option.short, option.long].filter((name) => name !== undefined),
      description: option.description,
      // A value that may be left out is not offered: the next word may well be another one.
      takes: option.required ? takesOf(option) : null,
    }));
}

function takesOf(option: Option): Takes {
  if (option.attributeName() === 'format') return { words: formatsNamedIn(option.description) };
  return takesAt(option, /<(.+)>/.exec(option.flags)?.[1] ?? '', []);
}

/** A format may also be one of the user's own, so the program holds them against no list. */
function formatsNamedIn(description: string): string[] {
  return Object.keys(FORMATS).filter((name) => new RegExp(`\\b${name}\\b`).test(description));
}

/** What the help calls the thing says what it is. */
const KINDS: Readonly<Record<string, Takes>> = {
  file: 'files',
  source: 'files',
  snapshot: 'files',
  'report.json': 'files',
  dir: 'folders',
  run: 'runs',
};

function takesAt({ argChoices }: Pick<Option | Argument, 'argChoices'>, name: string, commands: readonly string[]): Takes {
  if (argChoices) return { words: argChoices };
  return name === 'command' ? { words: commands } : (KINDS[name] ?? 'text');
}
