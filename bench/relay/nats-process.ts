/** A NATS of the bench: one server with JetStream on this machine, and what its monitoring says of it. */
import { existsSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { freePort } from '../../tests/free-port.ts';
import { startSilentServer } from '../children.ts';

const NATS_SERVER = '/usr/sbin/nats-server';

export type Nats = { pid: number; port: number; monitorPort: number };

const varz = v.object({
  in_msgs: v.number(),
  out_msgs: v.number(),
  in_bytes: v.number(),
  out_bytes: v.number(),
  slow_consumers: v.number(),
});
const jsz = v.object({ memory: v.number(), messages: v.number() });
/** Since it was started, but for what it holds: messages of all streams, and their bytes in memory. */
export type NatsCounters = {
  inMessages: number;
  outMessages: number;
  inBytes: number;
  outBytes: number;
  slowConsumers: number;
  heldMessages: number;
  heldBytes: number;
};

export const canStartNats = (): boolean => existsSync(NATS_SERVER);

/** `folder`: where its JetStream may write. */
export async function startNats(folder: string): Promise<Nats> {
  const [port, monitorPort] = [await freePort(), await freePort()];
  const store = mkdtempSync(join(folder, 'nats-'));
  const args = ['-a', '127.0.0.1', '-p', String(port), '-m', String(monitorPort), '-js', '-sd', store];
  const isHealthy = async () => {
    try {
      return (await fetch(`http://127.0.0.1:${monitorPort}/healthz`)).ok;
    } catch {
      return false;
    }
  };
  return { pid: await startSilentServer(NATS_SERVER, args, isHealthy), port, monitorPort };
}

export async function countersOf({ monitorPort }: Nats): Promise<NatsCounters> {
  const ask = async (path: string): Promise<unknown> =>
    (await fetch(`http://127.0.0.1:${monitorPort}/${path}`)).json();
  const [server, jetStream] = [v.parse(varz, await ask('varz')), v.parse(jsz, await ask('jsz'))];
  return {
    inMessages: server.in_msgs,
    outMessages: server.out_msgs,
    inBytes: server.in_bytes,
    outBytes: server.out_bytes,
    slowConsumers: server.slow_consumers,
    heldMessages: jetStream.messages,
    heldBytes: jetStream.memory,
  };
}
