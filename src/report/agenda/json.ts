import { z } from 'zod';
import { bugEntrySchema, instant, type Report } from '../document.js';
import { forJson } from '../escape.js';
import type { Format } from '../format.js';
import { AGENDA_KINDS, agendaOf } from './agenda.js';
import { aheadOf } from './words.js';

const bug = bugEntrySchema
  .pick({ ref: true, tracker: true, url: true, title: true, verdict: true, policy: true, priority: true })
  .extend(bugEntrySchema.pick({ createdAt: true, untargetedSince: true, lastHumanActivityAt: true, result: true }).shape);

/** The agenda document, version 1: a report by owner, as `--format agenda --json` prints it. It cannot be applied. */
export const agendaSchema = z
  .object({
    version: z.literal(1),
    kind: z.literal('agenda'),
    mode: z.enum(['dry-run', 'prune']),
    run: z.string(),
    generatedAt: instant,
    complete: z.boolean().describe('false: not everything could be read; the report says what.'),
    people: z
      .array(
        z.object({
          owner: z.string().nullable().describe('As the tracker names the account; null for what is assigned to nobody.'),
          items: z.array(
            z.object({
              kind: z.enum(AGENDA_KINDS),
              closesOn: z
                .string()
                .nullable()
                .describe('The first day (UTC) on which a prune closes them if nothing happens; null where none is going to.'),
              words: z.string().describe('That in words, with their number.'),
              bugs: z.array(bug),
            }),
          ),
        }),
      )
      .describe('By name; what nobody owns comes last. A bug of several people stands with each of them.'),
  })
  .describe('Agenda of bugprune');

/** The agenda for scripts, say one that writes to each person. */
export const agendaJson = {
  extension: 'agenda.json',
  render: (report) => `${forJson(JSON.stringify(document(report), null, 2))}\n`,
} satisfies Format;

function document(report: Report): z.output<typeof agendaSchema> {
  const { mode, run, generatedAt, trackers } = report;
  return {
    version: 1,
    kind: 'agenda',
    mode,
    run,
    generatedAt,
    complete: trackers.every(({ complete }) => complete),
    people: agendaOf(report).map(({ owner, items }) => ({
      owner,
      items: items.map((item) => ({
        kind: item.kind,
        closesOn: item.closesOn,
        words: aheadOf(item),
        bugs: item.bugs.map((one) => bug.parse(one)),
      })),
    })),
  };
}
