/** Time moved by hand, and machines that live in it: each may be paused, resumed and killed. */
import type { Clock } from '../../../relay/clock.ts';

/** What belongs to a machine waits while it is paused, and never happens once it is dead. */
export type Machine = {
  state: 'running' | 'paused' | 'dead';
  clock: Clock;
  waiting: Due[];
};
type Due = {
  atMs: number;
  run: () => void;
  machine: Machine | undefined;
  isTimer: boolean;
  isUndone: boolean;
};

export type SimulatedTime = ReturnType<typeof createSimulatedTime>;

/** More turns than any chain of promises between two moments has. */
const TURNS = 12;

export function createSimulatedTime() {
  let nowMs = 1_000_000;
  const due: Due[] = [];

  function add(atMs: number, run: () => void, machine?: Machine, isTimer = false): Due {
    const one: Due = { atMs: Math.max(atMs, nowMs), run, machine, isTimer, isUndone: false };
    const later = due.findIndex((other) => other.atMs > one.atMs);
    due.splice(later === -1 ? due.length : later, 0, one);
    return one;
  }

  async function perform(one: Due): Promise<void> {
    if (one.isUndone || one.machine?.state === 'dead') return;
    if (one.machine?.state === 'paused') {
      one.machine.waiting.push(one);
      return;
    }
    one.run();
    for (let turn = 0; turn < TURNS; turn += 1) await undefined;
  }

  return {
    now: () => nowMs,
    /** On a machine's behalf, or on nobody's. */
    at: (atMs: number, run: () => void, machine?: Machine): void => void add(atMs, run, machine),
    createMachine(): Machine {
      const machine: Machine = {
        state: 'running',
        waiting: [],
        clock: {
          now: () => nowMs,
          after(delayMs, action) {
            const timer = add(nowMs + delayMs, action, machine, true);
            return () => {
              timer.isUndone = true;
            };
          },
        },
      };
      return machine;
    },
    /** Timers that are late come first, as in Node; then what the network brought. */
    resume(machine: Machine): void {
      if (machine.state !== 'paused') return;
      machine.state = 'running';
      const waiting = machine.waiting.splice(0).map((one) => Object.assign(one, { atMs: nowMs }));
      due.unshift(...waiting.filter(({ isTimer }) => isTimer), ...waiting.filter(({ isTimer }) => !isTimer));
    },
    async runFor(ms: number): Promise<void> {
      const untilMs = nowMs + ms;
      for (let next = due[0]; next !== undefined && next.atMs <= untilMs; next = due[0]) {
        due.shift();
        nowMs = next.atMs;
        await perform(next);
      }
      nowMs = untilMs;
    },
  };
}
