/** One contract for all that carries events between relays; see `relay/bus/bus.ts`. */
import { afterAll, beforeAll, describe } from 'vitest';
import { describeContent } from './bus-content-cases.ts';
import { describeLease } from './bus-lease-cases.ts';
import { describeLog } from './bus-log-cases.ts';
import { describeTerms } from './bus-term-cases.ts';
import { memoryWorld, natsWorld } from './bus-worlds.ts';

describe.each([memoryWorld(), natsWorld()])('the bus: $name', (world) => {
  beforeAll(() => world.start(), 60_000);
  afterAll(() => world.stop());

  describeLog(world);
  describeContent(world);
  describeTerms(world);
  describeLease(world);
});
