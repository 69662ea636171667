/** All connected agents: who gets pumped when, who is told what. */
import { CLOSE } from '../../utils/protocol/close-codes.ts';
import type { UpstreamFrame } from '../../utils/protocol/frames.ts';
import type { Agent } from '../access/agents.ts';
import { type Client, type ClientDependencies, type ClientSocket, createClient } from './client.ts';
import { sayByeInSlices } from './drain.ts';

export type ClientsDependencies = ClientDependencies & {
  /** Runs once the current turn of the event loop is over (`setImmediate`). */
  afterTurn: (action: () => void) => void;
  /** From 0 up to, not including, 1. */
  random: () => number;
};

export type Clients = ReturnType<typeof createClients>;

export function createClients(deps: ClientsDependencies) {
  const clients = new Set<Client>();
  let pendingEvents = 0;
  let pendingBytes = 0;
  let isFlushScheduled = false;
  let onEmpty: (() => void) | undefined;

  function flush(): void {
    pendingEvents = 0;
    pendingBytes = 0;
    for (const client of clients) client.pump();
  }

  return {
    size: () => clients.size,

    /** What the client furthest behind has not yet taken. */
    bytesBehind(): number {
      let most = 0;
      for (const client of clients) most = Math.max(most, client.bytesBehind());
      return most;
    },

    add(socket: ClientSocket, agent: Agent): Client {
      const client = createClient(socket, agent, deps);
      clients.add(client);
      deps.observer.clientConnected();
      return client;
    },

    /** The client's socket is gone, with that close code. */
    remove(client: Client, code: number): void {
      client.closed();
      deps.observer.clientLeft(code);
      clients.delete(client);
      if (clients.size === 0) onEmpty?.();
    },

    /**
     * The stream has grown by `bytes`. What is appended in one turn leaves as one frame; a burst larger than a
     * frame leaves at once, so that the ring cannot turn over before anyone was served.
     */
    grown(bytes: number): void {
      pendingEvents += 1;
      pendingBytes += bytes;
      if (pendingEvents >= deps.limits.batchEvents || pendingBytes >= deps.limits.batchBytes) {
        flush();
      } else if (!isFlushScheduled) {
        isFlushScheduled = true;
        deps.afterTurn(() => {
          isFlushScheduled = false;
          flush();
        });
      }
    },

    tellUpstream(frame: UpstreamFrame): void {
      for (const client of clients) client.tellUpstream(frame);
    },

    /** Sends those away whose token is no longer good; the others go on under what holds for them now. */
    recheckTokens(): void {
      for (const client of clients) client.recheckToken();
    },

    /** Sends those away who are here now, to come back later, each at another time. Resolves when all were told. */
    sendAway: (message: string): Promise<void> => sayByeInSlices([...clients], message, deps),

    /** Sends everybody away to come back later, each at another time. Resolves when the last has gone. */
    async dismiss(message: string): Promise<void> {
      await sayByeInSlices([...clients], message, deps);
      // Whoever was being let in when it began.
      for (const client of clients) client.bye(CLOSE.restart, message, deps.limits.retryAfterMs);
      if (clients.size > 0) await new Promise<void>((resolve) => (onEmpty = resolve));
    },
  };
}
