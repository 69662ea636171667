/** Who is on the call, how long, and which other calls there are. */
import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { words } from '../../utils/browser/runtime.ts';
import type { CallSummary } from '../../utils/transcript/call.ts';
import { UNIDENTIFIED_CALL } from '../../utils/transcript/event.ts';
import { formatOffset } from '../../utils/transcript/format-line.ts';
import type { CallModel, SidebarModel } from './model.ts';

type CallStripProps = { model: SidebarModel; shown: CallModel; now: ReadonlySignal<number> };

export function CallStrip({ model, shown, now }: CallStripProps): JSX.Element {
  const call = shown.summary.value;
  const calls = model.calls.value.map(({ summary }) => summary.value);
  const { caller, callee, customer } = call.parties;
  const lengthMs = (call.endedAtMs ?? now.value) - call.startedAtMs;
  return (
    <section class="call">
      <h1>
        <bdi>{callName(call)}</bdi>
        {customer !== undefined && caller !== undefined ? <small dir="ltr">{caller}</small> : null}
      </h1>
      <span class="length">{formatOffset(lengthMs)}</span>
      <p>{callee === undefined ? null : <span dir="ltr">→ {callee}</span>}</p>
      {calls.length > 1 ? (
        <select
          class="picker"
          aria-label={words('callPicker')}
          value={call.id}
          onChange={(event) => model.show(event.currentTarget.value)}
        >
          {calls.map((other) => (
            <option key={other.id} value={other.id}>
              {callName(other)} · {other.phase === 'ended' ? words('callEnded') : words('callLive')}
            </option>
          ))}
        </select>
      ) : null}
    </section>
  );
}

function callName({ id, parties }: CallSummary): string {
  if (parties.customer !== undefined) return parties.customer;
  if (parties.caller !== undefined) return parties.caller;
  return id === UNIDENTIFIED_CALL ? words('callUnidentified') : words('callUnnamed', id);
}
