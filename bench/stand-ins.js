// The stand-ins of the tests, for programs that are no test: they are TypeScript, which not every Node runs.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const source = (name) => fileURLToPath(new URL(`../test/fakes/${name}/index.ts`, import.meta.url));

/** Beside what they read by a path of their own. The descriptions of the APIs are left out: checking against them is no part of this. */
const whereTheyAre = {
  name: 'where-they-are',
  transform: (code, id) =>
    /contract(-document)?\.ts$/.test(id) ? null : code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
};

/** Writes `github.js` and `jira.js` into a new folder, which the caller takes away, and gives its path. */
export async function buildStandIns() {
  const folder = mkdtempSync(join(tmpdir(), 'bugprune-bench-'));
  const bundle = await rolldown({
    input: { github: source('github'), jira: source('jira') },
    platform: 'node',
    transform: { target: 'node20.19' },
    plugins: [whereTheyAre],
  });
  await bundle.write({ dir: folder, format: 'esm', entryFileNames: '[name].js' });
  await bundle.close();
  return folder;
}
