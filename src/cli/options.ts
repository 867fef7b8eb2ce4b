import { type Command, InvalidArgumentError, Option } from 'commander';
import { PART_WORDS, parsePart } from '../report/part.js';

/** The parser of an option that may be given several times. */
const collectValues = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** The options of every command. */
export function withCommon(command: Command): Command {
  return command
    .option('-c, --config <file>', 'configuration file; only a file named here may run code')
    .option('-t, --tracker <name>', 'only this tracker of the configuration (repeatable)', collectValues)
    .option('--state-dir <dir>', 'where the journals of runs are kept (default: .bugprune beside the configuration)')
    .option('--now <instant>', 'the clock to go by, such as 2026-11-22T09:00:00Z')
    .option('-q, --quiet', 'no progress')
    .option('-v, --verbose', 'tell every step')
    .option('--no-color', 'no colours')
    .option('--json', 'JSON on stdout');
}

/** The same where they change nothing: nobody needs to read about them. */
export function withCommonHidden(command: Command): Command {
  withCommon(command);
  for (const option of command.options) option.hideHelp();
  return command;
}

/** The options of commands that give a report. */
export function withOutput(command: Command): Command {
  return withFormats(
    command,
    'table, agenda (by owner; with --json as JSON), json, ndjson, markdown, csv, html, or a format of your own',
    '.html .md .csv .json .ndjson .txt, agenda.md agenda.json',
  ).addOption(new Option('--fail-on <what>', 'exit with 1 when there is any (repeatable)').choices(FAIL_ON).argParser(failOn));
}

/** The options that say in which formats a document comes, and where it goes. */
export function withFormats(command: Command, names: string, endings: string): Command {
  return command
    .option('-f, --format <name>', `what to print: ${names} (default: table)`)
    .option('-o, --output <file>', `also write to a file; the ending chooses the format: ${endings} (repeatable)`, collectValues);
}

/** The parser of a number of bugs. */
export function aNumber(value: string): number {
  if (!/^[1-9]\d{0,6}$/.test(value)) throw new InvalidArgumentError('Expected a number of bugs, 1 or more.');
  return Number(value);
}

/** The parser of one part of several. */
export function aPart(value: string): NonNullable<ReturnType<typeof parsePart>> {
  const part = parsePart(value);
  if (part === null) throw new InvalidArgumentError(`Expected ${PART_WORDS}.`);
  return part;
}

const FAIL_ON = ['close', 'attention', 'undecided'];

function failOn(value: string, before: readonly string[] = []): string[] {
  if (!FAIL_ON.includes(value)) throw new InvalidArgumentError(`Expected ${FAIL_ON.join(', ')}.`);
  return [...before, value];
}
