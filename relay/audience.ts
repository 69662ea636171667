/** Everyone who listens to a log from one beginning of it on: what was read since, and the clients it is sent to. */
import type { AgentsInForce } from './access/agents-in-force.ts';
import type { LogEntry, LogStart, LogWindow } from './bus/bus.ts';
import { type ClientsDependencies, createClients } from './clients/clients.ts';
import type { Clock } from './clock.ts';
import type { Limits } from './limits.ts';
import type { StreamObserver } from './operations/observer.ts';
import { createEventFlow } from './stream/event-flow.ts';
import { createStream } from './stream/stream.ts';

export type AudienceDependencies = Pick<
  ClientsDependencies,
  'upstreamFrame' | 'isBehind' | 'fieldMap' | 'random'
> & {
  window: LogWindow;
  agents: AgentsInForce;
  clock: Clock;
  limits: Limits;
  observer: StreamObserver;
};

export type Audience = ReturnType<typeof createAudience>;

export function createAudience({ epoch, lostSeq }: LogStart, deps: AudienceDependencies) {
  const { window, clock, limits, fieldMap } = deps;
  const stream = createStream(epoch, window, lostSeq);
  const flow = createEventFlow(stream, {
    clock,
    limits,
    windowMs: window.ms,
    fieldMap,
    onAppended: (bytes) => clients.grown(bytes),
  });
  const clients = createClients({ ...deps, stream, flow, afterTurn: setImmediate });

  return {
    clients,
    /** The next entry of the log. */
    take(seq: number, entry: LogEntry): void {
      if (entry.kind === 'event') {
        flow.ingest({ seq, atMs: entry.atMs, dataJson: entry.json });
        return;
      }
      stream.appendGap(entry.gap, entry.gap.to);
      clients.grown(0);
    },
    /** Lets go of what is older than the window. */
    trim: flow.trim,
  };
}
