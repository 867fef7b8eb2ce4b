#!/usr/bin/env node
import module from 'node:module';

// Node 22 and later keep compiled code between runs; Node 20 does without.
module.enableCompileCache?.();

const { run } = await import('../dist/cli/main.js');
const { processIo } = await import('../dist/cli/io.js');
process.exitCode = await run(process.argv.slice(2), processIo());
