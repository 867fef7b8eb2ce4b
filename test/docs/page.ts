import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A fenced block of a page. */
export interface Block {
  /** The first word behind the fence: `sh`, `console`, `yaml`. */
  readonly language: string;
  /** What else stands there, which a rendered page does not show: `exit=6`, `skip: needs a terminal`. */
  readonly remark: string;
  readonly text: string;
  /** Where in the page its text begins. */
  readonly offset: number;
  /** The same as a line of the page on which its text begins, counted from 1. */
  readonly line: number;
}

/** All pages that people read: the two at the root and those in docs, by their paths in the repository. */
export function pages(): string[] {
  const inDocs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  return ['README.md', 'CONTRIBUTING.md', ...inDocs.toSorted().map((name) => `docs/${name}`)];
}

/** The text of a page, or of any file of the repository. */
export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Also in a list, where it is indented. */
const FENCE = /^ *```(\w*)[ \t]*(.*)\n([\s\S]*?)^ *```$/gm;

/** The fenced blocks of a page, in their order. */
export function blocksOf(page: string): Block[] {
  return [...page.matchAll(FENCE)].map(({ 0: whole, 1: language = '', 2: remark = '', 3: text = '', index }) => {
    const offset = index + whole.indexOf('\n') + 1;
    return { language, remark, text, offset, line: page.slice(0, offset).split('\n').length };
  });
}

/** Whether a block is for a shell. */
export const isShell = ({ language }: Block): boolean => ['sh', 'bash', 'console'].includes(language);

/** Why a block is only looked at; null where it is run. */
export function skipReason({ remark }: Block): string | null {
  return (
    /^skip(?:: *(.*))?$/
      .exec(remark)
      ?.slice(1)
      .map((reason = '') => reason)[0] ?? null
  );
}

/** The exit code that a page announces for the last command of a block: `exit=6`. */
export const exitCode = ({ remark }: Block): number => Number(/^exit=(\d+)$/.exec(remark)?.[1] ?? 0);
