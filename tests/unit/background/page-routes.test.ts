import { expect, test } from 'vitest';
import { createPageRoutes } from '../../../entrypoints/background/page-routes.ts';
import type { OpenSidebar } from '../../../entrypoints/background/sidebar-hub.ts';
import type { ToSidebar } from '../../../utils/messaging/sidebar-port.ts';

const acme = 'https://acme.example';
const bolt = 'https://bolt.example';

function setUp(origins: Record<number, string>, always: readonly string[]) {
  const told: ToSidebar[] = [];
  const overlay: OpenSidebar = { surface: 'overlay', tabId: 1, tell: (message) => told.push(message) };
  const panel: OpenSidebar = { ...overlay, surface: 'panel', tabId: undefined };
  const open: OpenSidebar[] = [];
  const routes = createPageRoutes(() => ({
    sidebars: () => open,
    overlays: {
      originOf: (tabId) => origins[tabId],
      pageOf: () => undefined,
      targetOf: () => undefined,
      tabs: () => [],
    },
    frontTab: { tabId: () => 2 },
    hasOwnSidebar: () => true,
    isAlways: (origin) => always.includes(origin),
    remove: () => {},
  }));
  const sites = () => told.flatMap((message) => (message.type === 'site' ? [message.site] : []));
  return { routes, open, overlay, panel, sites };
}

test.each([
  ['an overlay', 'overlay', { 1: acme, 2: bolt }, { origin: acme, always: true }],
  ['a panel', 'panel', { 1: acme, 2: bolt }, { origin: bolt, always: false }],
  ['a panel beside a page that is not known', 'panel', { 1: acme }, undefined],
  ['an overlay in a file', 'overlay', { 1: 'null' }, undefined],
] as const)('%s is told the site of its page', (_, surface, origins, expected) => {
  const { routes, sites, ...sidebars } = setUp(origins, [acme]);
  routes.tellPage(sidebars[surface]);
  expect(sites()).toEqual([expected]);
});

test('every open sidebar is told when the sites have changed', () => {
  const { routes, open, overlay, panel, sites } = setUp({ 1: acme, 2: bolt }, [bolt]);
  open.push(overlay, panel);
  routes.sitesChanged();
  expect(sites()).toEqual([
    { origin: acme, always: false },
    { origin: bolt, always: true },
  ]);
});
