/** What we use of jira-client, which has no types of its own. Those of @types/jira-client hide these methods and pull in more. */
declare module 'jira-client' {
  class JiraApi {
    constructor(options: object);
    makeUri(options: { pathname: string; intermediatePath?: string }): string;
    makeRequestHeader(uri: string, options: object): object;
    doRequest(options: object): Promise<unknown>;
  }
  export = JiraApi;
}
