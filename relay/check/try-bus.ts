/** What a relay does with NATS, done once with a log of its own: the lease, a term, an entry written and read again. */
import { pino } from 'pino';
import type { Bus, Script, ScriptLog } from '../bus/bus.ts';
import { createNatsBus } from '../bus/nats/nats-bus.ts';
import type { NatsOptions } from '../bus/nats/nats-options.ts';
import { systemClock } from '../clock.ts';
import { LIMITS } from '../limits.ts';
import { silentObserver } from '../operations/observer.ts';

const AGAIN_MS = 100;

/** `undefined`: all of it went well. Otherwise what could not be done, and why. Leaves the log of `script` behind. */
export async function tryBus(
  options: NatsOptions,
  script: Script,
  withinMs: number,
): Promise<{ failed: string; why: string } | undefined> {
  const bus = createNatsBus(options, {
    clock: systemClock,
    log: pino({ level: 'silent' }),
    random: Math.random,
    limits: LIMITS,
    observer: silentObserver,
  });
  const log = bus.open(script);
  try {
    const failed = await writeAndRead(log, script.name, Date.now() + withinMs);
    return failed === undefined ? undefined : { failed, why: whyOf(bus) };
  } finally {
    await log.release();
    await log.close();
    await bus.close();
  }
}

/** What was being tried when the time was over. */
async function writeAndRead(log: ScriptLog, relay: string, untilMs: number): Promise<string | undefined> {
  let read = 0;
  log.follow({
    begin() {},
    entry(seq) {
      read = seq;
    },
  });
  const note = { relay, upstream: { state: 'connecting', since: 0 }, knownUpMs: undefined } as const;
  if ((await until(untilMs, async () => (await log.hold(note)) === 'held')) === undefined)
    return 'The lease cannot be held';

  const term = await until(untilMs, async () => {
    const begun = await log.beginTerm();
    return begun !== 'away' && begun;
  });
  if (term === undefined) return 'The log cannot be made';

  const entry = { kind: 'event', atMs: 0, json: '"check"' } as const;
  const stored = await until(untilMs, async () => {
    const appended = await term.append(entry, term.head);
    return appended.kind === 'stored' && appended;
  });
  if (stored === undefined) return 'The log cannot be written';
  return (await until(untilMs, async () => read === stored.seq)) === undefined
    ? 'The log cannot be read'
    : undefined;
}

/** Asks again until the answer is not `false`, or the time is over. */
async function until<Answer>(
  untilMs: number,
  ask: () => Promise<Answer | false>,
): Promise<Answer | undefined> {
  for (;;) {
    const answer = await ask();
    if (answer !== false) return answer;
    if (Date.now() > untilMs) return undefined;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

function whyOf(bus: Bus): string {
  return bus.status().detail ?? 'NATS did not answer, or does not let our user do it';
}
