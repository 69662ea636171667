/** Brings the reader back to the newest line, and says how many came since they left it. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { words } from '../../utils/browser/runtime.ts';
import type { CallModel } from './call-model.ts';
import type { Follow } from './follow.ts';

type JumpButtonProps = { call: Pick<CallModel, 'summary'>; follow: Pick<Follow, 'following' | 'resume'> };

export function JumpButton({ call, follow }: JumpButtonProps): JSX.Element | null {
  const count = useMemo(() => countSinceLeft(call, follow), [call, follow]).value;
  if (count === undefined) return null;
  return (
    <button class="jump" type="button" onClick={follow.resume}>
      {newLines(count)}
    </button>
  );
}

/** How many entries came since the reader left the newest; `undefined` while they follow. */
export function countSinceLeft(
  call: JumpButtonProps['call'],
  { following }: Pick<Follow, 'following'>,
): ReadonlySignal<number | undefined> {
  let countWhenLeft: number | undefined;
  return computed(() => {
    if (following.value) {
      countWhenLeft = undefined;
      return undefined;
    }
    const { entryCount } = call.summary.value;
    countWhenLeft ??= entryCount;
    return Math.max(0, entryCount - countWhenLeft);
  });
}

function newLines(count: number): string {
  if (count === 0) return words('toNewest');
  return count === 1 ? words('newLinesOne') : words('newLinesMany', count);
}
