import type { Command } from 'commander';
import { bashScript } from '../completion/bash.js';
import { fishScript } from '../completion/fish.js';
import { grammarOf } from '../completion/grammar.js';
import { zshScript } from '../completion/zsh.js';
import type { Shell } from '../io.js';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `bugprune completion`: the script for a shell, made from the very program that parses the command line. */
export function completionCommand(shell: keyof typeof SCRIPTS, program: Command, io: Shell): number {
  io.out.write(SCRIPTS[shell](grammarOf(program)));
  return 0;
}
