/** What a repository tells about itself: whether it can be read at all, and what we may do in it. */
const FACTS = `fragment Facts on Repository {
  nameWithOwner isArchived hasIssuesEnabled viewerPermission
  milestones { totalCount }
}`;

const ITEM_TYPES = `[ISSUE_COMMENT, LABELED_EVENT, UNLABELED_EVENT, ASSIGNED_EVENT, UNASSIGNED_EVENT, MILESTONED_EVENT,
  DEMILESTONED_EVENT, RENAMED_TITLE_EVENT, TRANSFERRED_EVENT, CLOSED_EVENT, REOPENED_EVENT]`;

const ACTOR = '{ __typename login }';

const ASSIGNEE =
  'assignee { ... on User { login } ... on Bot { login } ... on Mannequin { login } ... on Organization { login } }';

/** Fields that older GitHub Enterprise Servers lack, and whether a server has them. */
export interface Fields {
  /** `closedByPullRequestsReferences` of an issue. */
  readonly closers: boolean;
  /** `fullDatabaseId` of a comment. */
  readonly commentIds: boolean;
}

/** What github.com has. */
export const ALL_FIELDS: Fields = { closers: true, commentIds: true };

/** The names of the fields that a server knows. It allows two `__type` in a query. Source: github.com/cli/cli, feature_detection.go. */
export const FIELDS = `query Fields {
  issue: __type(name: "Issue") { fields { name } }
  comment: __type(name: "IssueComment") { fields { name } }
}`;

const timeline = ({ commentIds }: Fields) => `fragment Timeline on IssueTimelineItemsConnection {
  pageInfo { hasPreviousPage startCursor }
  nodes {
    __typename
    ... on IssueComment { createdAt ${commentIds ? 'fullDatabaseId' : ''} author ${ACTOR} viewerDidAuthor body }
    ... on LabeledEvent { createdAt actor ${ACTOR} label { name } }
    ... on UnlabeledEvent { createdAt actor ${ACTOR} label { name } }
    ... on AssignedEvent { createdAt actor ${ACTOR} ${ASSIGNEE} }
    ... on UnassignedEvent { createdAt actor ${ACTOR} ${ASSIGNEE} }
    ... on MilestonedEvent { createdAt actor ${ACTOR} milestoneTitle }
    ... on DemilestonedEvent { createdAt actor ${ACTOR} milestoneTitle }
    ... on RenamedTitleEvent { createdAt actor ${ACTOR} currentTitle previousTitle }
    ... on TransferredEvent { createdAt actor ${ACTOR} }
    ... on ClosedEvent { createdAt actor ${ACTOR} stateReason }
    ... on ReopenedEvent { createdAt actor ${ACTOR} }
  }
}`;

/** Who we are. REST's `GET /user` does not answer to the tokens of apps and workflows, this does. */
export const VIEWER = 'query Viewer { viewer { login } }';

/** The facts about one repository. A renamed one is found under its old name, and tells its new one. */
export const REPOSITORY_FACTS = `query RepositoryFacts($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) { ...Facts }
}
${FACTS}`;

/**
 * The same facts about a page of the repositories of an organization, and how many open issues each has. A page is one request and
 * costs two points of 5,000 an hour at most: GitHub counts one for a hundred connections. Source: its documentation, "Rate limits
 * and query limits for the GraphQL API".
 */
export const ORGANIZATION = `query Organization($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 100, after: $after, orderBy: { field: NAME, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes { ...Facts issues(states: OPEN) { totalCount } }
    }
  }
}
${FACTS}`;

/** A repository with the names that are used in it, a page of labels and of milestones, and what is left of our rate limit. */
export const REPOSITORY_NAMES = `query RepositoryNames($owner: String!, $name: String!, $labels: String, $milestones: String) {
  rateLimit { limit remaining resetAt }
  repository(owner: $owner, name: $name) {
    ...Facts
    owner { __typename login }
    labels(first: 100, after: $labels) { pageInfo { hasNextPage endCursor } nodes { name } }
    targets: milestones(first: 100, after: $milestones) { pageInfo { hasNextPage endCursor } nodes { title state } }
  }
}
${FACTS}`;

const CLOSERS = `closedByPullRequestsReferences(first: 10, includeClosedPrs: false) {
        nodes { number state repository { nameWithOwner } }
      }`;

/** The newest part of the histories of some issues and, where asked for, the facts about their repositories. */
export function histories(fields: Fields): string {
  return `query Histories($ids: [ID!]!, $facts: Boolean!) {
  nodes(ids: $ids) {
    __typename
    ... on Issue {
      id
      ${fields.closers ? CLOSERS : ''}
      repository @include(if: $facts) { ...Facts }
      timelineItems(last: 100, itemTypes: ${ITEM_TYPES}) { ...Timeline }
    }
  }
}
${FACTS}
${timeline(fields)}`;
}

/** Earlier parts of the histories of `count` issues, each with a cursor of its own: `$id0 $before0 …`, answered as `issue0 …`. */
export function earlierHistories(count: number, fields: Fields): string {
  const indices = Array.from({ length: count }, (_, index) => index);
  const variables = indices.map((index) => `$id${index}: ID!, $before${index}: String!`).join(', ');
  const issues = indices.map(
    (index) => `issue${index}: node(id: $id${index}) {
    ... on Issue { timelineItems(last: 100, before: $before${index}, itemTypes: ${ITEM_TYPES}) { ...Timeline } }
  }`,
  );
  return `query EarlierHistories(${variables}) {
  ${issues.join('\n  ')}
}
${timeline(fields)}`;
}
