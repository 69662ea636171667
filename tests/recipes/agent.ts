/** The extension's own connection, over Node's WebSocket: what an agent gets through a proxy. */

import { parseRelayAddress } from '../../utils/connection/relay-address.ts';
import {
  type ConnectionDeps,
  createRelayConnection,
  type RelayConnection,
} from '../../utils/connection/relay-connection.ts';

export type Agent = {
  connection: RelayConnection;
  /** The platform's frames, in the order in which they were taken. */
  frames(): readonly unknown[];
  /** The state it is in, with the reason for it where it has one. */
  state(): string;
  gaps(): number;
  /** The close code of every connection, as its socket said it. */
  closeCodes(): readonly number[];
  /** The subprotocol that was answered on the newest connection. */
  protocol(): string | undefined;
};

/** Waits between attempts are as short as full jitter can make them, all but the shortest. */
const RANDOM = 0.1;

export function connectAgent(typed: string, token: string, plain: boolean): Agent {
  const parsed = parseRelayAddress(typed, plain);
  if (!parsed.ok) throw new Error(parsed.problem);
  const frames: unknown[] = [];
  const closeCodes: number[] = [];
  let newest: WebSocket | undefined;
  let state = 'off';
  let gaps = 0;

  const deps: ConnectionDeps = {
    openSocket(url, protocols) {
      newest = new WebSocket(url, protocols);
      newest.addEventListener('close', ({ code }) => void closeCodes.push(code));
      return newest;
    },
    fetch,
    nowMs: Date.now,
    random: () => RANDOM,
    setTimer: setTimeout,
    clearTimer: (timer) => clearTimeout(timer as NodeJS.Timeout | undefined),
  };
  const connection = createRelayConnection(
    deps,
    {
      deliver(frame) {
        if (frame.type === 'events') frames.push(...frame.events.map(({ data }) => data));
      },
      reportGap() {
        gaps += 1;
      },
      stateChanged(next) {
        state = 'reason' in next ? `${next.name}: ${next.reason}` : next.name;
      },
      closed() {},
    },
    undefined,
  );
  connection.start({ address: parsed.address, token, plain });
  return {
    connection,
    frames: () => frames,
    state: () => state,
    gaps: () => gaps,
    closeCodes: () => closeCodes,
    protocol: () => newest?.protocol,
  };
}
