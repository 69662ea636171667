import { describe, expect, test } from 'vitest';
import { createHopRun } from '../../../components/options/hop-run.ts';
import type { HopNews, TestTarget } from '../../../utils/connection/test-hops.ts';

const target: TestTarget = { address: 'wss://a.test', token: 't', plain: false, fieldMap: undefined };

/** A test that says what it is told to, and ends when it is told to. */
function createWorld() {
  const running: { tell(news: HopNews): void; signal: AbortSignal; end(): void }[] = [];
  const run = createHopRun({
    nowMs: () => 7,
    test: (_target, tell, signal) => new Promise<void>((end) => running.push({ tell, signal, end })),
  });
  const states = () => Object.values(run.states.value).map(({ state }) => state);
  return { run, running, states };
}

const good: HopNews = {
  hop: 'address',
  state: 'found',
  finding: { hop: 'address', kind: 'address-encrypted' },
};
const poor: HopNews = { hop: 'reach', state: 'found', finding: { hop: 'reach', kind: 'nothing-there' } };

describe('a test as it is shown', () => {
  test('waits, runs, tells, and does not reach what lies behind a poor hop', async () => {
    const { run, running, states } = createWorld();
    const done = run.start(target);
    expect([run.isRunning.value, ...states()]).toEqual([true, ...Array(7).fill('waiting')]);
    running[0]?.tell({ hop: 'address', state: 'running' });
    expect(states()[0]).toBe('running');
    running[0]?.tell(good);
    running[0]?.tell(poor);
    running[0]?.end();
    await done;
    expect(states()).toEqual(['good', 'poor', ...Array(5).fill('unreached')]);
    expect(run.states.value.reach).toMatchObject({ atMs: 7 });
    expect(run.isRunning.value).toBe(false);
  });

  test('is ended by another, and is heard no more', async () => {
    const { run, running, states } = createWorld();
    const first = run.start(target);
    void run.start({ ...target, token: 'another' });
    expect(running[0]?.signal.aborted).toBe(true);
    running[0]?.tell(poor);
    running[0]?.end();
    await first;
    expect([run.isRunning.value, ...states()]).toEqual([true, ...Array(7).fill('waiting')]);
    expect(run.target.value?.token).toBe('another');
  });

  test('that is stopped keeps what it found', () => {
    const { run, running, states } = createWorld();
    void run.start(target);
    running[0]?.tell(good);
    run.cancel();
    expect(running[0]?.signal.aborted).toBe(true);
    expect(states()).toEqual(['good', ...Array(6).fill('unreached')]);
    run.clear();
    expect(run.target.value).toBeUndefined();
  });
});
