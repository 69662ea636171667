/** An event as the log would number it where it holds nothing else. */
import { noFacts } from '../../../relay/stream/event-facts.ts';
import type { Stream, StreamEvent } from '../../../relay/stream/stream.ts';

export function appendNext(stream: Stream, dataJson: string, atMs: number): StreamEvent {
  return stream.append({ seq: stream.head() + 1, atMs, dataJson, facts: noFacts });
}
