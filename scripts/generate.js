import { mkdir, writeFile } from 'node:fs/promises';
import { grammarOf } from '../dist/cli/completion/grammar.js';
import { run } from '../dist/cli/main.js';
import { buildProgram } from '../dist/cli/program.js';
import { formatLine } from '../dist/journal/lines.js';
import { PLACEHOLDERS } from '../dist/model/comment.js';
import { backtestJsonSchema, configJsonSchema, journalJsonSchema, reportJsonSchema } from '../dist/use-cases/schema.js';
import { helpTexts, referenceFiles } from './reference/index.js';

// Writes what is generated: the schemas, .bugprunerc.example, the reference pages, the manual. A test compares them with what would be written.
const files = referenceFiles({
  config: configJsonSchema(),
  report: reportJsonSchema(),
  journal: journalJsonSchema(),
  backtest: backtestJsonSchema(),
  formatLine,
  placeholders: Object.entries(PLACEHOLDERS).map(([name, { summary }]) => [name, summary]),
  helps: await helpTexts(run),
  grammar: grammarOf(buildProgram({ out: { width: 100 } }, () => {})),
});
for (const [path, text] of Object.entries(files)) {
  const url = new URL(`../${path}`, import.meta.url);
  await mkdir(new URL('.', url), { recursive: true });
  await writeFile(url, text);
}
