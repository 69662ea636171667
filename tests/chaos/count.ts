/** Brings everything to rest, reads the screen, and adds up. */
import { auditCall, type Finding, type Verdict } from './audit.ts';
import type { SentLine } from './ledger.ts';
import { sleep, waitUntil } from './patience.ts';
import { connectionWords, endsWith, readCall } from './sidebar-reader.ts';
import type { ChaosWorld } from './world.ts';

export type Totals = {
  sent: number;
  shown: number;
  lost: number;
  duplicated: number;
  outOfOrder: number;
  unrecoverable: number;
  gapsShown: number;
};

const MOST_EXAMPLES = 20;
/** Both backoffs end at 30 s, and a silent end is noticed within 30 s. */
const WHOLE_AGAIN_MS = 100_000;
const ARRIVAL_MS = 45_000;
/** Longer than an utterance takes to become final. */
const LAST_WORDS_MS = 600;

export function createCount(world: ChaosWorld) {
  const { ledger, traffic, agent, say } = world;
  const totals: Totals = {
    sent: 0,
    shown: 0,
    lost: 0,
    duplicated: 0,
    outOfOrder: 0,
    unrecoverable: 0,
    gapsShown: 0,
  };
  const examples: { verdict: Verdict; words: string }[] = [];
  /** How many lines could not be had again, by cause. */
  const causes: Record<string, number> = {};

  function example(verdict: Verdict, words: string): void {
    const known = examples.filter((one) => one.verdict === verdict);
    if (known.length < MOST_EXAMPLES) examples.push({ verdict, words });
  }

  /** Lets all traffic through, and waits until the last line of every call is on screen. */
  async function settle(): Promise<void> {
    traffic.pause();
    await sleep(LAST_WORDS_MS);
    await world.relayAwake;
    for (const wire of [world.toRelay, world.toPlatform]) {
      wire.unblock();
      wire.flow();
    }
    await world.relay.start();
    await agent.page().bringToFront();
    if (!(await world.isWholeWithin(WHOLE_AGAIN_MS)))
      say(`! not whole again after ${WHOLE_AGAIN_MS / 1000} s: ${await stateWords()}`);
    traffic.sayInAll();
    for (const callId of traffic.callIds()) await waitForLastOf(callId);
  }

  async function waitForLastOf(callId: string): Promise<void> {
    const last = ledger.lines().findLast((line) => line.callId === callId);
    if (last === undefined) return;
    const arrived = await waitUntil(
      async () => endsWith(await agent.sidebar(), callId, last.text),
      ARRIVAL_MS,
    );
    if (!arrived)
      say(`! the last line of ${callId} did not come in ${ARRIVAL_MS / 1000} s: ${await stateWords()}`);
  }

  async function stateWords(): Promise<string> {
    return agent
      .sidebar()
      .then(connectionWords)
      .catch((error: unknown) => `no sidebar (${error instanceof Error ? error.message : error})`);
  }

  /** Reads every call and counts the lines that `isDone` picks, and what stands among them. */
  async function count(isDone: (line: SentLine) => boolean): Promise<void> {
    const byCall = Map.groupBy(ledger.lines(), ({ callId }) => callId);
    const done = new Set<SentLine>();
    for (const [callId, lines] of byCall) {
      const rows = await readCall(await agent.sidebar(), callId);
      const audit = auditCall(lines, rows, ledger.facts);
      for (const line of lines.filter(isDone)) {
        done.add(line);
        if (line.connection !== undefined) totals.sent += 1;
      }
      for (const finding of audit.findings) if (done.has(finding.line)) add(finding);
      const kept = new Set(lines.filter((line) => !done.has(line)).map(({ text }) => text));
      const end = rows.findIndex((row) => row.kind === 'line' && kept.has(row.text));
      const counted = end === -1 ? rows : rows.slice(0, end);
      totals.gapsShown += counted.filter(({ kind }) => kind === 'gap').length;
      totals.duplicated += audit.strangers.length;
      for (const text of audit.strangers)
        example('duplicated', `on screen and never sent: ${callId} "${text}"`);
    }
    ledger.retire(done);
  }

  function add({ line, verdict, why }: Finding): void {
    const counter = counters[verdict];
    if (verdict !== 'shown' || line.connection !== undefined) totals[counter] += 1;
    if (verdict === 'unrecoverable') causes[why] = (causes[why] ?? 0) + 1;
    if (verdict === 'shown' || verdict === 'unrecoverable') return;
    example(
      verdict,
      `${verdict}: line ${line.number} of ${line.callId}, ${why}; sent ${ledger.faultsNear(line.sentMs)}`,
    );
  }

  return {
    totals,
    causes,
    /** The worst first. */
    examples: (): string[] =>
      (['lost', 'duplicated', 'out-of-order'] as const)
        .flatMap((worst) => examples.filter(({ verdict }) => verdict === worst))
        .slice(0, MOST_EXAMPLES)
        .map(({ words }) => words),
    /** At rest, counts everything; then new calls begin. */
    async all(): Promise<void> {
      await settle();
      await count(() => true);
    },
    /** At rest, counts what no relay that runs still holds. */
    async ofDeadRelays(): Promise<void> {
      await settle();
      await count(ledger.isOfDeadRelay);
    },
  };
}

const counters = {
  shown: 'shown',
  lost: 'lost',
  duplicated: 'duplicated',
  'out-of-order': 'outOfOrder',
  unrecoverable: 'unrecoverable',
} as const satisfies Record<Verdict, keyof Totals>;
