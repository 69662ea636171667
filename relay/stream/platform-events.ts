/** From a frame of the platform to the events of the log. */
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import { noFacts, readFacts, type WatchedFields } from './event-facts.ts';
import { readPlatformData } from './platform-frame.ts';

/** A list of more than this stays one event, for those who see everything: it would push others out of the window. */
const MAX_PIECES = 1_000;
const nothingWatched: WatchedFields = new Map();

/**
 * JSON text of each event's data. A list with events of different calls becomes as many events: no agent is to see a
 * call for the sake of another.
 */
export function readPlatformEvents(text: string, fieldMap: FieldMap | undefined): string[] {
  const { json, data } = readPlatformData(text);
  if (!Array.isArray(data) || data.length < 2 || data.length > MAX_PIECES) return [json];
  const pieces: unknown[] = data;
  const facts = readFacts(data, nothingWatched, fieldMap);
  const isOfOneCall = facts !== noFacts && facts.parts.length < 2;
  return isOfOneCall ? [json] : pieces.map((piece) => JSON.stringify(piece));
}
