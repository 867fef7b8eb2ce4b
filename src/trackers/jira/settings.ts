import { z } from 'zod';
import { PROJECT_KEY } from './key.js';
import { jqlProblem } from './reading/jql.js';
import { normalizeSite } from './site.js';

const names = z.array(z.string().trim().min(1));

const variable = z
  .string()
  .regex(/^[A-Za-z_]\w*$/, { error: 'expected the name of an environment variable, not the token itself' });

const onOrField = z.union([z.boolean(), z.string().trim().min(1)]);

const bugs = z.strictObject({
  types: names.min(1).default(['Bug']).describe('Issue types that make an issue a bug, as the site calls them.'),
});

const closeAs = z.strictObject({
  resolutions: names
    .min(1)
    .default(["Won't Do", "Won't Fix"])
    .describe('Resolutions for closed bugs; the first that the transition takes.'),
  statuses: names
    .default(['Closed', 'Done'])
    .describe(
      'Statuses for closed bugs; the first that is offered. The name of a transition will do as well. Never a status that is not done.',
    ),
  fields: z
    .record(z.string().min(1), z.json())
    .optional()
    .describe('Further fields that the transition asks for, by field id, as the REST API takes them.'),
});

const targets = z.strictObject({
  sprint: onOrField.optional().describe('A sprint is a target too; the name of the field where it is not the usual one.'),
  dueDate: onOrField.optional().describe('A due date is a target too; the name of another date field, such as Target end.'),
  parent: onOrField
    .optional()
    .describe("The fix versions of the parent are targets too; the name of the field with the parent's key, such as Epic Link."),
});

/** The settings of a Jira tracker. */
export const jiraSettings = z.strictObject({
  type: z.literal('jira').describe('Jira Cloud or Jira Data Center; which of them is asked.'),
  url: z
    .string()
    .transform((url, context) => {
      const site = normalizeSite(url);
      if (site === null) {
        const message =
          'expected the https URL of the site, such as https://acme.atlassian.net (plain http only on this machine)';
        context.addIssue({ code: 'custom', message });
      }
      return site ?? url;
    })
    .describe('The site, with its context path: https://acme.atlassian.net, https://jira.example.com/jira.'),
  projects: z
    .array(z.string().regex(new RegExp(`^${PROJECT_KEY}$`, 'i'), { error: 'expected the key of a project, such as ERP' }))
    .min(1)
    .describe('The keys of the projects.'),
  bugs: bugs.prefault({}).describe('What makes an issue a bug.'),
  jql: z
    .string()
    .trim()
    .min(1)
    .superRefine((jql, context) => {
      const problem = jqlProblem(jql);
      if (problem) context.addIssue({ code: 'custom', message: `expected a condition that stands on its own, but ${problem}` });
    })
    .optional()
    .describe('Narrows the bugs further; always ANDed with our own conditions.'),
  inProgress: names
    .min(1)
    .optional()
    .describe('Statuses that say that somebody works on it. Default: all statuses of the category In Progress.'),
  blocks: names
    .default(['Block*'])
    .describe(
      'Names of link types, or of their outward side, that say that a bug blocks something; `*` stands for any characters.',
    ),
  closeAs: closeAs.prefault({}).describe('How bugs are closed.'),
  targets: targets.prefault({}).describe('What counts as a target besides the fix versions.'),
  serviceDesk: z
    .enum(['refuse', 'internal', 'public'])
    .default('refuse')
    .describe('In service projects a comment is mailed to the customer: do not close there, comment internally, or publicly.'),
  token: z
    .strictObject({ env: variable.describe('The environment variable that holds the API token or personal access token.') })
    .optional()
    .describe(
      'Where the token is. Default: JIRA_API_TOKEN with JIRA_EMAIL (Cloud), JIRA_TOKEN, or JIRA_USER and JIRA_PASSWORD (Data Center).',
    ),
  pace: z
    .string()
    .regex(/^\d+(\.\d+)?s$/, { error: 'expected seconds, such as 1s' })
    .default('1s')
    .describe('The least time between two writes.'),
});

/** See {@link jiraSettings}. */
export type JiraSettings = z.output<typeof jiraSettings>;
