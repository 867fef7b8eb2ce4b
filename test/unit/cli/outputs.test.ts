import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseDestinations, writeReport } from '../../../src/cli/outputs.js';
import { FORMATS } from '../../../src/report/formats.js';
import { BACKLOG } from '../report/backlog.js';
import { PLAIN, render } from '../report/given.js';
import { aFolder, anIo, aShell, kept } from './given.js';

const tally = { extension: 'tally', render: () => '42\n' };
const team = { extension: 'md', render: () => '# ours\n' };
const options = { palette: PLAIN, next: null, all: false };

describe('where a report goes', () => {
  test.each([
    [{}, FORMATS.table],
    [{ json: true }, FORMATS.json],
    [{ format: 'markdown' }, FORMATS.markdown],
    [{ format: 'markdown', json: true }, FORMATS.json],
    [{ format: 'agenda' }, FORMATS.agenda],
    [{ format: 'agenda', json: true }, FORMATS['agenda-json']],
    [{ format: 'MD' }, FORMATS.markdown],
    [{ format: 'Tally' }, tally],
    [{ format: 'tally' }, tally],
  ])('%j decides about stdout', (given, format) => {
    expect(chooseDestinations(given, { tally })).toEqual({ stdout: format, files: [] });
  });

  test.each([
    ['report.json', {}, FORMATS.json],
    ['REPORT.JSON', {}, FORMATS.json],
    ['report.md', {}, FORMATS.markdown],
    ['a.b/report.txt', {}, FORMATS.table],
    ['report.tally', {}, tally],
    ['agenda.md', {}, FORMATS.agenda],
    ['Agenda.MD', { format: 'markdown' }, FORMATS.agenda],
    ['out/2026-11-22.agenda.md', {}, FORMATS.agenda],
    ['out/agenda.json', { format: 'agenda' }, FORMATS['agenda-json']],
    ['my-agenda.md', {}, FORMATS.markdown],
    ['meeting.md', { format: 'agenda' }, FORMATS.agenda],
    ['agenda.html', {}, FORMATS.html],
    ['report.json', { format: 'agenda' }, FORMATS.json],
    ['report.md', { format: 'json' }, FORMATS.markdown],
    ['report.md', { format: 'team' }, team],
    ['report', { format: 'json' }, FORMATS.json],
    ['report.xml', { format: 'tally' }, tally],
  ])('%s with %j', (path, given, format) => {
    expect(chooseDestinations({ ...given, output: [path] }, { tally, team }).files).toEqual([{ path, format }]);
  });

  test.each([['report'], ['report.xml'], ['.json'], ['report.']])('%s says no format', (path) => {
    expect(() => chooseDestinations({ output: [path] }, {})).toThrow(`-o ${path}: its ending says no format`);
  });

  test('several files at once', () => {
    const { files } = chooseDestinations({ output: ['a.md', 'b.json', 'c.md'] }, {});
    expect(files.map(({ format }) => format)).toEqual([FORMATS.markdown, FORMATS.json, FORMATS.markdown]);
  });
});

describe('writing it', () => {
  const colours = { ...PLAIN, bold: (text: string) => `<<${text}>>` };

  test('files are in the working folder, without colours, and of one width whatever the terminal', async () => {
    const cwd = await aFolder();
    const io = anIo({ cwd, out: kept({ width: 60 }) });
    await writeReport(
      BACKLOG,
      chooseDestinations({ output: ['a.txt', 'b.json'] }, {}),
      { palette: colours, next: null, all: false },
      aShell(io),
    );
    expect(io.out.text()).toBe(render(FORMATS.table, BACKLOG, { width: 60, palette: colours }));
    expect(await readFile(join(cwd, 'a.txt'), 'utf8')).toBe(render(FORMATS.table, BACKLOG, { width: 120 }));
    expect(JSON.parse(await readFile(join(cwd, 'b.json'), 'utf8'))).toEqual(BACKLOG);
    expect(io.err.text()).toBe('');
  });

  test('the job summary gets Markdown, after what others wrote there', async () => {
    const cwd = await aFolder({ 'summary.md': 'Tests passed.\n' });
    const summary = join(cwd, 'summary.md');
    const io = anIo({ cwd, variables: { GITHUB_STEP_SUMMARY: summary } });
    await writeReport(BACKLOG, chooseDestinations({ json: true }, {}), options, aShell(io));
    expect(await readFile(summary, 'utf8')).toBe(`Tests passed.\n${render(FORMATS.markdown, BACKLOG)}`);
    expect(JSON.parse(io.out.text())).toEqual(BACKLOG);
  });

  test('a job summary that cannot be written is no reason to fail', async () => {
    const io = anIo({ cwd: await aFolder(), variables: { GITHUB_STEP_SUMMARY: '/nowhere/summary.md' } });
    await writeReport(BACKLOG, chooseDestinations({}, {}), options, aShell(io));
    expect(io.out.text()).toContain('11 open bugs');
    expect(io.err.text()).toMatch(/^The job summary cannot be written: no such file or folder\.\n$/);
  });

  test('a file that cannot be written is, and the report is on stdout all the same', async () => {
    const io = anIo({ cwd: await aFolder() });
    const writing = writeReport(BACKLOG, chooseDestinations({ output: ['no/such/folder/a.md'] }, {}), options, aShell(io));
    await expect(writing).rejects.toMatchObject({
      code: 'usage',
      message: '-o no/such/folder/a.md cannot be written: no such file or folder.',
    });
    expect(io.out.text()).toContain('11 open bugs');
  });

  test('a reader that is slow is waited for', async () => {
    let waited = 0;
    const out = kept({
      flushed: () => {
        waited++;
        return Promise.resolve();
      },
    });
    await writeReport(BACKLOG, chooseDestinations({ json: true }, {}), options, aShell(anIo({ out })));
    expect(waited).toBeGreaterThanOrEqual(BACKLOG.bugs.length);
  });
});
