/** A process full of load clients, of all subjects; only those of one subject are busy at a time. */
import { hears, nowUs } from './bench-event.ts';
import { createLatencies } from './latencies.ts';
import { openLoadClient } from './load-client.ts';
import { decodeLoadCommand, type LoadCommand, type LoadReport, type SubjectName } from './messages.ts';

const PROGRESS_MS = 2;
/** Handshakes under way at once. */
const CONNECTING = 50;

type Tally = {
  deliveries: number;
  frames: number;
  missed: number;
  closed: number;
  told: number;
  /** When the newest event came, 0 before the first, and the longest pause before one. */
  atUs: number;
  longestPauseUs: number;
};
const tallies = new Map<SubjectName, Tally>();
const latencies = createLatencies();

function report(message: LoadReport): void {
  process.send?.(message);
}

function tallyOf(subject: SubjectName): Tally {
  const none = { deliveries: 0, frames: 0, missed: 0, closed: 0, told: 0, atUs: 0, longestPauseUs: 0 };
  const tally = tallies.get(subject) ?? none;
  tallies.set(subject, tally);
  return tally;
}

/** Resolves once it is open. */
function openClient(command: Extract<LoadCommand, { kind: 'connect' }>, index: number): Promise<void> {
  const { subject, port, tokens, firstClient, ofClients, nextEvent } = command;
  const tally = tallyOf(subject);
  const agent = firstClient + index;
  const next = (n: number): number => {
    if (subject === 'own') return n + ((((agent - n) % ofClients) + ofClients) % ofClients);
    return subject !== 'rules' || hears(agent, n) ? n : next(n + 1);
  };
  let expected = next(nextEvent);
  const path = tokens.length > 0 ? '/v1/stream' : `/${subject}`;
  const token = tokens[agent % Math.max(1, tokens.length)];
  return new Promise((resolve, reject) => {
    openLoadClient(port, path, token, {
      onOpen: resolve,
      onEvent(n, delayUs) {
        if (n !== expected) tally.missed += Math.abs(n - expected);
        expected = next(n + 1);
        tally.deliveries += 1;
        latencies.add(delayUs);
        const atUs = nowUs();
        if (tally.atUs > 0) tally.longestPauseUs = Math.max(tally.longestPauseUs, atUs - tally.atUs);
        tally.atUs = atUs;
      },
      onFrame() {
        tally.frames += 1;
      },
      onClosed() {
        tally.closed += 1;
        reject(new Error(`${subject}: a connection was refused or lost`));
      },
    });
  });
}

async function connectAll(command: Extract<LoadCommand, { kind: 'connect' }>): Promise<void> {
  let next = 0;
  const lanes = Array.from({ length: CONNECTING }, async () => {
    while (next < command.clients) {
      next += 1;
      await openClient(command, next - 1);
    }
  });
  await Promise.all(lanes);
}

process.on('message', (raw) => {
  const command = decodeLoadCommand(raw);
  const { subject } = command;
  if (command.kind === 'connect') {
    connectAll(command).then(
      () => report({ kind: 'connected', subject }),
      (error: unknown) => report({ kind: 'failed', reason: String(error) }),
    );
    return;
  }
  const tally = tallyOf(subject);
  const { deliveries, frames, missed, closed, longestPauseUs } = tally;
  tally.longestPauseUs = 0;
  report({
    kind: 'marked',
    subject,
    atUs: nowUs(),
    deliveries,
    frames,
    missed,
    closed,
    latencies: latencies.take(),
    longestPauseUs,
  });
});
process.on('disconnect', () => process.exit(0));

setInterval(() => {
  for (const [subject, tally] of tallies) {
    if (tally.told === tally.deliveries) continue;
    tally.told = tally.deliveries;
    report({ kind: 'progress', subject, deliveries: tally.deliveries });
  }
}, PROGRESS_MS);
