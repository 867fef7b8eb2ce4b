import { exampleConfig } from './example.js';
import { journalPage } from './journal.js';
import { manPage } from './man.js';
import { cliPage, configurationPage } from './pages.js';

/** All generated files, by their path in the repository. A pure function of what the program says about itself. */
export function referenceFiles({ config, report, journal, backtest, formatLine, placeholders, helps, grammar }) {
  return {
    'schema/config.schema.json': `${JSON.stringify(config, null, 2)}\n`,
    'schema/report.schema.json': `${JSON.stringify(report, null, 2)}\n`,
    'schema/journal.schema.json': `${JSON.stringify(journal, null, 2)}\n`,
    'schema/backtest.schema.json': `${JSON.stringify(backtest, null, 2)}\n`,
    '.bugprunerc.example': exampleConfig(config),
    'docs/reference/configuration.md': configurationPage(config, placeholders),
    'docs/reference/cli.md': cliPage(helps),
    'docs/reference/journal.md': journalPage(journal, formatLine),
    'man/bugprune.1': manPage(grammar, helps),
  };
}

/** The help of the program and of each of its commands, as `run` prints it at a width that pages have room for. */
export async function helpTexts(run) {
  const help = async (args) => {
    let text = '';
    const output = { write: (more) => (text += more), flushed: async () => {}, isTerminal: false, width: 100 };
    await run([...args, '--help'], { out: output, err: output, variables: {}, stop: new AbortController().signal });
    return text;
  };
  const main = await help([]);
  const commands = [...main.slice(main.indexOf('Commands:')).matchAll(/^ {2}([a-z]+) .*$/gm)].map(([, name]) => name);
  const texts = [['bugprune', main]];
  // The help of help is that of the program.
  for (const name of commands.filter((one) => one !== 'help')) texts.push([`bugprune ${name}`, await help([name])]);
  return texts;
}
