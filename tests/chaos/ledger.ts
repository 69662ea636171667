/** What was sent, over which connection, to which life of the relay; and what stood still meanwhile. */

export type SentLine = {
  /** Of the whole run: no two lines have the same. */
  number: number;
  callId: string;
  text: string;
  sentMs: number;
  /** The relay's connection to the platform that it was sent over; `undefined`: none stood, or not for certain. */
  connection: number | undefined;
};

/** One connection of the relay to the platform. */
export type Connection = { life: number; endedMs: number | undefined };
/** One process of the relay. `heardMs`: when bytes of it last went to a browser that had caught up. */
export type Life = { startedMs: number; diedMs: number | undefined; heardMs: number };
export type Span = { fromMs: number; toMs: number };

export type Facts = {
  connections: ReadonlyMap<number, Connection>;
  lives: ReadonlyMap<number, Life>;
  /** Somebody was frozen or stalled, or could keep nothing: what was under way is older than its end tells. */
  stalls: readonly Span[];
  /** More was sent than the relay's window holds while the browser was away. */
  overruns: readonly Span[];
};

export type Ledger = ReturnType<typeof createLedger>;

export function createLedger(nowMs: () => number) {
  const connections = new Map<number, Connection>();
  const lives = new Map<number, Life>();
  const stalls: Span[] = [];
  const overruns: Span[] = [];
  const faults: { name: string; atMs: number }[] = [];
  let lines: SentLine[] = [];
  let count = 0;
  let life = 0;

  /** The one connection that stands; `undefined` while two overlap. */
  function standing(): number | undefined {
    const open = [...connections].filter(([, { endedMs }]) => endedMs === undefined);
    return open.length === 1 ? open[0]?.[0] : undefined;
  }

  /** Begins a span; what it returns ends it. Until then it reaches to the end of the run. */
  function begin(spans: Span[]): () => void {
    const span = { fromMs: nowMs(), toMs: Number.POSITIVE_INFINITY };
    spans.push(span);
    return () => {
      span.toMs = nowMs();
    };
  }

  return {
    facts: { connections, lives, stalls, overruns } satisfies Facts,
    lines: (): readonly SentLine[] => lines,
    nextNumber: () => count + 1,
    /** `isHeard`: the platform has exactly one subscriber. */
    sent(callId: string, text: string, isHeard: boolean): void {
      count += 1;
      const connection = isHeard ? standing() : undefined;
      lines.push({ number: count, callId, text, sentMs: nowMs(), connection });
    },
    /** Counted and done with. */
    retire(done: ReadonlySet<SentLine>): void {
      lines = lines.filter((line) => !done.has(line));
    },
    /** Whether the relay that runs cannot have it: it was sent before that one was started. */
    isOfDeadRelay: ({ sentMs }: SentLine): boolean => sentMs < (lives.get(life)?.startedMs ?? 0),
    relayStarted(): void {
      life += 1;
      lives.set(life, { startedMs: nowMs(), diedMs: undefined, heardMs: nowMs() });
    },
    relayDied(): void {
      const died = lives.get(life);
      if (died !== undefined) died.diedMs = nowMs();
    },
    relayHeard(): void {
      const heard = lives.get(life);
      if (heard !== undefined) heard.heardMs = nowMs();
    },
    connected: (number: number) => void connections.set(number, { life, endedMs: undefined }),
    disconnected(number: number): void {
      const ended = connections.get(number);
      if (ended !== undefined) ended.endedMs = nowMs();
    },
    stalled: () => begin(stalls),
    overrun: () => begin(overruns),
    faulted: (name: string) => void faults.push({ name, atMs: nowMs() }),
    /** The faults about a moment, in words. */
    faultsNear(atMs: number): string {
      const before = faults.findLast((fault) => fault.atMs <= atMs);
      const after = faults.find((fault) => fault.atMs > atMs);
      const words = [
        before && `${((atMs - before.atMs) / 1000).toFixed(1)} s after ${before.name}`,
        after && `${((after.atMs - atMs) / 1000).toFixed(1)} s before ${after.name}`,
      ];
      return words.filter((word) => word !== undefined).join(', ') || 'no fault near';
    },
  };
}
