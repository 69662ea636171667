import { describe, expect, test } from 'vitest';
import { createInsertions } from '../../../entrypoints/background/insertions.ts';
import type { ToOverlayPort } from '../../../utils/messaging/overlay-messages.ts';
import type { ToSidebar } from '../../../utils/messaging/sidebar-port.ts';
import { createHandClock } from './hand-clock.ts';

function setUp() {
  const clock = createHandClock();
  const sent: [number, ToOverlayPort][] = [];
  const insertions = createInsertions({
    tellOverlay(tabId, message) {
      if (tabId === 404) return false;
      sent.push([tabId, message]);
      return true;
    },
    setTimer: clock.setTimer,
  });
  function ask(request: string, tabId: number | undefined) {
    const told: ToSidebar[] = [];
    const sidebar = {
      surface: 'overlay',
      tabId: 1,
      tell: (message: ToSidebar) => void told.push(message),
    } as const;
    insertions.insert(
      { type: 'insert', request, targetId: 't', text: 'hello', ownLine: true },
      sidebar,
      tabId,
    );
    return told;
  }
  const requestAt = (at: number) => {
    const message = sent[at]?.[1];
    return message?.type === 'overlay:insert' ? message.request : '';
  };
  return { clock, sent, insertions, ask, requestAt };
}

const answer = (request: string, outcome: string) => ({ type: 'inserted', request, outcome });

describe('an insertion', () => {
  test('goes to the page, and its answer to the sidebar that asked', () => {
    const { sent, insertions, ask, requestAt } = setUp();
    const told = ask('a', 1);
    expect(sent).toEqual([
      [1, { type: 'overlay:insert', request: requestAt(0), targetId: 't', text: 'hello', ownLine: true }],
    ]);
    insertions.answered(1, requestAt(0), 'inserted');
    insertions.answered(1, requestAt(0), 'not-taken');
    expect(told).toEqual([answer('a', 'inserted')]);
  });

  test('keeps apart two sidebars that chose the same name', () => {
    const { insertions, ask, requestAt } = setUp();
    const [one, other] = [ask('a', 1), ask('a', 1)];
    insertions.answered(1, requestAt(1), 'partly');
    expect(one).toEqual([]);
    expect(other).toEqual([answer('a', 'partly')]);
  });

  test.each([
    ['no page is known', undefined],
    ['no script listens in the page', 404],
  ])('is told at once that %s', (_name, tabId) => {
    const { ask } = setUp();
    expect(ask('a', tabId)).toEqual([answer('a', 'no-page')]);
  });

  test('of a page that hangs is given up, and a late answer is nobody’s', async () => {
    const { clock, insertions, ask, requestAt } = setUp();
    const told = ask('a', 1);
    await clock.elapse(60_000);
    insertions.answered(1, requestAt(0), 'inserted');
    expect(told).toEqual([answer('a', 'no-page')]);
  });

  test('is answered by no other page', () => {
    const { insertions, ask, requestAt } = setUp();
    const told = ask('a', 1);
    insertions.answered(2, requestAt(0), 'inserted');
    expect(told).toEqual([]);
  });
});
