import { z } from 'zod';

/** See {@link FileSettings}. */
export const fileSettings = z.strictObject({
  type: z.literal('file').describe('A snapshot file, as `bugprune snapshot` writes it.'),
  path: z.string().min(1).describe('The file (NDJSON). A relative path starts at the folder of the configuration.'),
});

/** Settings of the snapshot tracker. */
export type FileSettings = z.output<typeof fileSettings>;
