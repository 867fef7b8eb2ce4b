// All measurements, one after the other: node bench/index.js (after npm run build). Ends with 1 when a budget is not kept.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

for (const name of ['start-up', 'requests', 'judge', 'report', 'backtest']) {
  const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`${name}.js`, import.meta.url))], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
  console.log();
}
