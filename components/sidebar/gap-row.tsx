/** A loss, as a row: in the call it fell into, or in the empty sidebar. */
import type { JSX } from 'preact';
import type { Gap } from '../../utils/transcript/call.ts';
import { gapWords } from './gap-words.ts';
import { WhatToDo } from './what-to-do.tsx';

export function GapRow({ gap }: { gap: Gap }): JSX.Element {
  return (
    <p class="gap" data-gap={gap.reason}>
      {gapWords(gap)} <WhatToDo topic="gaps" />
    </p>
  );
}
