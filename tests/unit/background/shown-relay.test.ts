import { expect, test } from 'vitest';
import { createShownRelay } from '../../../entrypoints/background/shown-relay.ts';
import type { OpenSidebar } from '../../../entrypoints/background/sidebar-hub.ts';
import { decodeSettings } from '../../../utils/settings/settings.ts';

const acme = 'https://acme.test';
const relays = [{ id: 'one' }, { id: 'two' }, { id: 'three' }];
const several = { relays, defaultRelay: 'two', sites: [{ origin: acme, relay: 'three' }] };

type Given = { settings?: unknown; choices?: Record<string, string>; origin?: string; front?: number };

function setUp({ settings = several, choices = {}, origin, front }: Given) {
  const known = decodeSettings(settings);
  return createShownRelay({
    settings: () => known,
    choices: { get: (place) => choices[place] },
    originOf: () => origin,
    pageTab: ({ surface, tabId }) => (surface === 'overlay' ? tabId : front),
  });
}

function sidebar(surface: OpenSidebar['surface'], tabId?: number): OpenSidebar {
  return { surface, tabId, tell() {} };
}

test.each<[string, Given, string | undefined]>([
  ['the default', { origin: 'https://other.test' }, 'two'],
  ['the first where no default is set', { settings: { relays } }, 'one'],
  ['that of its site', { origin: acme }, 'three'],
  ['the one that was chosen there', { origin: acme, choices: { 'tab 1': 'one' } }, 'one'],
  ['none of another tab’s', { origin: acme, choices: { 'tab 2': 'one', panel: 'one' } }, 'three'],
  ['none that was removed', { origin: acme, choices: { 'tab 1': 'gone' } }, 'three'],
  [
    'the default where its site’s was removed',
    { settings: { ...several, sites: [{ origin: acme, relay: 'gone' }] }, origin: acme },
    'two',
  ],
  ['nothing yet while its site is not known', {}, undefined],
  ['the default without its site, where no site has a relay', { settings: { ...several, sites: [] } }, 'two'],
  ['none where none is set', { settings: {} }, ''],
])('a tab shows %s', (_name, given, expected) => {
  expect(setUp(given).inTab(1)).toBe(expected);
});

test.each<[string, Given, OpenSidebar, string]>([
  ['an overlay: as its tab', { origin: acme }, sidebar('overlay', 1), 'three'],
  ['a panel: as the page in front', { origin: acme, front: 1 }, sidebar('panel'), 'three'],
  [
    'a panel: as was chosen for the page in front',
    { front: 1, choices: { 'tab 1': 'one' } },
    sidebar('panel'),
    'one',
  ],
  [
    'a window: as was chosen for it',
    { origin: acme, front: 1, choices: { window: 'one' } },
    sidebar('window', 9),
    'one',
  ],
  ['a window without a page: the default', {}, sidebar('window', 9), 'two'],
  ['a panel, none set', { settings: {} }, sidebar('panel'), ''],
])('%s', (_name, given, where, expected) => {
  expect(setUp(given).inSidebar(where)).toBe(expected);
});
