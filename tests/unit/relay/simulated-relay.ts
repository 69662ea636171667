/** A relay's part in one script, wired as `channel.ts` and `lead.ts` do, in a world that is all simulated. */
import type { Term } from '../../../relay/bus/bus.ts';
import { type KnownUpSigns, lastKnownUp } from '../../../relay/leading/known-up.ts';
import { createLeadership } from '../../../relay/leading/leadership.ts';
import { createLogWriter, type LogWriter } from '../../../relay/leading/log-writer.ts';
import type { Limits } from '../../../relay/limits.ts';
import { createUpstream } from '../../../relay/upstream/upstream.ts';
import { createSimulatedLink, type SimulatedServer } from './simulated-log.ts';
import type { SimulatedPlatform } from './simulated-platform.ts';
import type { SimulatedTime } from './simulated-time.ts';

type World = {
  time: SimulatedTime;
  server: SimulatedServer;
  platform: SimulatedPlatform;
  random: () => number;
  limits: Limits;
};

export type SimulatedRelay = ReturnType<typeof startSimulatedRelay>;

export function startSimulatedRelay(relay: string, { time, server, platform, random, limits }: World) {
  const machine = time.createMachine();
  const { clock } = machine;
  const known: KnownUpSigns = {
    notedMs: undefined,
    newest: undefined,
    lostAtMs: undefined,
    ownMs: undefined,
  };
  let lead: { writer: LogWriter; upstream: ReturnType<typeof createUpstream> } | undefined;
  let begun: Term | undefined;

  const link = createSimulatedLink({
    time,
    server,
    machine,
    relay,
    random,
    onRead(entries) {
      for (const { entry } of entries) if (entry !== 'marker') known.newest = entry;
      openOnceRead();
    },
  });

  const knownUpMs = () => lead?.writer.settledMs(lead.upstream.knownUpMs());

  /** A process that has just started knows nothing of the gap that it is to tell. */
  function openOnceRead(): void {
    if (begun === undefined || link.readTo() < begun.head) return;
    const term = begun;
    begun = undefined;
    const writer = createLogWriter({
      term,
      clock,
      limits,
      onRefused: () => leadership.depose('refused'),
      onUnheard: () => leadership.depose('away'),
      onOverfull: () => leadership.depose('overfull'),
    });
    const upstream = createUpstream({
      url: 'wss://platform.example/',
      readToken: async () => ({ ok: true, token: 't' }),
      open: platform.openFor(machine),
      clock,
      random,
      knownUpMs: lastKnownUp(known),
      onFrame: (json, atMs) => writer.append({ kind: 'event', atMs, json }),
      onGap: (gap) => writer.append({ kind: 'gap', gap }),
      onState: () => leadership.noteChanged(),
      onDropped() {},
      onFailed() {},
    });
    lead = { writer, upstream };
    upstream.start();
  }

  function leave(): void {
    begun = undefined;
    known.ownMs = knownUpMs() ?? known.ownMs;
    lead?.upstream.stop();
    lead?.writer.stop();
    lead = undefined;
  }

  const leadership = createLeadership({
    log: link.log,
    clock,
    random,
    limits,
    note: () => ({ relay, upstream: { state: 'connecting', since: 0 }, knownUpMs: knownUpMs() }),
    onLead(term) {
      begun = term;
      openOnceRead();
    },
    onDeposed: leave,
    onHolder(note) {
      known.notedMs = note?.knownUpMs ?? known.notedMs;
    },
  });
  leadership.start();

  return {
    relay,
    machine,
    link,
    isLeading: leadership.isLeading,
    /** As a process ends that was asked to. */
    async finish(): Promise<void> {
      lead?.upstream.stop();
      await lead?.writer.drained();
      leave();
      await leadership.stop();
      machine.state = 'dead';
      link.close();
    },
    kill(): void {
      machine.state = 'dead';
      platform.forget(machine);
      link.close();
    },
  };
}
