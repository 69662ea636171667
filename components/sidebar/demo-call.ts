/**
 * The built-in demo call: plays through the very reducer that real events go through, in a model of its own, without
 * any relay. Nothing of it is kept.
 */
import * as v from 'valibot';
import { summarise } from '../../utils/transcript/call.ts';
import { createCallBook } from '../../utils/transcript/call-book.ts';
import { createSidebarModel, type SidebarModel } from './model.ts';

const script = v.object({
  customer: v.string(),
  caller: v.string(),
  callee: v.string(),
  lines: v.array(
    v.object({ leg: v.picklist([0, 1]), atMs: v.number(), durationMs: v.number(), text: v.string() }),
  ),
});
type Script = v.InferOutput<typeof script>;

export type DemoDeps = {
  /** The call in the browser's language, as JSON. */
  load(): Promise<unknown>;
  nowMs(): number;
  setTimer(run: () => void, ms: number): unknown;
};

export type DemoCall = { model: SidebarModel; stop(): void };

/** An interim about every so often, as transcribers send them. */
const INTERIM_EVERY_MS = 350;
const END_AFTER_MS = 1_500;

type Timed = { atMs: number; event: Record<string, unknown> };

/** Starts at once; lines come as they are spoken. */
export async function playDemoCall({ load, nowMs, setTimer }: DemoDeps): Promise<DemoCall> {
  const call = v.parse(script, await load());
  const model = createSidebarModel();
  const book = createCallBook();
  let stopped = false;

  function tell({ event }: Timed): void {
    for (const change of book.takeEvent(event, nowMs())) {
      if (change.kind !== 'call') continue;
      const { head, entries, firstIndex } = change;
      model.take({ type: 'changes', calls: [{ call: summarise(head), entries, firstIndex }], forgotten: [] });
    }
  }

  model.take({ type: 'complete' });
  const startedAtMs = nowMs();
  const events = timeline(call, startedAtMs);
  const playFrom = (at: number): void => {
    const next = events[at];
    if (stopped || next === undefined) return;
    setTimer(
      () => {
        if (stopped) return;
        tell(next);
        playFrom(at + 1);
      },
      startedAtMs + next.atMs - nowMs(),
    );
  };
  tell({
    atMs: 0,
    event: {
      callid: DEMO_CALL,
      event: 'started',
      cli: call.caller,
      dest: call.callee,
      customer: call.customer,
      direction: 'inbound',
    },
  });
  playFrom(0);
  return {
    model,
    stop() {
      stopped = true;
    },
  };
}

const DEMO_CALL = 'demo';

/** The events of the call in order: each line's interims word by word, its final, and the end. */
function timeline({ lines }: Script, startedAtMs: number): Timed[] {
  const events = lines.flatMap(({ leg, atMs, durationMs, text }, number): Timed[] => {
    const words = text.split(' ');
    const steps = Math.max(1, Math.min(words.length, Math.floor(durationMs / INTERIM_EVERY_MS)));
    return Array.from({ length: steps }, (_, step): Timed => {
      const final = step === steps - 1;
      const heard = final ? text : words.slice(0, Math.ceil((words.length * (step + 1)) / steps)).join(' ');
      return {
        atMs: atMs + (durationMs * (step + 1)) / steps,
        event: {
          callid: DEMO_CALL,
          leg,
          text: heard,
          final,
          utterance: String(number),
          ts: startedAtMs + atMs,
        },
      };
    });
  });
  // Two may speak at once.
  events.sort((one, other) => one.atMs - other.atMs);
  const last = events.at(-1)?.atMs ?? 0;
  return [...events, { atMs: last + END_AFTER_MS, event: { callid: DEMO_CALL, event: 'ended' } }];
}
