/** What an agent does to the tab and to the browser. */
import { sleep } from '../patience.ts';
import type { Fault } from './fault.ts';

export const tabReloaded: Fault = {
  async strike({ agent }) {
    await agent.reload();
    return undefined;
  },
};

export const tabNavigated: Fault = {
  async strike({ agent }) {
    await agent.walkThrough();
    return undefined;
  },
};

export const tabCameBack: Fault = {
  async strike({ agent, random }) {
    const fromCache = await agent.goAndComeBack(random.between(200, 2_000));
    return fromCache ? 'out of the back/forward cache' : 'loaded anew: the browser had not cached it';
  },
};

export const browserReopened: Fault = {
  needsRelay: true,
  forgetsDeadRelays: true,
  async strike({ agent, random }) {
    await agent.close();
    await sleep(random.between(500, 4_000));
    await agent.open();
    await agent.turnOn();
    return undefined;
  },
};
