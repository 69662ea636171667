/** What a load balancer does: asks every relay whether it is ready, and sends who comes to the one with the fewest. */

const ASK_MS = 250;
const ANSWER_WITHIN_MS = 1_000;

/** `leave` is to be called once the connection has ended. */
export type Place = { relay: string; port: number; leave: () => void };
export type Balancer = ReturnType<typeof startBalancer>;

export function startBalancer(relays: readonly { name: string; port: number }[]) {
  const backends = relays.map(({ name, port }) => ({ name, port, isReady: false, connections: 0 }));

  async function ask(backend: (typeof backends)[number]): Promise<void> {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    try {
      backend.isReady = (await fetch(`http://127.0.0.1:${backend.port}/readyz`, { signal })).ok;
    } catch {
      backend.isReady = false;
    }
  }

  const timer = setInterval(() => backends.forEach((backend) => void ask(backend)), ASK_MS);

  /** Undefined where none is ready: a load balancer then answers 503. */
  function choose() {
    const [first, ...others] = backends.filter(({ isReady }) => isReady);
    return (
      first && others.reduce((fewest, one) => (one.connections < fewest.connections ? one : fewest), first)
    );
  }

  return {
    isReady: (relay: string) => backends.some(({ name, isReady }) => name === relay && isReady),
    /** For a connection. */
    take(): Place | undefined {
      const backend = choose();
      if (backend === undefined) return undefined;
      backend.connections += 1;
      let isTaken = true;
      return {
        relay: backend.name,
        port: backend.port,
        leave() {
          if (isTaken) backend.connections -= 1;
          isTaken = false;
        },
      };
    },
    /** For a single question. */
    port: () => choose()?.port,
    stop: () => clearInterval(timer),
  };
}
