import type { BrowserContext, Page } from 'playwright/test';

/** What went wrong in the pages of a test, seen by the browser. */
export interface Problems {
  /** Says that problems like this belong to the test. */
  allow(...patterns: readonly RegExp[]): void;
  /** What was not allowed. */
  unexpected(): string[];
}

/** A page that is left or loaded again drops its stream of events and what is still under way. */
const leftBehind = /^request failed: net::ERR_ABORTED /;

function watchPage(page: Page, note: (problem: string) => void): void {
  page.on('console', (message) => {
    if (message.type() === 'error') note(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('crash', () => note('the page crashed'));
}

/** Console errors, exceptions, violations of the content security policy, failed requests and error statuses. */
export function watchProblems(context: BrowserContext): Problems {
  const found: string[] = [];
  const allowed: RegExp[] = [leftBehind];
  const note = (problem: string) => void found.push(problem);
  context.on('page', (page) => watchPage(page, note));
  context.on('weberror', (error) => note(`exception: ${error.error().message}`));
  context.on('requestfailed', (request) =>
    note(`request failed: ${request.failure()?.errorText ?? ''} ${request.url()}`),
  );
  context.on('response', (response) => {
    if (response.status() >= 400) note(`status ${response.status()}: ${response.url()}`);
  });
  return {
    allow: (...patterns) => void allowed.push(...patterns),
    unexpected: () => found.filter((problem) => !allowed.some((pattern) => pattern.test(problem))),
  };
}

/** What a browser says while nobody listens at the other end. */
export const outage = [
  /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING|NETWORK_CHANGED|SOCKET_NOT_CONNECTED)/,
];
/** What it says while its token is not the host's. */
export const strangerProblems = [/status 401/, /the server responded with a status of 401/];
