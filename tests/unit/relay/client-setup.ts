/** A client state machine with everything around it made up. Time is vitest's. */

import type { Agent } from '../../../relay/access/agents.ts';
import { createAgentsInForce, type OpenKeys } from '../../../relay/access/agents-in-force.ts';
import { hashToken } from '../../../relay/access/authenticate.ts';
import type { LogWindow } from '../../../relay/bus/bus.ts';
import { createClient } from '../../../relay/clients/client.ts';
import { systemClock } from '../../../relay/clock.ts';
import { LIMITS, type Limits } from '../../../relay/limits.ts';
import { type StreamObserver, silentObserver } from '../../../relay/operations/observer.ts';
import { createEventFlow } from '../../../relay/stream/event-flow.ts';
import { readPlatformEvents } from '../../../relay/stream/platform-events.ts';
import { createStream } from '../../../relay/stream/stream.ts';
import type { FieldMap } from '../../../utils/transcript/field-map.ts';
import { appendNext } from './append-next.ts';
import { createFakeSocket } from './fake-socket.ts';

const WINDOW: LogWindow = { events: 20_000, ms: 900_000, bytes: 64 * 1024 * 1024 };

export const ALICE: Agent = {
  name: 'Alice',
  tokenSha256: hashToken('alice-1'),
  calls: 'all',
  stream: 'main',
};
export const ALICE_RENEWED: Agent = {
  name: 'Alice',
  tokenSha256: hashToken('alice-2'),
  calls: 'all',
  stream: 'main',
};
export const BOB: Agent = { name: 'Bob', tokenSha256: hashToken('bob-1'), calls: [], stream: 'main' };

/** For agents whom the configuration names. */
export const openNoKeys: OpenKeys = () => {
  throw new Error('there is no identity provider');
};

export function createClientSetup(
  options: {
    limits?: Partial<Limits>;
    window?: Partial<LogWindow>;
    observer?: Partial<StreamObserver>;
    /** The log has more than this relay has read. */
    isBehind?: boolean;
  } = {},
) {
  const limits: Limits = { ...LIMITS, ...options.limits };
  const window = { ...WINDOW, ...options.window };
  const stream = createStream('epoch-1', window);
  const agents = createAgentsInForce({ agents: [ALICE, ALICE_RENEWED, BOB] }, systemClock, openNoKeys);
  let fieldMap: FieldMap | undefined;
  const flow = createEventFlow(stream, {
    clock: systemClock,
    limits,
    windowMs: window.ms,
    fieldMap: () => fieldMap,
    onAppended: () => {},
  });
  const deps = {
    stream,
    flow,
    window,
    agents,
    upstreamFrame: () => ({ type: 'upstream', state: 'up', since: 1 }) as const,
    isBehind: () => options.isBehind ?? false,
    fieldMap: () => fieldMap,
    clock: systemClock,
    limits,
    observer: { ...silentObserver.ofStream('main'), ...options.observer },
  };
  return {
    stream,
    agents,
    setFieldMap(changed: FieldMap | undefined): void {
      fieldMap = changed;
    },
    append(count: number, data = '"x"'): void {
      for (let index = 0; index < count; index += 1) appendNext(stream, data, systemClock.now());
    },
    /** As the platform sends them: a text as it is, anything else as JSON. */
    ingest(...frames: unknown[]): void {
      for (const frame of frames) {
        const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
        for (const dataJson of readPlatformEvents(text, fieldMap)) {
          flow.ingest({ seq: stream.head() + 1, atMs: systemClock.now(), dataJson });
        }
      }
    },
    flow,
    appendGap(from: number): void {
      stream.appendGap({ from, to: from + 1, reason: 'upstream-away' }, systemClock.now());
    },
    connect(agent: Agent = ALICE) {
      const fake = createFakeSocket();
      const client = createClient(fake.socket, agent, deps);
      const say = (frame: object) => client.receive(JSON.stringify(frame));
      return { ...fake, client, say };
    },
  };
}
