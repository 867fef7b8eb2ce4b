import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

// jira-client depends on an outdated HTTP library with known holes, which we never use: our own transport is always injected.
// So the one module that imports jira-client is bundled in place, without that library (docs/decisions/0002-jira-client-bundled.md).

const module = fileURLToPath(new URL('../dist/trackers/jira/transport/jira-client.js', import.meta.url));
const REFUSAL = '\0postman-request';

const bundle = await rolldown({
  input: module,
  platform: 'node',
  plugins: [
    {
      name: 'without-postman-request',
      resolveId: (source) => (source === 'postman-request' ? REFUSAL : null),
      load: (id) =>
        id === REFUSAL ? "module.exports = () => { throw new Error('jira-client was used without our transport'); };" : null,
    },
  ],
});
await bundle.write({ file: module, format: 'esm', comments: false });
await bundle.close();

rmSync(`${module}.map`, { force: true });
writeFileSync(module.replace(/\.js$/, '.LICENSE.txt'), ['jira-client', '@babel/runtime'].map(license).join('\n\n'));

/** The licence of a package that became part of the bundle, which has to go along with it. */
function license(name) {
  const folder = new URL(`../node_modules/${name}/`, import.meta.url);
  const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'));
  const file = ['LICENSE.md', 'LICENSE'].map((candidate) => new URL(candidate, folder)).find(isFile);
  if (!file) throw new Error(`${name} has no licence file`);
  return `${name} ${version}\n\n${readFileSync(file, 'utf8').trim()}\n`;
}

function isFile(url) {
  try {
    return readFileSync(url).length > 0;
  } catch {
    return false;
  }
}
