/** A call store as a room makes it, alone in its area. */
import { createCallArchive } from '../../../entrypoints/background/call-archive.ts';
import { type CallStore, createCallStore } from '../../../entrypoints/background/call-store.ts';
import type { Clock } from '../../../entrypoints/background/coalescer.ts';
import { createStorageBudget, type StorageBudget } from '../../../entrypoints/background/storage-budget.ts';
import type { Area } from '../../../utils/storage/area.ts';
import { createEventLog, type EventLog } from '../../../utils/transcript/event-log.ts';

/** As the background bounds it. */
const MAX_BYTES = 8 * 1024 * 1024;

export function createRoomStore(
  clock: Clock,
  area: Area,
  log: EventLog = createEventLog(),
  budget: StorageBudget = createStorageBudget(MAX_BYTES),
): CallStore {
  return createCallStore(clock, createCallArchive(area), log, budget);
}
