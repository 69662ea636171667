import { expect, test } from 'vitest';
import { createSiteChoice } from '../../../entrypoints/background/site-choice.ts';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { createSettingsStore } from '../../../utils/settings/settings-store.ts';
import { createMemoryArea } from './memory-area.ts';

const acme = 'https://acme.example';
const bolt = 'https://bolt.example';

function setUp(managed?: unknown) {
  const settings = createSettingsStore(createMemoryArea(), createMemoryArea(), async () =>
    decodePolicy(managed),
  );
  const givenBack: (readonly string[])[] = [];
  const choose = createSiteChoice({
    settings,
    giveBack: async (origins) => void givenBack.push(origins),
  });
  const origins = async () => (await settings.read()).sites.map(({ origin }) => origin);
  return { settings, givenBack, choose, origins };
}

test('a site is added at the end, once, and keeps its relay', async () => {
  const { settings, choose, origins, givenBack } = setUp();
  await choose(acme, true);
  await settings.change((before) => ({
    ...before,
    sites: before.sites.map((site) => ({ ...site, relay: 'r2' })),
  }));
  await choose(bolt, true);
  await choose(acme, true);
  expect(await origins()).toEqual([acme, bolt]);
  expect((await settings.read()).sites[0]?.relay).toBe('r2');
  expect(givenBack).toEqual([]);
});

test('a site is taken out, and one that is not there changes nothing', async () => {
  const { choose, origins } = setUp();
  await choose(acme, true);
  await choose(bolt, false);
  await choose(acme, false);
  expect(await origins()).toEqual([]);
});

test.each(['https://*', 'https://acme.example/', 'file:///home', ''])('%j is no site', async (origin) => {
  const { choose, origins } = setUp();
  await choose(origin, true);
  expect(await origins()).toEqual([]);
});

test('where the administrator says which sites there are, another one keeps no permission', async () => {
  const { choose, origins, givenBack } = setUp({ locked: { sites: [{ origin: bolt }] } });
  await choose(acme, true);
  expect(await origins()).toEqual([bolt]);
  expect(givenBack).toEqual([[acme]]);
});
