/** Copies the note as it would be inserted; beside it, how it is written. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { heldBy } from '../set-by.ts';
import { useDesk } from './context.ts';
import { FormatChoice } from './format-choice.tsx';
import { MenuButton, MenuSwitch } from './menu.tsx';

type NoteCopyProps = { isEmpty: boolean; copy(): void };

export function NoteCopy({ isEmpty, copy }: NoteCopyProps): JSX.Element {
  return (
    <div class="note-copy">
      <button type="button" class="plain" data-copy-note aria-disabled={isEmpty} onClick={copy}>
        {words('noteCopy')}
      </button>
      <MenuButton
        class="plain"
        label={words('noteFormat')}
        face={<span class="caret" aria-hidden="true" />}
        content={() => <NoteFormat />}
      />
    </div>
  );
}

function NoteFormat(): JSX.Element {
  const { preferences, prefer, policy } = useDesk();
  const { noteHeader } = preferences.value;
  return (
    <>
      <FormatChoice />
      <MenuSwitch
        label={words('noteHeader')}
        checked={noteHeader}
        heldBy={heldBy(policy.value, 'noteHeader')}
        run={() => prefer({ noteHeader: !noteHeader })}
      />
    </>
  );
}
