import { signal } from '@preact/signals';
import { describe, expect, test, vi } from 'vitest';
import type { DemoCall } from '../../../components/sidebar/demo-call.ts';
import { createSidebarModel } from '../../../components/sidebar/model.ts';
import { createSidebarState } from '../../../components/sidebar/sidebar-state.ts';
import type { View } from '../../../utils/messaging/surface.ts';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import { change, line, lines, status, take } from './call-changes.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({
  words: (key: string) => key,
  uiLanguage: () => 'en',
}));

const view: View = {
  callId: 'c1',
  mode: 'pinned',
  anchor: { index: 3, offsetPx: 4 },
  search: 'line',
  collapsed: true,
};

function setUp(given?: View) {
  const model = createSidebarModel();
  const state = createSidebarState(model, signal(decodePreferences(undefined)), {
    say: () => true,
    copy: () => true,
    pasteKeys: 'Ctrl+V',
    newId: () => '1',
    setTimer: (run, ms) => setTimeout(run, ms),
  });
  model.take({ type: 'reset', status, view: given });
  take(model, change('c1', lines(0, 9), { phase: 'ended' }));
  model.take({ type: 'complete' });
  return { model, state };
}

function demoOf(id: string): DemoCall & { stopped: boolean } {
  const model = createSidebarModel();
  take(model, change(id, lines(0, 2)));
  const demo = {
    model,
    stopped: false,
    stop() {
      demo.stopped = true;
    },
  };
  return demo;
}

describe('what was read last', () => {
  test('is gone on with, all of it', () => {
    const { state } = setUp(view);
    expect([state.collapsed.value, state.anchorOf('c1')]).toEqual([true, view.anchor]);
    expect(state.search.target.value).toEqual({ kind: 'text', text: 'line' });
    expect(state.view.value).toEqual(view);
  });

  test('is gone on with once: what the reader does since stays while lines come', () => {
    const { model, state } = setUp(view);
    state.collapsed.value = false;
    state.place('c1', undefined);
    state.search.close();
    take(model, change('c1', [line(9, 'caller', 'one line more')], { phase: 'ended' }));
    take(model, change('c1', [line(10, 'caller', 'one line more')], { phase: 'ended' }));
    expect([state.collapsed.value, state.anchorOf('c1')]).toEqual([false, undefined]);
    expect(state.search.target.value).toBeUndefined();
  });

  test('that was searched is found as soon as the lines are here', () => {
    const { state } = setUp(view);
    expect(state.search.total.value).toBe(9);
    expect(state.search.current.value).toBeUndefined();
  });

  test('is nothing in a new sidebar', () => {
    const { state } = setUp();
    expect(state.view.value).toEqual({ callId: 'c1', mode: 'record', collapsed: false });
  });
});

describe('a demo call', () => {
  test('is shown in the place of the real ones, and is nothing to come back to', () => {
    const { state } = setUp();
    state.setDemo(demoOf('demo'));
    expect(state.shown.value?.summary.value.id).toBe('demo');
    expect(state.view.value.callId).toBe('c1');
    state.setDemo(undefined);
    expect(state.shown.value?.summary.value.id).toBe('c1');
  });

  test('is stopped when it goes or another is played', () => {
    const { state } = setUp();
    const [one, other] = [demoOf('one'), demoOf('other')];
    state.setDemo(one);
    state.setDemo(other);
    expect([one.stopped, other.stopped]).toEqual([true, false]);
    state.setDemo(undefined);
    expect(other.stopped).toBe(true);
  });

  test('goes as soon as a real call is live', () => {
    const { model, state } = setUp();
    const demo = demoOf('demo');
    state.setDemo(demo);
    take(model, change('c2', [], { startedAtMs: 2 }));
    expect([state.shown.value?.summary.value.id, demo.stopped]).toEqual(['c2', true]);
  });

  test('is not played over a real call that is live', () => {
    const { model, state } = setUp();
    take(model, change('c2', [], { startedAtMs: 2 }));
    const demo = demoOf('demo');
    state.setDemo(demo);
    take(model, change('c2', lines(0, 1), { startedAtMs: 2 }));
    expect([state.shown.value?.summary.value.id, demo.stopped]).toEqual(['c2', true]);
  });
});

describe('what is said at the foot', () => {
  test.each([
    ['done', 1_600],
    ['failed', 6_400],
  ] as const)('as %s goes after %d ms', (tone, ms) => {
    vi.useFakeTimers();
    const { state } = setUp();
    state.notify({ text: 'Copied', tone });
    vi.advanceTimersByTime(ms - 1);
    expect(state.notice.value).toEqual({ text: 'Copied', tone });
    vi.advanceTimersByTime(1);
    expect(state.notice.value).toBeUndefined();
    vi.useRealTimers();
  });

  test('goes in its own time, not in that of what was said before', () => {
    vi.useFakeTimers();
    const { state } = setUp();
    state.notify({ text: 'one', tone: 'done' });
    vi.advanceTimersByTime(1_000);
    state.notify({ text: 'other', tone: 'done' });
    vi.advanceTimersByTime(1_000);
    expect(state.notice.value?.text).toBe('other');
    vi.useRealTimers();
  });
});
