import type { UpstreamFrame } from '../../utils/protocol/frames.ts';
import type { Bus, LeaseNote, LogEntry, LogStart, ScriptLog, Term } from '../bus/bus.ts';
import { watchPlatformToken } from '../upstream/platform-token-watch.ts';
import { type KnownUpSigns, lastKnownUp } from './known-up.ts';
import { createLead, type Lead, type LeadDependencies } from './lead.ts';
import { createLeadership, type WhyDeposed } from './leadership.ts';
import { describePlatformSide } from './platform-side.ts';

export type PlatformPartDependencies = Omit<LeadDependencies, 'knownUpMs' | 'onState' | 'onEnded'> & {
  script: ScriptLog;
  bus: Pick<Bus, 'status'>;
  /** Of this process; no two relays have the same. */
  relay: string;
  /** What agents are told has changed. */
  onPlatform: (platform: UpstreamFrame) => void;
};

export function createPlatformPart(deps: PlatformPartDependencies) {
  const { config, script, bus, clock, random, limits, log, observer } = deps;
  let tokenWatch: ReturnType<typeof watchToken> | undefined;
  let lead: Lead | undefined;
  let holder: { note: LeaseNote } | undefined;
  let vacantSinceMs = clock.now();
  const knownUp: KnownUpSigns = {
    notedMs: undefined,
    newest: undefined,
    lostAtMs: undefined,
    ownMs: undefined,
  };
  let platform = readPlatformSide();

  const leadership = createLeadership({
    log: script,
    clock,
    random,
    limits,
    note: () => ({
      relay: deps.relay,
      upstream: ownSide(),
      knownUpMs: lead?.knownUpMs() ?? lastKnownUp(knownUp),
    }),
    onLead: beginLead,
    onDeposed(why) {
      leave(why);
      log.warn({ why }, 'leads no more');
    },
    onHolder(note) {
      if (note === undefined && holder !== undefined) vacantSinceMs = clock.now();
      holder = note && { note };
      knownUp.notedMs = note?.knownUpMs ?? knownUp.notedMs;
      showPlatform();
    },
  });

  function ownSide(): LeaseNote['upstream'] {
    const { state, since, detail } = lead?.frame() ?? { state: 'connecting', since: clock.now() };
    return { state, since, detail };
  }

  function readPlatformSide(): UpstreamFrame {
    return describePlatformSide({ own: lead?.frame(), holder, bus: bus.status(), vacantSinceMs });
  }

  /** What agents are told of the platform's side may have changed. */
  function showPlatform(): void {
    const before = platform;
    platform = readPlatformSide();
    const { state, since, detail } = platform;
    if (state === before.state && since === before.since && detail === before.detail) return;
    log.info({ state, detail }, 'upstream');
    if (state !== before.state) observer.upstreamState(state);
    deps.onPlatform(platform);
  }

  function beginLead(term: Term): void {
    log.info({ epoch: term.epoch, head: term.head }, 'leads');
    observer.leads(true);
    lead = createLead(term, {
      ...deps,
      knownUpMs: lastKnownUp(knownUp),
      onState() {
        leadership.noteChanged();
        showPlatform();
      },
      onEnded: (why) => leadership.depose(why),
    });
    lead.start();
    showPlatform();
  }

  function leave(why: WhyDeposed): void {
    knownUp.ownMs = lead?.knownUpMs() ?? knownUp.ownMs;
    lead?.leave();
    lead = undefined;
    observer.leads(false);
    observer.deposed(why);
    showPlatform();
  }

  function watchToken() {
    return watchPlatformToken(config.token, clock, {
      onChange() {
        const use = lead?.frame().state === 'up' ? 'from the next connect on' : 'at once';
        log.info({ use }, 'platform token changed');
        lead?.tokenChanged();
      },
      onUnreadable: (reason) => log.warn({ reason }, 'platform token file cannot be read'),
      onExpiry: (atMs) => observer.platformTokenExpires(atMs),
      onExpiring(atMs, leftMs) {
        const expires = new Date(atMs).toISOString();
        if (leftMs > 0) {
          log.warn({ expires, minutesLeft: Math.ceil(leftMs / 60_000) }, 'platform token expires soon');
        } else log.error({ expires }, 'platform token has expired');
      },
    });
  }

  return {
    /** What agents are told. */
    platform: () => platform,
    leads: leadership.isLeading,
    /** Entries for the log that are not known to be in it. */
    pending: () => lead?.pending() ?? 0,
    /** The log begins here for its reader. */
    began(start: LogStart): void {
      knownUp.lostAtMs = start.lostAtMs ?? knownUp.lostAtMs;
    },
    /** The newest that was read of the log. */
    read(entry: LogEntry): void {
      knownUp.newest = entry;
    },
    /** The bus is away, or here again. */
    busChanged: showPlatform,
    start(): void {
      observer.upstreamState(platform.state);
      observer.leads(false);
      tokenWatch = watchToken();
      leadership.start();
    },
    /** Leaves the platform, to another relay where there is one. */
    async stop(): Promise<void> {
      tokenWatch?.stop();
      await lead?.finish();
      await leadership.stop();
    },
  };
}
