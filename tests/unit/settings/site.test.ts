import { describe, expect, test } from 'vitest';
import { isSite, originOf, readSite, siteName, sitePattern } from '../../../utils/settings/site.ts';

describe('what is typed', () => {
  test.each([
    ['https://acme.zendesk.com', 'https://acme.zendesk.com'],
    ['  https://acme.zendesk.com/agent/tickets/1042?x=1#y  ', 'https://acme.zendesk.com'],
    ['acme.zendesk.com', 'https://acme.zendesk.com'],
    ['acme.zendesk.com/agent/tickets/1042', 'https://acme.zendesk.com'],
    ['ACME.Zendesk.COM', 'https://acme.zendesk.com'],
    ['https://acme.zendesk.com:443/', 'https://acme.zendesk.com'],
    ['https://crm.acme.example:8443/a', 'https://crm.acme.example:8443'],
    ['crm.acme.example:8443', 'https://crm.acme.example:8443'],
    ['http://crm/', 'http://crm'],
    ['crm:8080', 'https://crm:8080'],
    ['localhost:3000/tickets', 'http://localhost:3000'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['https://[2001:db8::1]/x', 'https://[2001:db8::1]'],
    ['192.168.0.7/crm', 'https://192.168.0.7'],
    ['https://agent:secret@crm.example/', 'https://crm.example'],
    ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
    ['https://chrome.google.com/', 'https://chrome.google.com'],
    ['https://microsoftedge.microsoft.com/', 'https://microsoftedge.microsoft.com'],
    ['https://mozilla.org', 'https://mozilla.org'],
  ])('%j is the site %s', (typed, origin) => {
    expect(readSite(typed)).toEqual({ ok: true, origin });
    expect(isSite(origin)).toBe(true);
  });

  test.each([
    ['', 'empty'],
    [' \n ', 'empty'],
    ['zendesk', 'not-an-address'],
    ['our crm', 'not-an-address'],
    ['https://', 'not-an-address'],
    ['https://a b.example', 'not-an-address'],
    ['https://*', 'not-an-address'],
    ['https://*.zendesk.com/*', 'not-an-address'],
    ['*.zendesk.com', 'not-an-address'],
    ['ftp://files.example', 'not-a-website'],
    ['wss://relay.example', 'not-a-website'],
    ['mailto:alice@acme.example', 'not-a-website'],
    ['javascript:alert(1)', 'not-a-website'],
    ['data:text/html,x', 'not-a-website'],
    ['blob:https://acme.example/1', 'not-a-website'],
    ['file:///home/alice/crm.html', 'file'],
    ['chrome://extensions', 'browser-page'],
    ['edge://settings', 'browser-page'],
    ['about:addons', 'browser-page'],
    ['view-source:https://acme.example', 'browser-page'],
    ['chrome-extension://abcdef/options.html', 'extension-page'],
    ['moz-extension://abcdef/options.html', 'extension-page'],
    ['https://chromewebstore.google.com/detail/x', 'extension-store'],
    ['chromewebstore.google.com', 'extension-store'],
    ['https://chrome.google.com/webstore/devconsole', 'extension-store'],
    ['https://addons.mozilla.org/en-US/firefox/', 'extension-store'],
    ['https://microsoftedge.microsoft.com/addons/detail/x', 'extension-store'],
  ])('%j is none: %s', (typed, problem) => {
    expect(readSite(typed)).toEqual({ ok: false, problem });
  });
});

test.each([
  ['https://acme.zendesk.com', true],
  ['https://acme.zendesk.com:443', false],
  ['https://acme.zendesk.com/', false],
  ['https://Acme.zendesk.com', false],
  ['https://*', false],
  ['acme.zendesk.com', false],
  ['https://chromewebstore.google.com', false],
])('%j stands for one site and nothing more: %j', (origin, expected) => {
  expect(isSite(origin)).toBe(expected);
});

test.each([
  ['https://acme.zendesk.com/agent/tickets/1', 'https://acme.zendesk.com'],
  ['about:blank', undefined],
  ['', undefined],
])('a page at %j belongs to the site %j', (url, origin) => {
  expect(originOf(url)).toBe(origin);
});

test.each([
  ['https://acme.zendesk.com', 'https://acme.zendesk.com/*', 'https://acme.zendesk.com/*'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/*', 'http://127.0.0.1/*'],
  ['http://[::1]:8080', 'http://[::1]:8080/*', 'http://[::1]/*'],
  ['http://[::1]', 'http://[::1]/*', 'http://[::1]/*'],
])('%s is asked for as %s in Chromium and as %s in Firefox', (origin, chromium, firefox) => {
  expect(sitePattern(origin, 'chromium')).toBe(chromium);
  expect(sitePattern(origin, 'firefox')).toBe(firefox);
});

test.each([
  ['https://acme.zendesk.com', 'acme.zendesk.com'],
  ['https://crm.example:8443', 'crm.example:8443'],
  ['http://localhost:3000', 'http://localhost:3000'],
])('%s is called %s', (origin, name) => {
  expect(siteName(origin)).toBe(name);
});
