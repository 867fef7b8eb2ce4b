import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Argument, Command, Help, Option } from 'commander';
import { BugpruneError } from '../errors.js';
import { linesForTerminal } from '../report/escape.js';
import type { Shell } from './io.js';
import { aNumber, aPart, withCommon, withCommonHidden, withFormats, withOutput } from './options.js';
import { VERSION } from './version.js';

/** All commands and options; each action loads its command when it is called. `done` receives the exit code. */
export function buildProgram(io: Shell, done: (code: number) => void): Command {
  const program = new Command('bugprune')
    .description(
      'Keeps bug backlogs short enough to be worked: finds bugs that have been open for weeks without a target release, ' +
        'and closes them NTBF (not to be fixed), with a comment that says why and how they come back.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print the help of a command, with its options')
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(linesForTerminal(text)),
      // What is wrong with a command line is told where all errors end.
      outputError: () => {},
    })
    .configureHelp({ helpWidth: Math.min(io.out.width, 120), minWidthToWrap: 20, subcommandTerm: termOf })
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText('after', EXAMPLES);

  addReport(program, io, done);
  addMerge(program, io, done);
  addPrune(program, io, done);
  addUndo(program, io, done);
  addInit(program, io, done);
  addHistory(program, io, done);
  addExplain(program, io, done);
  addSnapshot(program, io, done);
  addBacktest(program, io, done);
  addDoctor(program, io, done);
  addSchema(program, io, done);
  addCompletion(program, io, done);
  return program;
}

/** `prune [report.json] [source...]`: short, so that there is room for what it does. All of them have options. */
const termOf = (command: Command): string => new Help().subcommandTerm(command).replace(' [options]', '');

const EXAMPLES = `
Examples:
  $ bugprune https://github.com/acme/app           what would be closed, and why (changes nothing)
  $ bugprune -o report.json -o report.md           the same, of the configured trackers, into files
  $ bugprune -o agenda.md                          whose bugs close when, for the weekly meeting or a chat
  $ bugprune explain acme/app#12                   why this one
  $ bugprune prune report.json                     close what the reviewed report says
  $ bugprune undo                                  take the latest run back
  $ bugprune snapshot acme/app --all -o app.ndjson a copy to try things on, closed bugs included
  $ bugprune backtest app.ndjson --vary            what that would have closed in the past, and what people then missed

Exit codes: 0 done · 1 --fail-on found something · 2 usage or configuration · 3 credentials or permission
  4 tracker unreachable or answer incomplete · 5 some actions failed or were skipped
  6 refused by a limit, or because another run is at work · 70 defect · 130 interrupted`;

const SOURCE =
  'URL of a repository or Jira project, owner/repo, jira:SITE/KEY, or snapshot file; replaces the configured trackers';

function addReport(program: Command, io: Shell, done: (code: number) => void): void {
  withOutput(withCommon(program.command('report', { isDefault: true })))
    .description('dry run: what would be closed, and why (the default command)')
    .argument('[source...]', SOURCE)
    .addOption(
      new Option(
        '--shard <i/n>',
        'read one part of the repositories and projects, such as 2/8: for several jobs at once, see bugprune merge',
      ).argParser(aPart),
    )
    .action(async (sources: string[], options) => {
      await refuseCommand(sources[0], program, io);
      const { reportCommand } = await import('./commands/report.js');
      done(await reportCommand(sources, options, io));
    });
}

function addMerge(program: Command, io: Shell, done: (code: number) => void): void {
  withOutput(withCommon(program.command('merge')))
    .description('put reports together into one, above all the parts that report --shard has made')
    .argument('<report.json...>', 'all parts of one division, in any order; one that is missing is told')
    .addHelpText('after', MERGING)
    .action(async (files: string[], options) => {
      const { mergeCommand } = await import('./commands/merge.js');
      done(await mergeCommand(files, options, io));
    });
}

const MERGING = `
Examples:
  $ bugprune report --shard 1/2 -o part-1.json     in one job
  $ bugprune report --shard 2/2 -o part-2.json     in another
  $ bugprune merge part-*.json -o report.json      then, in a third: as if one had read everything`;

/** `report` is what is meant where no command stands, so a misspelt command, or one behind an option, arrives as its first source. */
async function refuseCommand(word: string | undefined, program: Command, io: Shell): Promise<void> {
  if (word === undefined || program.args[0] === 'report' || !/^[a-z]+$/i.test(word) || existsSync(resolve(io.cwd, word))) return;
  const names = program.commands.map((command) => command.name());
  if (names.includes(word)) throw new BugpruneError('usage', `The command comes first: bugprune ${word} …`);
  const { nearest } = await import('../config/nearest.js');
  const meant = nearest(word, names);
  throw new BugpruneError('usage', `There is no command "${word}".`, {
    hint: meant === null ? 'See bugprune --help.' : `Did you mean: bugprune ${meant}`,
  });
}

function addPrune(program: Command, io: Shell, done: (code: number) => void): void {
  withOutput(withCommon(program.command('prune')))
    .description('close what a report proposes: the given reviewed one, or a fresh one that is shown and confirmed')
    .argument('[report.json]', 'a reviewed report')
    .argument('[source...]', SOURCE)
    .option('-y, --yes', 'do not ask; needed where there is no terminal')
    .addOption(
      new Option('--limit <n>', 'go ahead with up to so many, whatever the limits of the configuration say').argParser(aNumber),
    )
    .option('--drain', 'of more than the limits allow, close as many as they do: those that people care about least')
    .option('--resume <run>', 'finish a run that was cut short')
    .option('-i, --interactive', 'go through the proposals one by one: close, keep or snooze')
    .action(async (first: string | undefined, rest: string[], options) => {
      const { pruneCommand } = await import('./commands/prune.js');
      done(await pruneCommand(first === undefined ? [] : [first, ...rest], options, io));
    });
}

function addUndo(program: Command, io: Shell, done: (code: number) => void): void {
  withCommon(program.command('undo'))
    .description('take a run back: reopen what it closed, unless somebody has touched it since')
    .argument('[run]', 'its id (default: the latest)')
    .argument('[source...]', `with --from-tracker: ${SOURCE}`)
    .option('-y, --yes', 'do not ask; needed where there is no terminal')
    .option('--from-tracker', 'find out on the trackers what the run did, without its journal')
    .action(async (run: string | undefined, sources: string[], options) => {
      const { undoCommand } = await import('./commands/undo.js');
      done(await undoCommand(run ?? null, sources, options, io));
    });
}

function addInit(program: Command, io: Shell, done: (code: number) => void): void {
  withCommon(program.command('init'))
    .description('write a commented .bugprunerc, after a look at the bugs and a few questions')
    .argument('[source]', `${SOURCE} (default: the git remote)`)
    .option('-y, --yes', 'do not ask: take what it proposes')
    .action(async (source: string | undefined, options) => {
      const { initCommand } = await import('./commands/init.js');
      done(await initCommand(source ?? null, options, io));
    });
}

function addHistory(program: Command, io: Shell, done: (code: number) => void): void {
  withCommon(program.command('history'))
    .description('past runs, and the size of the backlog over time')
    .argument('[source...]', `with --from-tracker: ${SOURCE}`)
    .option('--outcomes', 'ask the trackers what became of the closed bugs: reopened, fixed, answered')
    .option('--from-tracker', 'find the runs of the past year on the trackers, without their journals')
    .action(async (sources: string[], options) => {
      const { historyCommand } = await import('./commands/history.js');
      done(await historyCommand(sources, options, io));
    });
}

function addExplain(program: Command, io: Shell, done: (code: number) => void): void {
  withCommon(program.command('explain'))
    .description('why one bug would be closed or kept: every rule, what happened to it, and what would change that')
    .argument('<ref>', 'acme/app#12, ERP-12, or the URL of the bug')
    .argument('[source...]', SOURCE)
    .action(async (ref: string, sources: string[], options) => {
      const { explainCommand } = await import('./commands/explain.js');
      done(await explainCommand(ref, sources, options, io));
    });
}

function addSnapshot(program: Command, io: Shell, done: (code: number) => void): void {
  withCommon(program.command('snapshot'))
    .description('save all open bugs, histories included, to a file that every command takes as a source')
    .argument('[source...]', SOURCE)
    .requiredOption('-o, --output <file>', 'where to (.ndjson); a snapshot that is there is brought up to date')
    .option('--all', 'closed bugs too, with how and when they were closed')
    .action(async (sources: string[], options) => {
      const { snapshotCommand } = await import('./commands/snapshot.js');
      done(await snapshotCommand(sources, options, io));
    });
}

function addBacktest(program: Command, io: Shell, done: (code: number) => void): void {
  withFormats(withCommon(program.command('backtest')), 'table, json, markdown, html', '.html .md .json .txt')
    .description('what the policies would have closed in the past, and what people did to those bugs later')
    .argument('[snapshot...]', 'taken with bugprune snapshot --all (default: the snapshots of the configuration)')
    .option('--from <day>', 'the first run (default: two years before the last)')
    .option('--to <day>', 'no run is later (default: when the snapshot was taken)')
    .option('--every <duration>', 'the time between two runs (default: 1w)')
    .option('--vary [thresholds]', 'try other thresholds beside it: untargetedFor=4w,6w,12w,26w (those, unless you name some)')
    .option('--bound <percentage>', 'so many of the closures may be regretted (default: 5%)')
    .action(async (sources: string[], options) => {
      const { backtestCommand } = await import('./commands/backtest.js');
      done(await backtestCommand(sources, options, io));
    });
}

function addDoctor(program: Command, io: Shell, done: (code: number) => void): void {
  withCommon(program.command('doctor'))
    .description('look whether everything is there: credentials, permissions, and every name in the configuration')
    .argument('[source...]', SOURCE)
    .action(async (sources: string[], options) => {
      const { doctorCommand } = await import('./commands/doctor.js');
      done(await doctorCommand(sources, options, io));
    });
}

function addSchema(program: Command, io: Shell, done: (code: number) => void): void {
  withCommonHidden(program.command('schema'))
    .description('print the JSON Schema of the configuration, of the report, of the lines of a journal, or of a backtest')
    .addArgument(new Argument('[document]', 'which one').choices(['config', 'report', 'journal', 'backtest']).default('config'))
    .action(async (document: 'config' | 'report' | 'journal' | 'backtest') => {
      const { schemaCommand } = await import('./commands/schema.js');
      done(schemaCommand(document, io));
    });
}

function addCompletion(program: Command, io: Shell, done: (code: number) => void): void {
  withCommonHidden(program.command('completion'))
    .description('print a script that lets a shell complete the words of bugprune')
    .addArgument(new Argument('<shell>', 'for which one').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', INSTALLING)
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionCommand } = await import('./commands/completion.js');
      done(completionCommand(shell, program, io));
    });
}

const INSTALLING = `
To have them in every new shell:
  bash  mkdir -p ~/.local/share/bash-completion/completions
        bugprune completion bash > ~/.local/share/bash-completion/completions/bugprune
  zsh   bugprune completion zsh > "\${fpath[1]}/_bugprune"
  fish  bugprune completion fish > ~/.config/fish/completions/bugprune.fish

Where bash has no bash-completion, ~/.bashrc has to source that file.`;
