/** What is measured, each where its lines are shown, and begun anew for every turn. */
import type { Frame, Page } from 'puppeteer-core';
import { showCall } from '../../tests/e2e/world.ts';
import type { BenchBrowser } from './bench-browser.ts';
import { clearFloor, openFloor } from './floor-page.ts';
import { beginNaiveTurn, NAIVE_HOST, openNaiveSidebar } from './naive-sidebar.ts';
import type { Road } from './sender-messages.ts';
import { openShortestRoad } from './shortest-road.ts';

export type SubjectName = 'floor' | 'road' | 'naive' | 'sidebar';

export type Subject = {
  name: SubjectName;
  road: Road;
  /** The tab that has to be in front. */
  page: Page;
  /** Where its lines are painted. */
  place: Page | Frame;
  /** A selector of the element in whose shadow root they are. */
  host: string | undefined;
  /** Shows a call that begins now, with one line in it, or begins anew with an empty list. */
  begin(call: string): Promise<void>;
};

export async function openSubject(world: BenchBrowser, name: SubjectName): Promise<Subject> {
  const { browser, sender } = world;
  switch (name) {
    case 'floor': {
      const page = await browser.newPage(sender.bareUrl);
      await openFloor(page, sender.bareUrl);
      return { name, road: 'floor', page, place: page, host: undefined, begin: () => clearFloor(page) };
    }
    case 'road': {
      const { page, frame } = await openShortestRoad(browser, sender.bareUrl);
      const begin = () => frame.$eval('div', (list) => list.replaceChildren());
      return { name, road: 'road', page, place: frame, host: undefined, begin };
    }
    case 'naive': {
      const page = await browser.newPage(world.crmUrl);
      await openNaiveSidebar(page, sender.bareUrl);
      const begin = () => beginNaiveTurn(page);
      return { name, road: 'naive', page, place: page, host: NAIVE_HOST, begin };
    }
    case 'sidebar': {
      const { page, sidebar } = await world.openCrmWithSidebar();
      return {
        name,
        road: 'relay',
        page,
        place: sidebar,
        host: undefined,
        async begin(call) {
          await sender.fill('relay', call, 0, 1);
          await showCall(sidebar, call);
        },
      };
    }
  }
}
