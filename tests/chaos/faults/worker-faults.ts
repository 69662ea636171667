/** The extension's worker ends, as a browser may end it at any moment. */
import { sleep } from '../patience.ts';
import type { Fault } from './fault.ts';

export const workerKilled: Fault = {
  async strike({ agent }) {
    await agent.killWorker();
    return undefined;
  },
};

export const workerKilledInARow: Fault = {
  async strike({ agent }) {
    const beganMs = performance.now();
    const times = 4;
    for (let time = 0; time < times; time += 1) await agent.killWorker();
    return `${times} times in ${Math.round(performance.now() - beganMs)} ms`;
  },
};

export const workerKilledWhileRelayAway: Fault = {
  needsRelay: true,
  async strike({ agent, relay, random }) {
    await relay.stop();
    await sleep(random.between(100, 1_000));
    await agent.killWorker();
    await sleep(random.between(100, 2_000));
    await relay.start();
    return undefined;
  },
};
