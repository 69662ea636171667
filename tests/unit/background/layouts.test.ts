import { describe, expect, test } from 'vitest';
import { createLayouts } from '../../../entrypoints/background/layouts.ts';
import { tabPlace } from '../../../entrypoints/background/views.ts';
import type { View } from '../../../utils/messaging/surface.ts';
import { decodePreferences, type Preferences } from '../../../utils/settings/preferences.ts';
import { MAX_WIDTH_PX, MIN_WIDTH_PX } from '../../../utils/settings/width.ts';

function setUp() {
  const views = new Map<string, View>();
  return { views, layouts: createLayouts(views) };
}

function prefer(part: Partial<Preferences>): Preferences {
  return { ...decodePreferences(undefined), ...part };
}

describe('an overlay lies', () => {
  test('as the defaults say, before any preference is known', () => {
    const { side, width, room } = decodePreferences(undefined);
    expect(setUp().layouts.of(1)).toEqual({ side, width, room, collapsed: false });
  });

  test('as the preferences say, in every tab', () => {
    const { layouts } = setUp();
    layouts.setPreferences(prefer({ side: 'left', width: 400, room: 'over' }));
    for (const tabId of [1, 2]) {
      expect(layouts.of(tabId)).toEqual({ side: 'left', width: 400, room: 'over', collapsed: false });
    }
  });

  test('as it is dragged, in its own tab', () => {
    const { layouts } = setUp();
    const { width } = layouts.of(2);
    layouts.drag(1, 500);
    expect([layouts.of(1).width, layouts.of(2).width]).toEqual([500, width]);
    layouts.drag(1, 510);
    expect(layouts.of(1).width).toBe(510);
  });

  test('as the preferences say again, once they have changed', () => {
    const { layouts } = setUp();
    layouts.drag(1, 500);
    layouts.setPreferences(prefer({ width: 300 }));
    expect(layouts.of(1).width).toBe(300);
  });

  test.each([
    [MIN_WIDTH_PX - 1, MIN_WIDTH_PX],
    [MIN_WIDTH_PX, MIN_WIDTH_PX],
    [MAX_WIDTH_PX, MAX_WIDTH_PX],
    [MAX_WIDTH_PX + 1, MAX_WIDTH_PX],
    [-5, MIN_WIDTH_PX],
    [Number.POSITIVE_INFINITY, MAX_WIDTH_PX],
  ])('dragged to %d, at %d', (wanted, width) => {
    const { layouts } = setUp();
    layouts.drag(1, wanted);
    expect(layouts.of(1).width).toBe(width);
  });

  test('shrunk, in the tab in which it was', () => {
    const { views, layouts } = setUp();
    views.set(tabPlace(1), { mode: 'record', collapsed: true });
    views.set('panel', { mode: 'record', collapsed: true });
    expect([layouts.of(1).collapsed, layouts.of(2).collapsed]).toEqual([true, false]);
    views.set(tabPlace(1), { mode: 'record', collapsed: false });
    expect(layouts.of(1).collapsed).toBe(false);
  });
});
