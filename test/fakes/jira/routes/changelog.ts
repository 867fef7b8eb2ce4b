import type { FakeHistory, FakeIssue } from '../model.js';
import { bulkHistoryJson, historyJson } from '../render/comments.js';
import { type Answer, NO_ISSUE, ok, recordOf, refuse, textsOf } from '../request.js';
import { pageLength, type Session, self, visibleIssue } from '../session.js';

/** Cloud: the history of one issue, oldest first, at most 100 a page. */
export function changelog(session: Session, key: string): Answer {
  const found = visibleIssue(session, key);
  if (!found) return NO_ISSUE;
  const { query } = session.request;
  const { histories, id } = found.issue;
  const startAt = Number(query.get('startAt') ?? 0);
  const maxResults = pageLength(session, query.get('maxResults'), 100, 100);
  const values = histories.slice(startAt, startAt + maxResults).map((history) => historyJson(session, history));
  const isLast = startAt + values.length >= histories.length;
  return ok({ self: self(session, `issue/${id}/changelog`), startAt, maxResults, total: histories.length, isLast, values });
}

interface Row {
  readonly issue: FakeIssue;
  readonly history: FakeHistory;
}

/**
 * Cloud: the histories of many issues, ordered by time across all of them, so that one issue's history may be split across
 * pages. Issues that do not exist for the viewer are left out without a word.
 */
export function bulkChangelog(session: Session): Answer {
  const body = recordOf(session.request.body);
  const keys = textsOf(body.issueIdsOrKeys);
  if (keys.length === 0 || keys.length > 1000) return refuse(400, 'Between 1 and 1000 issue ids or keys must be given.');
  const fieldIds = textsOf(body.fieldIds);
  if (fieldIds.length > 10) return refuse(400, 'At most 10 field ids may be given.');
  const rows = rowsOf(session, keys, fieldIds);
  const start = typeof body.nextPageToken === 'string' ? Number(Buffer.from(body.nextPageToken, 'base64').toString()) : 0;
  if (Number.isNaN(start)) return refuse(400, 'The provided next page token is invalid or expired.');
  const end = start + pageLength(session, body.maxResults, 1000, 10_000);
  const next = end < rows.length ? { nextPageToken: Buffer.from(String(end)).toString('base64') } : {};
  return ok({ issueChangeLogs: grouped(session, rows.slice(start, end)), ...next });
}

function rowsOf(session: Session, keys: readonly string[], fieldIds: readonly string[]): Row[] {
  const issues = new Set(keys.flatMap((key) => visibleIssue(session, key)?.issue ?? []));
  const wanted = ({ items }: FakeHistory): boolean =>
    fieldIds.length === 0 || items.some(({ fieldId }) => fieldId !== undefined && fieldIds.includes(fieldId));
  const rows = [...issues].flatMap((issue) => issue.histories.filter(wanted).map((history) => ({ issue, history })));
  return rows.sort((a, b) => a.history.created - b.history.created || Number(a.issue.id) - Number(b.issue.id));
}

function grouped(session: Session, rows: readonly Row[]): object[] {
  const groups = new Map<string, object[]>();
  for (const { issue, history } of rows) {
    const group = groups.get(issue.id) ?? [];
    group.push(bulkHistoryJson(session, history));
    groups.set(issue.id, group);
  }
  return [...groups].map(([issueId, changeHistories]) => ({ issueId, changeHistories }));
}
