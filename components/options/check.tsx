/** A checkbox with its words, and what they mean where that needs saying. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';

type CheckProps = {
  id: string;
  label: MessageKey;
  hint?: MessageKey;
  /** The id of what else describes it. */
  describedBy?: string | undefined;
  checked: boolean;
  /** Called within the click, as permission requests need it; `box` is as it was clicked. */
  set(checked: boolean, box: HTMLInputElement): void;
};

export function Check({ id, label, hint, describedBy, checked, set }: CheckProps): JSX.Element {
  return (
    <div class="check">
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint === undefined ? describedBy : `${id}-hint`}
        checked={checked}
        onClick={(event) => set(event.currentTarget.checked, event.currentTarget)}
      />
      <label for={id}>{words(label)}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {words(hint)}
        </p>
      )}
    </div>
  );
}
