/** The test of a connection as the settings page shows it: how far it has come, and for what it was asked. */
import { type ReadonlySignal, signal } from '@preact/signals';
import { type Finding, type HopName, type HopTone, hopNames, toneOf } from '../../utils/connection/hops.ts';
import type { HopNews, TestTarget } from '../../utils/connection/test-hops.ts';

/** `unreached`: an earlier hop did not hold. */
export type HopState =
  | { state: 'waiting' | 'running' | 'unreached' }
  | { state: HopTone; finding: Finding; atMs: number };

export type HopStates = Readonly<Record<HopName, HopState>>;

export type HopRun = {
  /** What was tested; `undefined` before the first test. */
  target: ReadonlySignal<TestTarget | undefined>;
  states: ReadonlySignal<HopStates>;
  isRunning: ReadonlySignal<boolean>;
  /** Ends a test that still runs, and begins another. */
  start(target: TestTarget): Promise<void>;
  /** Ends a test that still runs; what it has found stays. */
  cancel(): void;
  /** As before the first test. */
  clear(): void;
};

export type HopRunDeps = {
  test(target: TestTarget, tell: (news: HopNews) => void, signal: AbortSignal): Promise<void>;
  nowMs(): number;
};

export function createHopRun({ test, nowMs }: HopRunDeps): HopRun {
  const target = signal<TestTarget | undefined>(undefined);
  const states = signal(allOf('waiting'));
  const isRunning = signal(false);
  let running: AbortController | undefined;

  /** Hops that were not found by then never will be. */
  function end(): void {
    running?.abort();
    running = undefined;
    isRunning.value = false;
    const left = hopNames.filter((hop) => ['waiting', 'running'].includes(states.peek()[hop].state));
    for (const hop of left) set(hop, { state: 'unreached' });
  }

  function set(hop: HopName, state: HopState): void {
    states.value = { ...states.peek(), [hop]: state };
  }

  return {
    target,
    states,
    isRunning,
    async start(next) {
      running?.abort();
      const mine = new AbortController();
      running = mine;
      isRunning.value = true;
      target.value = next;
      states.value = allOf('waiting');
      const tell = (news: HopNews) => {
        if (mine !== running) return;
        if (news.state === 'running') set(news.hop, { state: 'running' });
        else set(news.hop, { state: toneOf(news.finding), finding: news.finding, atMs: nowMs() });
      };
      await test(next, tell, mine.signal);
      if (mine === running) end();
    },
    cancel: end,
    clear() {
      end();
      target.value = undefined;
    },
  };
}

function allOf(state: 'waiting'): HopStates {
  return Object.fromEntries(hopNames.map((hop) => [hop, { state }])) as Record<HopName, HopState>;
}
