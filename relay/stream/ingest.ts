/** From a frame of the platform to the events of the stream: read once, judged once for all who listen. */
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import type { CallIndex } from './call-index.ts';
import { type EventFacts, noFacts, readFacts } from './event-facts.ts';
import type { LineRevisions } from './line-revisions.ts';
import { readPlatformData } from './platform-frame.ts';
import type { Stream } from './stream.ts';
import type { Views } from './views.ts';

/** A list of more than this stays one event, for those who see everything: it would push others out of the window. */
const MAX_PIECES = 1_000;

export type IngestDependencies = {
  stream: Stream;
  callIndex: CallIndex;
  views: Views;
  revisions: LineRevisions;
  /** As it is in force now. */
  fieldMap: () => FieldMap | undefined;
  /** An event of so many bytes has been appended. */
  onAppended: (bytes: number) => void;
};

/** A list with events of different calls becomes as many events: no agent is to see a call for the sake of another. */
export function createIngest(deps: IngestDependencies): (text: string, atMs: number) => void {
  const { stream, callIndex, views, revisions } = deps;

  function read(data: unknown): EventFacts {
    return readFacts(data, views.watched(), deps.fieldMap());
  }

  function append(json: string, facts: EventFacts, atMs: number): void {
    const position = stream.end();
    const event = stream.append(json, atMs, facts);
    callIndex.add(event, position);
    views.take(event, position);
    revisions.take(event);
    deps.onAppended(event.bytes);
  }

  return (text, atMs) => {
    const { json, data } = readPlatformData(text);
    const pieces: unknown[] = Array.isArray(data) ? data : [];
    if (pieces.length > MAX_PIECES) return append(json, noFacts, atMs);
    const facts = read(data);
    const isOfOneCall = facts !== noFacts && facts.parts.length < 2;
    if (pieces.length < 2 || isOfOneCall) return append(json, facts, atMs);
    for (const piece of pieces) append(JSON.stringify(piece), read(piece), atMs);
  };
}
