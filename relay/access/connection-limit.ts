/** How many connections there may be at once: in all, of one agent, from one address. */
import type { Limits } from '../limits.ts';

/** What has all the connections it may have. */
export type Full = 'relay' | 'agent' | 'address';
export type ConnectionPlace = { ok: true; leave: () => void } | { ok: false; full: Full };
export type ConnectionLimit = ReturnType<typeof createConnectionLimit>;

/** A place is taken in one step, before anything is awaited, and given back once the socket is closed. */
export function createConnectionLimit(
  limits: Pick<Limits, 'connections' | 'connectionsPerAgent' | 'connectionsPerAddress'>,
) {
  let all = 0;
  const perAgent = new Map<string, number>();
  const perAddress = new Map<string, number>();

  function findFull(agent: string, address: string): Full | undefined {
    if (all >= limits.connections) return 'relay';
    if ((perAgent.get(agent) ?? 0) >= limits.connectionsPerAgent) return 'agent';
    if ((perAddress.get(address) ?? 0) >= limits.connectionsPerAddress) return 'address';
    return undefined;
  }

  function count(agent: string, address: string, change: 1 | -1): void {
    all += change;
    add(perAgent, agent, change);
    add(perAddress, address, change);
  }

  return {
    findFull,
    /** `agent`: the name at this moment, for as long as the connection lasts. */
    take(agent: string, address: string): ConnectionPlace {
      const full = findFull(agent, address);
      if (full !== undefined) return { ok: false, full };
      count(agent, address, 1);
      let isTaken = true;
      return {
        ok: true,
        /** Any number of times. */
        leave() {
          if (isTaken) count(agent, address, -1);
          isTaken = false;
        },
      };
    },
  };
}

function add(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + change;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}
