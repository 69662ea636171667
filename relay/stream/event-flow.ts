/** A stream with all that is known of its events: what comes in is judged here, and clients look through it. */
import type { FieldMap } from '../../utils/transcript/field-map.ts';
import type { Clock } from '../clock.ts';
import type { Limits } from '../limits.ts';
import { createCallIndex } from './call-index.ts';
import { createFrameCutter } from './event-frames.ts';
import { createIngest } from './ingest.ts';
import { createLineRevisions } from './line-revisions.ts';
import { createRulesMemory } from './rules-memory.ts';
import type { Stream } from './stream.ts';
import { createViews } from './views.ts';

export type EventFlowDependencies = {
  clock: Pick<Clock, 'now'>;
  limits: Pick<Limits, 'batchEvents' | 'batchBytes'>;
  windowMs: number;
  /** As it is in force now. */
  fieldMap: () => FieldMap | undefined;
  /** An event of so many bytes has been appended. */
  onAppended: (bytes: number) => void;
};

export type EventFlow = ReturnType<typeof createEventFlow>;

export function createEventFlow(stream: Stream, deps: EventFlowDependencies) {
  const { clock, limits, windowMs, fieldMap, onAppended } = deps;
  const callIndex = createCallIndex(stream);
  const views = createViews({ stream, callIndex, clock, windowMs, fieldMap });
  const revisions = createLineRevisions();
  const memory = createRulesMemory();

  return {
    views,
    memory,
    cutter: createFrameCutter(stream, limits),
    /** An event of the log. */
    ingest: createIngest({ stream, callIndex, views, revisions, fieldMap, onAppended }),
    /** Lets go of what is older than the window, and of all that was kept for its sake. */
    trim(): void {
      const oldestSeq = stream.oldest(clock.now());
      callIndex.trim();
      views.trim();
      revisions.trim(oldestSeq);
      memory.trim(oldestSeq);
    },
  };
}
