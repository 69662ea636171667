import { signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import { tellView } from '../../../components/sidebar/tell-view.ts';
import type { FromSidebar } from '../../../utils/messaging/sidebar-port.ts';
import type { View } from '../../../utils/messaging/surface.ts';
import { createHandClock } from '../background/hand-clock.ts';

const TELL_AFTER_MS = 300;
const first: View = { callId: 'c1', mode: 'record', collapsed: false };

function setUp(isComplete = true) {
  const clock = createHandClock();
  const view = signal<View>(first);
  const complete = signal(isComplete);
  const said: FromSidebar[] = [];
  const tellNow = tellView({
    view,
    complete,
    say: (message) => said.push(message) > 0,
    setTimer: clock.setTimer,
  });
  return {
    clock,
    view,
    complete,
    tellNow,
    said,
    told: () => said.map((message) => (message.type === 'view' ? message.view : message)),
    change(part: Partial<View>): void {
      view.value = { ...view.peek(), ...part };
    },
  };
}

describe('what is read', () => {
  test('is told a while after it changed, as it is by then', async () => {
    const { clock, said, change } = setUp();
    await clock.elapse(TELL_AFTER_MS);
    said.length = 0;
    change({ callId: 'c2' });
    await clock.elapse(TELL_AFTER_MS - 1);
    change({ anchor: { index: 4, offsetPx: 2 } });
    expect(said).toEqual([]);
    await clock.elapse(1);
    expect(said).toEqual([
      { type: 'view', view: { ...first, callId: 'c2', anchor: { index: 4, offsetPx: 2 } } },
    ]);
  });

  test('is told at once by a page that goes, but not before everything is here', () => {
    const { told, change, tellNow } = setUp();
    change({ callId: 'c2' });
    tellNow();
    expect(told()).toEqual([{ ...first, callId: 'c2' }]);
    const early = setUp(false);
    early.tellNow();
    expect(early.told()).toEqual([]);
  });

  test('is told as soon as the pill is painted when the sidebar shrinks, and at once when it grows', async () => {
    const { clock, told, change } = setUp();
    change({ collapsed: true });
    expect(told()).toEqual([]);
    await clock.elapse(50);
    expect(told()).toEqual([{ ...first, collapsed: true }]);
    change({ collapsed: false });
    expect(told()).toEqual([{ ...first, collapsed: true }, first]);
  });

  test('is told once, also when it shrank while a change was waiting', async () => {
    const { clock, told, change } = setUp();
    change({ callId: 'c2' });
    change({ collapsed: true });
    await clock.elapse(10 * TELL_AFTER_MS);
    expect(told()).toEqual([{ ...first, callId: 'c2', collapsed: true }]);
  });

  test('is not told again where it came back to what was told', async () => {
    const { clock, told, change } = setUp();
    await clock.elapse(TELL_AFTER_MS);
    change({ callId: 'c2' });
    change({ callId: 'c1' });
    await clock.elapse(TELL_AFTER_MS);
    expect(told()).toEqual([first]);
  });

  test('is told as often as it changes slowly', async () => {
    const { clock, told, change } = setUp();
    for (const search of ['c', 'ca', 'car']) {
      change({ search });
      await clock.elapse(TELL_AFTER_MS);
    }
    expect(told().map((view) => 'search' in view && view.search)).toEqual(['c', 'ca', 'car']);
  });

  test('in a flood of steps is told no more often than once in that while', async () => {
    const { clock, told, change } = setUp();
    for (let step = 0; step < 30; step += 1) {
      change({ anchor: { index: step, offsetPx: 0 } });
      await clock.elapse(TELL_AFTER_MS / 10);
    }
    await clock.elapse(TELL_AFTER_MS);
    expect(told().length).toBeLessThanOrEqual(4);
    expect(told().at(-1)).toEqual({ ...first, anchor: { index: 29, offsetPx: 0 } });
  });
});

describe('before everything is here', () => {
  test('nothing is told, however it changes', async () => {
    const { clock, said, change } = setUp(false);
    change({ callId: 'c2' });
    change({ collapsed: true });
    await clock.elapse(10 * TELL_AFTER_MS);
    expect(said).toEqual([]);
  });

  test('and then what there is by then', async () => {
    const { clock, told, change, complete } = setUp(false);
    change({ callId: 'c2' });
    complete.value = true;
    await clock.elapse(TELL_AFTER_MS);
    expect(told()).toEqual([{ ...first, callId: 'c2' }]);
  });
});
