import { effect, signal } from '@preact/signals';
import { describe, expect, test, vi } from 'vitest';
import { countSinceLeft } from '../../../components/sidebar/jump-button.tsx';
import type { CallSummary } from '../../../utils/transcript/call.ts';

vi.mock('../../../utils/browser/runtime.ts', () => ({ words: (key: string) => key }));

function callOf(entryCount: number): CallSummary {
  return { id: 'c1', phase: 'live', startedAtMs: 0, lastEventAtMs: 0, parties: {}, entryCount };
}

/** Every count that is shown, in order. */
function watchCount(entryCount: number, isFollowing: boolean) {
  const summary = signal(callOf(entryCount));
  const following = signal(isFollowing);
  const shown: (number | undefined)[] = [];
  const count = countSinceLeft({ summary }, { following });
  effect(() => void shown.push(count.value));
  return { summary, following, shown };
}

describe('the lines that came since the reader left the newest', () => {
  test('are none at the moment they leave', () => {
    const { following, shown } = watchCount(24, true);
    following.value = false;
    expect(shown).toEqual([undefined, 0]);
  });

  test('are none where a call is opened at an older line', () => {
    expect(watchCount(24, false).shown).toEqual([0]);
  });

  test('are counted from there, and anew each time', () => {
    const { summary, following, shown } = watchCount(24, true);
    following.value = false;
    summary.value = callOf(27);
    following.value = true;
    summary.value = callOf(30);
    following.value = false;
    summary.value = callOf(31);
    expect(shown).toEqual([undefined, 0, 3, undefined, 0, 1]);
  });
});
