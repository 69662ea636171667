/** The calls there are, and which of them is shown: this record's, the newest, or the one that is picked. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import type { CallSummary } from '../../utils/transcript/call.ts';
import { formatOffset } from '../../utils/transcript/format-line.ts';
import { type CallState, callLengthMs, callName, callState, partyNumber } from './call-state.ts';
import { useDesk } from './context.ts';
import { MenuButton, MenuChoice } from './menu.tsx';
import type { SidebarModel } from './model.ts';

const stateWords: Record<CallState, MessageKey> = {
  live: 'callLive',
  silent: 'callSilentShort',
  ended: 'callEnded',
};

export function CallPicker({ model }: { model: SidebarModel }): JSX.Element {
  const count = model.calls.value.length;
  return (
    <MenuButton
      class="picker"
      label={words('callPicker')}
      face={
        <>
          {model.mode.value === 'pinned' ? <span class="pinned-mark" aria-hidden="true" /> : null}
          {count === 1 ? words('callCountOne') : words('callCountMany', count)}
          <span class="caret" aria-hidden="true" />
        </>
      }
      content={(close) => <CallMenu model={model} close={close} />}
    />
  );
}

function CallMenu({ model, close }: { model: SidebarModel; close: () => void }): JSX.Element {
  const { surface } = useDesk();
  const shownId = model.shown.value?.id;
  const newestFirst = model.calls.value.map(({ summary }) => summary.value).reverse();
  return (
    <>
      <MenuChoice
        label="followLabel"
        value={model.mode.value}
        options={[
          { value: 'record', label: 'followRecord', disabled: surface !== 'overlay' },
          { value: 'newest', label: 'followNewest' },
          { value: 'pinned', label: 'followPinned' },
        ]}
        choose={(mode) => {
          if (mode === 'pinned' && shownId !== undefined) model.pin(shownId);
          else model.follow(mode);
        }}
      />
      <div class="calls">
        {newestFirst.map((call) => (
          <CallItem
            key={call.id}
            call={call}
            shown={call.id === shownId}
            pick={() => {
              model.pin(call.id);
              close();
            }}
          />
        ))}
      </div>
    </>
  );
}

type CallItemProps = { call: CallSummary; shown: boolean; pick(): void };

function CallItem({ call, shown, pick }: CallItemProps): JSX.Element {
  const nowMs = useDesk().now.value;
  const state = callState(call, nowMs);
  const number = partyNumber(call.parties);
  const name = callName(call);
  return (
    <button
      class="item call-item"
      type="button"
      role="menuitemradio"
      aria-checked={shown}
      tabIndex={-1}
      data-call-option={call.id}
      data-call-state={state}
      onClick={pick}
    >
      <span class="call-name">
        <bdi>{name}</bdi>
        {number === undefined || number === name ? null : <small dir="ltr">{number}</small>}
      </span>
      <span class="call-facts">
        <i class={`dot ${state}`} aria-hidden="true" />
        {words(stateWords[state])}
        <b>{formatOffset(callLengthMs(call, nowMs))}</b>
      </span>
    </button>
  );
}
