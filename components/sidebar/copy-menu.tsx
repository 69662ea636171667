/** The menu for copying more than is in view: the newest lines, the pinned ones, the whole call. */
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import { isWhole, lastLines, wholeCall } from './call-entries.ts';
import type { CallModel } from './call-model.ts';
import { FormatChoice } from './format-choice.tsx';
import type { LineActions } from './line-actions.ts';
import { MenuAction, MenuButton } from './menu.tsx';
import type { NoteBook } from './note-book.ts';
import { asSaid } from './write-out.ts';

type CopyMenuProps = {
  call: CallModel;
  notes: Pick<NoteBook, 'items'>;
  actions: LineActions;
};

const LAST = [5, 10, 20];

export function CopyMenu({ call, notes, actions }: CopyMenuProps): JSX.Element {
  return (
    <MenuButton
      class="copy-lines"
      label={words('copyLines')}
      face={
        <>
          {words('copyLines')}
          <span class="caret" aria-hidden="true" />
        </>
      }
      content={(close) => <CopyChoices call={call} notes={notes} actions={actions} close={close} />}
    />
  );
}

function CopyChoices({ call, notes, actions, close }: CopyMenuProps & { close(): void }): JSX.Element {
  const pinned = notes.items.value
    .flatMap((item) => (item.kind === 'line' ? [asSaid(item)] : []))
    .sort((one, other) => one.index - other.index);
  return (
    <>
      {LAST.map((count) => (
        <MenuAction
          key={count}
          label={words('copyLast', count)}
          run={() => {
            close();
            actions.copy(lastLines(call, count));
          }}
        />
      ))}
      <MenuAction
        label={words('copyWhole')}
        waits={!isWhole(call)}
        run={() => {
          close();
          actions.copy(wholeCall(call), { whole: true });
        }}
      />
      {pinned.length > 0 ? (
        <MenuAction
          label={words('copyPinned')}
          run={() => {
            close();
            actions.copy(pinned);
          }}
        />
      ) : null}
      <hr />
      <FormatChoice />
    </>
  );
}
