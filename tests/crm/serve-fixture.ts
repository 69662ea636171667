/** Lets a page under any address of the world be one of ours, and nothing else of the world be reached. */
import type { HTTPRequest, Page } from 'puppeteer-core';

/** Gives back what ends it. */
export async function serveFixture(page: Page, address: string, html: string): Promise<() => Promise<void>> {
  const { origin } = new URL(address);
  const answer = (request: HTTPRequest) => {
    const isOurs = request.isNavigationRequest() && request.url().startsWith(`${origin}/`);
    const answered = isOurs
      ? request.respond({ contentType: 'text/html; charset=utf-8', body: html })
      : request.url().startsWith('http')
        ? request.abort()
        : request.continue();
    // A request may go with its page before it is answered. One that stays unanswered shows: nothing loads.
    answered.catch(() => {});
  };
  page.on('request', answer);
  await page.setRequestInterception(true);
  return async () => {
    page.off('request', answer);
    await page.setRequestInterception(false);
  };
}
