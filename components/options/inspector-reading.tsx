/** What Earshot reads in an event, field by field. */
import type { JSX } from 'preact';
import { type MessageKey, words } from '../../utils/browser/runtime.ts';
import { type Leg, type TranscriptEvent, UNIDENTIFIED_CALL } from '../../utils/transcript/event.ts';
import { formatClock } from '../duration.ts';
import { unreadWords } from '../unread-words.ts';

export const legWords: Record<Leg, MessageKey> = {
  caller: 'legCaller',
  callee: 'legCallee',
  unknown: 'legUnknown',
};

export function ReadFields({ read }: { read: readonly TranscriptEvent[] }): JSX.Element {
  return (
    <div class="reads">
      <h3>{words('inspectorReads')}</h3>
      {read.map((event, at) => (
        <ReadOne key={at} event={event} />
      ))}
    </div>
  );
}

function ReadOne({ event }: { event: TranscriptEvent }): JSX.Element {
  switch (event.kind) {
    case 'unread':
      return <p class="wrong">{words('inspectorUnread', unreadWords(event.reason))}</p>;
    case 'keep-alive':
      return <p class="hint">{words('inspectorKeepAlive')}</p>;
    case 'call':
    case 'line':
      return <Fields event={event} />;
  }
}

type Row = { label: MessageKey; value: string | undefined };

function Fields({
  event,
}: {
  event: Exclude<TranscriptEvent, { kind: 'unread' | 'keep-alive' }>;
}): JSX.Element {
  const { caller, callee, customer } = event.parties;
  const line: Row[] =
    event.kind === 'line'
      ? [
          { label: 'mapText', value: event.text },
          { label: 'mapLeg', value: event.leg === 'unknown' ? event.speaker : words(legWords[event.leg]) },
          {
            label: 'mapFinal',
            value: words(event.final ? 'inspectorIsFinal' : 'inspectorIsInterim'),
          },
        ]
      : [{ label: 'mapText', value: undefined }];
  const rows: Row[] = [
    { label: 'mapCallId', value: event.callId === UNIDENTIFIED_CALL ? undefined : event.callId },
    ...line,
    { label: 'mapTime', value: event.atMs === undefined ? undefined : formatClock(event.atMs) },
    { label: 'mapCaller', value: caller },
    { label: 'mapCallee', value: callee },
    { label: 'mapCustomer', value: customer },
  ];
  return (
    <dl>
      {rows.map(({ label, value }) => (
        <div key={label} data-read={label}>
          <dt>{words(label)}</dt>
          <dd dir="auto" class={value === undefined ? 'none' : undefined}>
            {value ?? words('inspectorNotFound')}
          </dd>
        </div>
      ))}
    </dl>
  );
}
