import { z } from 'zod';
import { isSafeUrl } from './address.js';
import { OWNER, REPOSITORY } from './ref.js';

const names = z.array(z.string().trim().min(1));

const repository = z
  .string()
  .regex(new RegExp(`^${OWNER}/${REPOSITORY}$`), { error: 'expected a repository as owner/name, such as acme/app' });

const bugs = z
  .strictObject({
    labels: names.default([]).describe('Labels that make an issue a bug.'),
    types: names.default([]).describe('Issue types that make an issue a bug.'),
  })
  .refine(({ labels, types }) => labels.length + types.length > 0, { error: 'expected at least one label or type' });

const closeAs = z.strictObject({
  reason: z.literal('not_planned').default('not_planned').describe('The reason that GitHub records for closing.'),
  label: z.string().trim().min(1).optional().describe('A label to put on closed bugs.'),
});

const token = z.strictObject({
  env: z
    .string()
    .regex(/^[A-Za-z_]\w*$/, { error: 'expected the name of an environment variable, not the token itself' })
    .describe('The environment variable that holds the token.'),
});

/** The settings of a GitHub tracker. */
export const githubSettings = z
  .strictObject({
    type: z.literal('github').describe('GitHub or GitHub Enterprise.'),
    url: z
      .string()
      .refine(isSafeUrl, { error: 'expected an https URL, such as https://HOST/api/v3 (plain http only on this machine)' })
      .optional()
      .describe('The API. Default: GITHUB_API_URL, else https://api.github.com. GitHub Enterprise Server: https://HOST/api/v3.'),
    repos: z.array(repository).min(1).optional().describe('The repositories, as owner/name. Either these or org.'),
    org: z
      .string()
      .regex(new RegExp(`^${OWNER}$`), { error: 'expected the name of an organization' })
      .optional()
      .describe('An organization: all its repositories that are not archived.'),
    include: names.min(1).optional().describe('With org: only repositories with these names; `*` stands for any characters.'),
    exclude: names.min(1).optional().describe('With org: no repositories with these names; `*` stands for any characters.'),
    bugs: bugs
      .default({ labels: ['bug'], types: ['Bug'] })
      .describe('What makes an issue a bug: any of these. Naming labels or types replaces the defaults of both.'),
    priority: z
      .record(z.string().min(1), names.min(1))
      .default({})
      .describe('Priorities, and the labels that stand for them; the first that fits counts. Issue fields are read too.'),
    inProgress: names.default(['in progress']).describe('Labels that say that somebody works on it.'),
    closeAs: closeAs.prefault({}).describe('How bugs are closed.'),
    token: token
      .optional()
      .describe(
        'Where the token is. Default: GITHUB_TOKEN or GH_TOKEN (another server than github.com: GH_ENTERPRISE_TOKEN), then what `gh auth token` prints.',
      ),
    pace: z
      .string()
      .regex(/^\d+(\.\d+)?s$/, { error: 'expected seconds, such as 1s' })
      .default('1s')
      .describe('The least time between two writes.'),
  })
  .superRefine(({ repos, org, include, exclude }, context) => {
    if (repos && org) context.addIssue({ code: 'custom', message: 'expected either repos or org, not both', path: ['org'] });
    if (!repos && !org) context.addIssue({ code: 'custom', message: 'expected repos (owner/name) or org', path: ['repos'] });
    if (org) return;
    if (include) context.addIssue({ code: 'custom', message: 'expected only together with org', path: ['include'] });
    if (exclude) context.addIssue({ code: 'custom', message: 'expected only together with org', path: ['exclude'] });
  });

/** See {@link githubSettings}. */
export type GithubSettings = z.output<typeof githubSettings>;
