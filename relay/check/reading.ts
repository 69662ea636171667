/** How well a few frames of the platform can be read, in numbers: what they say is not told. */
import { UNIDENTIFIED_CALL } from '../../utils/transcript/event.ts';
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import { parseEvents } from '../../utils/transcript/parse-event.ts';
import type { Hop } from './hop.ts';

const MAP_IT =
  'Show Earshot where the fields are (its settings, the inspector), and put the "fieldMap" it writes into the configuration.';

/** Keep-alives are not counted. */
export function describeReading(frames: readonly string[], fieldMap: FieldMap | undefined): Hop {
  const read = frames
    .map((frame) => parseEvents(frame, fieldMap))
    .filter((events) => events.some(({ kind }) => kind !== 'keep-alive'));
  const hop = 'readable';
  if (read.length === 0) {
    return { hop, tone: 'unknown', text: 'Only signs of life came: there was nothing to read.' };
  }
  const events = read.flat();
  const unread = events.flatMap((event) => (event.kind === 'unread' ? [event.reason] : []));
  const lines = events.filter((event) => event.kind === 'line');
  const readable = read.filter((parts) => parts.every(({ kind }) => kind !== 'unread')).length;
  const counted = `${readable} of ${read.length} could be read and gave ${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`;
  if (unread.length > 0) {
    return {
      hop,
      tone: 'poor',
      text: `Of the events seen, ${counted} (the others: ${[...new Set(unread)].join(', ')}).`,
      remedy: MAP_IT,
    };
  }
  if (lines.length === 0) {
    return {
      hop,
      tone: 'unknown',
      text: `Of the events seen, ${counted}: nobody spoke, or the text was not found.`,
      remedy: MAP_IT,
    };
  }
  if (lines.some(({ callId }) => callId === UNIDENTIFIED_CALL)) {
    return {
      hop,
      tone: 'unknown',
      text: `Of the events seen, ${counted}, but some do not say of which call.`,
      remedy: MAP_IT,
    };
  }
  return { hop, tone: 'good', text: `Of the events seen, ${counted}.` };
}
