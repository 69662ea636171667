/** Lets a page under any address of the world be one of ours, and nothing else of the world be reached. */
import type { HTTPRequest, Page } from 'puppeteer-core';

/** Gives back what ends it. */
export async function serveFixture(page: Page, address: string, html: string): Promise<() => Promise<void>> {
  const { origin } = new URL(address);
  const answer = (request: HTTPRequest) => {
    if (request.isNavigationRequest() && request.url().startsWith(`${origin}/`)) {
      return void request.respond({ contentType: 'text/html; charset=utf-8', body: html });
    }
    return void (request.url().startsWith('http') ? request.abort() : request.continue());
  };
  page.on('request', answer);
  await page.setRequestInterception(true);
  return async () => {
    page.off('request', answer);
    await page.setRequestInterception(false);
  };
}
