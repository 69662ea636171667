/** Ninety seconds without a word from the platform: longer than any proxy's usual patience. All wait at the same time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'vitest';
import { until } from '../unit/relay/until.ts';
import { openInFront } from './in-front-world.ts';
import { openPassThrough } from './pass-through-world.ts';
import { caddy } from './proxies/caddy.ts';
import { haproxy } from './proxies/haproxy.ts';
import { nginx } from './proxies/nginx.ts';
import { worker } from './proxies/worker.ts';
import { createTrust } from './trust.ts';

const IDLE_MS = 90_000;
const PATIENCE_MS = IDLE_MS + 60_000;
const trust = createTrust();

/** Nobody says anything at all: a plain relay's client has nobody to ping. */
test.concurrent.for([nginx, caddy, haproxy, worker])(
  '$name passes through: an idle connection lives',
  { timeout: PATIENCE_MS },
  async (recipe, { expect, onTestFinished }) => {
    const { platform, connect } = await openPassThrough(recipe, trust, onTestFinished);
    const agent = connect();
    await until(() => expect(platform.simulator.connections()).toBe(1));
    await until(() => expect(agent.state()).toBe('connected'));
    await sleep(IDLE_MS);
    platform.simulator.sendRaw('still here');
    await until(() => expect(agent.frames()).toEqual(['still here']));
    expect(agent.closeCodes()).toEqual([]);
  },
);

/** The client pings, and the relay answers. */
test.concurrent.for([nginx, caddy, haproxy])(
  '$name in front of the relay: an idle connection lives',
  { timeout: PATIENCE_MS },
  async (recipe, { expect, onTestFinished }) => {
    const { simulator, connect } = await openInFront(recipe, trust, onTestFinished);
    const agent = connect();
    await until(() => expect(agent.state()).toBe('connected'));
    await sleep(IDLE_MS);
    simulator.sendRaw('still here');
    await until(() => expect(agent.frames()).toEqual(['still here']));
    expect(agent.closeCodes()).toEqual([]);
  },
);
