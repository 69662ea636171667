/** The relay's log, read for what became of the agent's connection. */
import { Writable } from 'node:stream';
import * as v from 'valibot';

export type RelayLog = {
  /** Give it to the relay's logger. */
  stream: Writable;
  /** How often an agent has left and come so far. */
  connections(): { lost: number; opened: number };
};

const entry = v.object({ msg: v.string() });

export function createRelayLog(): RelayLog {
  const messages: string[] = [];
  const count = (wanted: string) => messages.filter((message) => message === wanted).length;
  return {
    stream: new Writable({
      write(chunk, _encoding, written) {
        messages.push(v.parse(entry, JSON.parse(String(chunk))).msg);
        written();
      },
    }),
    connections: () => ({ lost: count('client left'), opened: count('client connected') }),
  };
}
