/** What can be done with several selected lines. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { entriesBetween, isLine } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import { areAllPinned, type LineActions } from './line-actions.ts';
import type { NoteBook } from './note-book.ts';
import type { LineRange } from './watch-range.ts';

type RangeBarProps = {
  call: CallModel;
  range: LineRange;
  actions: LineActions;
  notes: Pick<NoteBook, 'pinned'>;
};

export function RangeBar({ call, range, actions, notes }: RangeBarProps): JSX.Element {
  const entries = entriesBetween(call, range.from, range.to);
  const lines = entries.filter(isLine);
  const arePinned = areAllPinned(lines, notes.pinned.value);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      class="range-bar"
      role="group"
      aria-label={words('rangeTools')}
      // A press would end the selection that it is about.
      onPointerDown={(event) => event.preventDefault()}
    >
      <button type="button" data-range-copy onClick={() => actions.copy(entries)}>
        {words('rangeCopy', lines.length)}
      </button>
      <button type="button" data-range-pin onClick={() => actions.togglePins(lines)}>
        {arePinned ? words('rangeUnpin', lines.length) : words('rangePin', lines.length)}
      </button>
    </div>
  );
}
