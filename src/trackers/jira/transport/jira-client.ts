import JiraApi from 'jira-client';

/** A request as jira-client hands it to the transport that it was given. */
export interface ClientRequest {
  readonly uri: string;
  readonly method: string;
  readonly body?: unknown;
  readonly auth?: { readonly bearer?: string; readonly user?: string; readonly pass?: string };
  readonly signal: AbortSignal;
}

/** How jira-client is set up. With `request` it never touches the network by itself. */
export interface ClientOptions {
  readonly protocol: string;
  readonly host: string;
  readonly port: string | null;
  readonly base: string;
  readonly apiVersion: string;
  readonly username?: string;
  readonly password?: string;
  readonly bearer?: string;
  readonly request: (request: ClientRequest) => Promise<unknown>;
}

/** What we use of jira-client: URLs, credentials and the pipeline of a request. */
export interface JiraClient {
  makeUri(options: { pathname: string; intermediatePath?: string }): string;
  makeRequestHeader(uri: string, options: Omit<ClientRequest, 'uri' | 'auth'>): object;
  /** Resolves to what the transport resolved to. */
  doRequest(options: object): Promise<unknown>;
}

/**
 * A jira-client with our transport. The one file that imports the package: the build puts a bundle in its place, so that
 * installing bugprune brings in none of the package's own, outdated dependencies (docs/decisions/0002).
 */
export function jiraClient(options: ClientOptions): JiraClient {
  return new JiraApi(options);
}
