import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { link, showsLinks } from '../../../src/cli/links.js';
import { paletteFor } from '../../../src/cli/palette.js';
import { widthOf } from '../../../src/report/columns.js';
import { HOSTILE, URLS } from '../report/hostile.js';
import { aFolderWith, kept, runs } from './given.js';

const TERMINAL = { isTerminal: true };
const ITERM = { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.5.2' };

describe('where links are shown', () => {
  test.each<[Record<string, string>, boolean]>([
    [{}, false],
    [{ TERM: 'xterm-256color' }, false],
    [ITERM, true],
    [{ ...ITERM, TERM_PROGRAM_VERSION: '3.0.9' }, false],
    [{ ...ITERM, TERM_PROGRAM_VERSION: '' }, false],
    [{ TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20240203-110809-5046fc22' }, true],
    [{ TERM_PROGRAM: 'WezTerm', TERM_PROGRAM_VERSION: '20200503-171512-b13ef15f' }, false],
    [{ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.95.3' }, true],
    [{ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '1.71.2' }, false],
    [{ TERM_PROGRAM: 'vscode', TERM_PROGRAM_VERSION: '0.45.0', CURSOR_TRACE_ID: 'x' }, true],
    [{ TERM_PROGRAM: 'ghostty' }, true],
    [{ TERM_PROGRAM: 'Apple_Terminal', TERM_PROGRAM_VERSION: '455' }, false],
    [{ TERM_PROGRAM: 'constructor' }, false],
    [{ VTE_VERSION: '7600' }, true],
    [{ VTE_VERSION: '5000' }, false],
    [{ VTE_VERSION: 'many' }, false],
    [{ TERM: 'xterm-kitty' }, true],
    [{ TERM: 'alacritty' }, true],
    [{ WT_SESSION: 'a-b-c' }, true],
    [{ ...ITERM, CI: 'true' }, false],
    [{ ...ITERM, TEAMCITY_VERSION: '2026.1' }, false],
    [{ ...ITERM, NO_COLOR: '1' }, false],
    [{ ...ITERM, TERM: 'dumb' }, false],
    [{ ...ITERM, FORCE_HYPERLINK: '0' }, false],
    [{ FORCE_HYPERLINK: '1' }, true],
    [{ FORCE_HYPERLINK: '' }, false],
  ])('%j: %s', (variables, shown) => {
    expect(showsLinks(TERMINAL, variables)).toBe(shown);
    // Not in a pipe, unless somebody asks for it.
    expect(showsLinks({ isTerminal: false }, variables)).toBe(variables.FORCE_HYPERLINK === '1');
  });

  test('with colours, and not without', () => {
    const text = (wanted: boolean) => paletteFor(kept(TERMINAL), { variables: ITERM }, wanted).link('x', 'https://e.example/');
    expect(text(true)).toBe('\u001b]8;;https://e.example/\u001b\\x\u001b]8;;\u001b\\');
    expect(text(false)).toBe('x');
  });

  test('in the table and in explain; not in pipes, files, or other formats', async () => {
    const cwd = await aFolderWith();
    const shown = async (args: readonly string[], isTerminal: boolean) =>
      (await runs([...args, '--config', 'my.yaml'], { cwd, out: kept({ isTerminal }), variables: ITERM })).out;
    for (const args of [['report'], ['explain', 'acme/app#1']]) {
      expect(await shown(args, true)).toContain('\u001b]8;;https://tracker.example.com/acme%2Fapp%231\u001b\\');
      expect(await shown(args, false)).not.toContain('\u001b');
    }
    for (const args of [['-f', 'md'], ['-f', 'agenda'], ['--json'], ['-f', 'csv'], ['-f', 'html']]) {
      expect(await shown(args, true)).not.toContain('\u001b');
    }
  });
});

/** What a terminal makes of it: the addresses it was told, and the text. */
function interpreted(text: string): { addresses: string[]; shown: string } {
  const addresses: string[] = [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequences that it is about
  const shown = text.replace(/\u001b\]8;;([^\u0007\u001b\u009c]*)(?:\u0007|\u001b\\|\u009c)/g, (_, address: string) => {
    if (address !== '') addresses.push(address);
    return '';
  });
  return { addresses, shown };
}

describe('an address', () => {
  test.each([...URLS, ...HOSTILE, '', 'ftp://e.example/', 'file:///etc/passwd', `https://e.example/${'a'.repeat(3000)}`])(
    'leads to the web or nowhere, and ends where it should: %j',
    (address) => {
      const { addresses, shown } = interpreted(link('text', address));
      expect(shown).toBe('text');
      for (const one of addresses) expect(one).toMatch(/^https?:\/\/[\u0021-\u007e]{1,2076}$/);
    },
  );

  test('whatever stands in it', () => {
    const parts = fc.array(
      fc.oneof(
        fc.constantFrom('\u001b', '\u0007', '\u009c', '\\', ';', '\u001b]8;;', '#', '%', '漢'),
        fc.string({ unit: 'binary' }),
      ),
    );
    fc.assert(
      fc.property(parts, (list) => {
        const linked = link('text', `https://e.example/${list.join('')}`);
        expect(interpreted(linked).shown).toBe('text');
        expect(widthOf(linked)).toBe(4);
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
