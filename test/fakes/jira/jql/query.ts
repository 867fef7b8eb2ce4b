/** A JQL query, understood. */
export interface JqlQuery {
  readonly where: Clause | null;
  readonly orderBy: readonly { readonly field: string; readonly direction: 'ASC' | 'DESC' | undefined }[];
}

export type Clause =
  | { readonly type: 'and' | 'or'; readonly clauses: readonly Clause[] }
  | { readonly type: 'not'; readonly clause: Clause }
  | Terminal;

export interface Terminal {
  readonly type: 'terminal';
  readonly field: string;
  readonly operator: Operator;
  readonly operand: Operand;
}

export type Operator = '=' | '!=' | '~' | '!~' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

export type Operand =
  | { readonly type: 'value'; readonly text: string }
  | { readonly type: 'empty' }
  | { readonly type: 'function'; readonly name: string; readonly args: readonly string[] }
  | { readonly type: 'list'; readonly items: readonly Operand[] };

/** A query that cannot be read; Jira answers 400 with the message. */
export class JqlSyntaxError extends Error {}

/** Real JQL that this stand-in has not learnt. It is a gap of ours, so tests must not mistake it for an answer of Jira's. */
export class JqlNotSupported extends Error {}
