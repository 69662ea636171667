/**
 * A policy of this computer in a real Firefox, which reads it when it starts and needs no schema of ours. Needs the
 * right to write into the browser's folder of policies, as root has it.
 */
import { afterAll, beforeAll, test } from 'vitest';
import { type FirefoxBrowser, findFirefox } from '../../demo/launcher/firefox-browser.ts';
import { acme, expectAcme } from './acme-policy.ts';
import { type PolicyFile, policyFileOf } from './managed-folder.ts';
import { openTestedFirefox } from './tested-browser.ts';
import { WAIT_MS } from './world.ts';

const GECKO_ID = 'earshot@earshot.invalid';

let file: PolicyFile;
let browser: FirefoxBrowser | undefined;

beforeAll(async () => {
  file = policyFileOf(findFirefox(process.env));
  file.write({ policies: { '3rdparty': { Extensions: { [GECKO_ID]: acme } } } });
  browser = await openTestedFirefox();
});
afterAll(async () => {
  file.remove();
  await browser?.close();
});

test('what is locked holds, cannot be changed, and says by whom', async () => {
  if (browser === undefined) throw new Error('Firefox did not start.');
  const page = await browser.newPage(browser.url('options.html'));
  await page.waitForSelector('#keep-minutes', { timeout: WAIT_MS });
  await expectAcme(page);
});
