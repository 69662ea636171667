/** Who is on the call, how long, whether it is this record's, and which other calls there are. */
import type { JSX } from 'preact';
import { uiLanguage, words } from '../../utils/browser/runtime.ts';
import { countryOf } from '../../utils/crm/phone.ts';
import { formatOffset } from '../../utils/transcript/format-line.ts';
import type { CallModel } from './call-model.ts';
import { CallPicker } from './call-picker.tsx';
import { callLengthMs, callName, partyNumber } from './call-state.ts';
import { matchPage } from './choose-call.ts';
import { useDesk } from './context.ts';
import type { SidebarModel } from './model.ts';

export function CallStrip({ model, shown }: { model: SidebarModel; shown: CallModel }): JSX.Element {
  const { now } = useDesk();
  const call = shown.summary.value;
  const name = callName(call);
  const number = partyNumber(call.parties);
  return (
    <section class="call" aria-label={words('stateCall')}>
      <h1>
        <bdi>{name}</bdi>
        {number === undefined || number === name ? null : <small dir="ltr">{number}</small>}
      </h1>
      <span class="length">{formatOffset(callLengthMs(call, now.value))}</span>
      <RecordMatch model={model} shown={shown} />
      <CallPicker model={model} />
    </section>
  );
}

/** Whether the call belongs to the ticket beside it; where nobody can tell, who was called. */
function RecordMatch({ model, shown }: { model: SidebarModel; shown: CallModel }): JSX.Element {
  const { preferences } = useDesk();
  const call = shown.summary.value;
  const page = model.page.value;
  const match = matchPage(call, page, countryOf(preferences.value.country, uiLanguage()));
  const { callee } = call.parties;
  switch (match) {
    case 'same':
      return (
        <p class="record" data-match="same" title={page?.title}>
          <span class="same">{words('recordSame')}</span>
          <bdi>{page?.title}</bdi>
        </p>
      );
    case 'other':
      return (
        <p class="record" data-match="other">
          <span class="other">{words('recordOther')}</span>
        </p>
      );
    case 'unknown':
      return (
        <p class="record" data-match="unknown">
          {callee === undefined || callee === partyNumber(call.parties) ? null : (
            <span class="called">
              <bdi dir="ltr">{callee}</bdi>
            </span>
          )}
        </p>
      );
  }
}
