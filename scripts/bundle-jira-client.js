import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { noticeOf, packagesOf } from './third-party.js';

// jira-client depends on an outdated HTTP library with known holes, which we never use: our own transport is always injected.
// So the one module that imports jira-client is bundled in place, without that library (docs/decisions/0002-jira-client-bundled.md).

const DIST = new URL('../dist/', import.meta.url);
const NAME = 'trackers/jira/transport/jira-client.js';
const module = fileURLToPath(new URL(NAME, DIST));
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
const { output } = await bundle.write({ file: module, format: 'esm', comments: false });
await bundle.close();

const contained = packagesOf(output.flatMap((chunk) => chunk.moduleIds ?? []));
writeFileSync(new URL('THIRD-PARTY.txt', DIST), noticeOf(contained, `dist/${NAME}`));
