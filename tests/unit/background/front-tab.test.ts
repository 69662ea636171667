import { expect, test } from 'vitest';
import { createFrontTab, type FrontTabDeps } from '../../../entrypoints/background/front-tab.ts';

function setUp(given: Partial<FrontTabDeps> = {}) {
  const done: string[] = [];
  const front = createFrontTab({
    isWanted: () => true,
    lastActiveTab: async () => 5,
    hasOverlay: () => false,
    inject: async (tabId) => void done.push(`inject ${tabId}`),
    changed: () => done.push('changed'),
    ...given,
  });
  return { front, done };
}

test('a sidebar beside the pages has the one in front, with our script in it', async () => {
  const { front, done } = setUp();
  await front.look();
  expect(front.tabId()).toBe(5);
  expect(done).toEqual(['changed', 'inject 5']);
});

test.each<[string, Partial<FrontTabDeps>, string[]]>([
  ['no sidebar stands beside the pages', { isWanted: () => false }, []],
  ['the script is there already', { hasOverlay: () => true }, ['changed']],
  ['no tab is in front', { lastActiveTab: async () => undefined }, ['changed']],
  [
    'the browser does not say which tab is',
    { lastActiveTab: () => Promise.reject(new Error('no')) },
    ['changed'],
  ],
  ['the browser does not let us in', { inject: () => Promise.reject(new Error('no')) }, ['changed']],
])('nothing is put into a page where %s', async (_name, given, expected) => {
  const { front, done } = setUp(given);
  await front.look();
  expect(done).toEqual(expected);
});
