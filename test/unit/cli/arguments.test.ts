import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { aFolder, aFolderWith, runs } from './given.js';

const CONFIG = ['--config', 'my.yaml'];
const { version } = JSON.parse(await readFile('package.json', 'utf8'));

describe('help and version go to stdout and are no failure', () => {
  test.each([
    [['--version'], `${version}\n`],
    [['-V'], `${version}\n`],
    [['--help'], /^Usage: bugprune \[options\] \[command\]\n/],
    [['-h'], /Exit codes: 0 done/],
    [['report', '--help'], /^Usage: bugprune report \[options\] \[source\.\.\.\]\n/],
    [['prune', '--help'], /--yes/],
    [['explain', '--help'], /<ref>/],
    [['snapshot', '--help'], /--output <file>/],
    [['schema', '--help'], /\[document\]/],
  ])('%j', async (args, shown) => {
    const { code, out, err } = await runs(args);
    expect(out).toMatch(shown);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('help fits the terminal, examples excepted', async () => {
    const { out } = await runs(['--help']);
    const described = out.slice(0, out.indexOf('Examples:')).split('\n');
    expect(described.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('a command line that cannot be meant is refused with exit code 2, and stdout stays empty', () => {
  test.each<[args: readonly string[], told: string | RegExp]>([
    [['--jsn'], /^bugprune: Unknown option "--jsn"\.\nDid you mean --json\?\n$/],
    [['report', '--fail-onn', 'close'], '\nDid you mean --fail-on?\n'],
    [['prune', '--yess'], '\nDid you mean --yes?\n'],
    [['reprot'], 'There is no command "reprot".\nDid you mean: bugprune report'],
    [['prun', 'report.json'], 'Did you mean: bugprune prune'],
    [['xyzzy'], 'There is no command "xyzzy".\nSee bugprune --help.'],
    [['--json', 'prune'], 'The command comes first: bugprune prune …'],
    [['report', 'xyzzy'], '"xyzzy" is no source that bugprune knows.'],
    [['https://example.com/'], '"https://example.com/" is no source that bugprune knows.'],
    [[''], '"" is no source that bugprune knows.'],
    [['explain'], /^bugprune: Missing required argument "ref"\.\nSee bugprune explain --help\.\n$/],
    [['snapshot', 'x.ndjson'], 'Required option "-o, --output <file>" not specified.'],
    [['schema', 'confg'], 'Allowed choices are config, report, journal, backtest.'],
    [['schema', 'config', 'report'], /^bugprune: Too many arguments for "schema"\. /],
    [['--config'], 'Option "-c, --config <file>" argument missing.\nSee bugprune --help.'],
    [['--config', 'missing.yaml'], 'There is no configuration file missing.yaml.'],
    [['--fail-on', 'anything'], /argument "anything" is invalid\. Expected close, attention, undecided/],
    [[...CONFIG, '--format', 'xml'], '--format: expected table, json, markdown'],
    [[...CONFIG, '--format', 'jsno'], 'Did you mean json?'],
    [[...CONFIG, '--format', 'constructor'], 'found "constructor"'],
    [[...CONFIG, '-o', 'report'], '-o report: its ending says no format; expected one of .txt'],
    [[...CONFIG, '-o', 'report.xml'], '-o report.xml: its ending says no format'],
    [[...CONFIG, '--tracker', 'nope'], 'There is no tracker named nope.\nThere are app.'],
    [[...CONFIG, '--now', 'yesterday'], '--now: expected an instant such as 2026-11-22T09:00:00Z, found "yesterday".'],
    [[...CONFIG, '--now', '5'], 'found "5"'],
    [[...CONFIG, '--now', '2026-11-22 09:00'], 'found "2026-11-22 09:00"'],
    [[...CONFIG, '--now', '2026-02-30T09:00:00Z'], 'found "2026-02-30T09:00:00Z"'],
    [['prune', ...CONFIG], 'There is nobody to confirm this.'],
    [['prune', 'missing.json', '--yes'], 'missing.json cannot be read: no such file or folder.\n'],
    [['prune', 'folder.json', '--yes'], 'folder.json cannot be read: this is a folder; expected a file.\n'],
  ])('%j', async (args, told) => {
    const { code, out, err } = await runs(args, { cwd: await aFolderWith(undefined, { 'folder.json/x': '' }) });
    expect(err).toMatch(told);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });
});

describe('a command line does what it says', () => {
  test.each<[args: readonly string[], shown: RegExp]>([
    [[], /^bugprune dry run, nothing was changed\n2026-11-22T09:00:00Z/],
    [['report'], /^bugprune dry run/],
    [['--format', 'table'], /^bugprune dry run/],
    [['--json'], /^\{\n {2}"version": 1,\n {2}"kind": "report",\n {2}"mode": "dry-run"/],
    [['-f', 'json'], /^\{\n {2}"version": 1/],
    [['--json', '--format', 'markdown'], /^\{/],
    [['--format', 'markdown'], /^## bugprune: dry run/],
    [['-f', 'md'], /^## bugprune: dry run/],
    [['-f', 'Markdown'], /^## bugprune: dry run/],
    [['-f', 'JSON'], /^\{\n {2}"version": 1,\n {2}"kind": "report"/],
    [['-f', 'txt'], /^bugprune dry run/],
    [['-f', 'agenda'], /^## bugprune agenda, 2026-11-22\n/],
    [['-f', 'agenda', '--json'], /^\{\n {2}"version": 1,\n {2}"kind": "agenda"/],
    [['-f', 'Agenda-JSON'], /^\{\n {2}"version": 1,\n {2}"kind": "agenda"/],
    [['--now', '2026-12-24T18:00:00+01:00'], /\n2026-12-24T17:00:00Z/],
    [['--now', '2026-12-24'], /\n2026-12-24T00:00:00Z/],
    [['--tracker', 'app'], /\n4 open bugs/],
    [['explain', 'acme/app#2'], /^acme\/app#2 is kept, and needs attention\n/],
    [['explain', 'acme/app#1', '--json'], /^\{\n {2}"version": 1,\n {2}"kind": "explanation"/],
  ])('%j', async (args, shown) => {
    const { code, out, err } = await runs([...args, ...CONFIG], { cwd: await aFolderWith() });
    expect(out).toMatch(shown);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('a source may have any name, if it is there', async () => {
    const cwd = await aFolder({ reprot: 'no snapshot' });
    expect((await runs(['reprot'], { cwd })).err).not.toContain('There is no command');
  });

  test('every command takes --json, --config and --now', async () => {
    const cwd = await aFolderWith();
    const common = [...CONFIG, '--json', '--now', '2026-11-22T09:00:00Z'];
    for (const args of [['report'], ['prune', '--yes'], ['explain', 'acme/app#1'], ['snapshot', '-o', 'x.ndjson'], ['schema']]) {
      const { code, out } = await runs([...args, ...common], { cwd });
      expect(code, args.join(' ')).toBe(0);
      expect(JSON.parse(out), args.join(' ')).toBeTypeOf('object');
    }
  });

  test('schema prints the one that is asked for', async () => {
    expect(JSON.parse((await runs(['schema'])).out).title).toBe('bugprune configuration');
    expect(JSON.parse((await runs(['schema', 'config'])).out).title).toBe('bugprune configuration');
    expect(JSON.parse((await runs(['schema', 'report'])).out).title).toBe('bugprune report, version 1');
    expect(JSON.parse((await runs(['schema', 'journal'])).out).title).toBe('bugprune journal, one line, version 1');
  });
});

describe('the next command', () => {
  test('is there where there is something to do', async () => {
    const { out } = await runs([...CONFIG, '--tracker', 'app'], { cwd: await aFolderWith() });
    expect(out).toMatch(/\nNext: bugprune prune --config my\.yaml --tracker app\n$/);
  });

  test('is not there where there is nothing to do', async () => {
    const { out } = await runs([...CONFIG, '--now', '2024-01-02T00:00:00Z'], { cwd: await aFolderWith() });
    expect(out).not.toContain('Next:');
  });
});
