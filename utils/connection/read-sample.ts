/** How well a few events of the platform can be read, and what they carry. */
import { type LineEvent, type TranscriptEvent, UNIDENTIFIED_CALL } from '../transcript/event.ts';
import type { FieldMap, MappableField } from '../transcript/field-map.ts';
import { parseEvents } from '../transcript/parse-event.ts';
import type { FindingOf, Reading } from './hops.ts';

/** `sample`: the events' data as the relay passed it on, oldest first. Keep-alives are not counted. */
export function readSample(sample: readonly unknown[], map: FieldMap | undefined): FindingOf<'readable'> {
  const read = sample
    .map((data) => parseEvents(data, map))
    .filter((events) => events.some(({ kind }) => kind !== 'keep-alive'));
  if (read.length === 0) return { hop: 'readable', kind: 'nothing-to-read' };
  const reading: Reading = {
    count: read.length,
    readCount: read.filter((events) => events.every(({ kind }) => kind !== 'unread')).length,
    fields: [...new Set(read.flat().flatMap(fieldsOf))],
    lastReason: read
      .flat()
      .flatMap((event) => (event.kind === 'unread' ? [event.reason] : []))
      .at(-1),
  };
  return { hop: 'readable', kind: kindOf(reading), ...reading };
}

function kindOf({ count, readCount, fields }: Reading) {
  if (readCount === 0) return 'none-read';
  if (readCount < count) return 'some-unread';
  if (!fields.includes('text')) return 'no-text';
  return fields.includes('callId') ? 'all-read' : 'no-call-id';
}

/** What this event carried. That text is final shows in those that are not: without a flag, all of it is. */
function fieldsOf(event: TranscriptEvent): MappableField[] {
  if (event.kind !== 'line' && event.kind !== 'call') return [];
  const { callId, atMs, parties } = event;
  const has: Partial<Record<MappableField, boolean>> = {
    callId: callId !== UNIDENTIFIED_CALL,
    ...(event.kind === 'line' ? fieldsOfLine(event) : {}),
    time: atMs !== undefined,
    caller: parties.caller !== undefined,
    callee: parties.callee !== undefined,
    customer: parties.customer !== undefined,
  };
  return (Object.keys(has) as MappableField[]).filter((field) => has[field]);
}

function fieldsOfLine({ leg, speaker, final, utteranceId }: LineEvent) {
  return {
    text: true,
    leg: leg !== 'unknown',
    speaker: speaker !== undefined,
    final: !final,
    utteranceId: utteranceId !== undefined,
  };
}
