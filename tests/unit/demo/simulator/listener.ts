/** A client of the simulator, as the relay is one: the header on the upgrade, and every frame kept. */
import { once } from 'node:events';
import { request } from 'node:http';
import { WebSocket } from 'undici';
import { vi } from 'vitest';
import type { Simulator } from '../../../../demo/simulator/start-simulator.ts';

type Frame = string | Uint8Array;

export type Listener = {
  frames: Frame[];
  /** The frames so far as JSON values. */
  events(): unknown[];
  /** Resolves when there are at least so many frames. */
  received(count: number): Promise<Frame[]>;
  closed: Promise<{ code: number; reason: string }>;
  send(text: string): void;
  close(): Promise<void>;
};

export async function listen({ url, token }: Pick<Simulator, 'url' | 'token'>): Promise<Listener> {
  const frames: Frame[] = [];
  const socket = new WebSocket(url, { headers: { authorization: `Bearer ${token}` } });
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('message', ({ data }) => {
    frames.push(data instanceof ArrayBuffer ? new Uint8Array(data) : String(data));
  });
  const closed = once(socket, 'close').then(([event]) => ({ code: event.code, reason: event.reason }));
  await once(socket, 'open');
  return {
    frames,
    events: () => frames.map((frame) => JSON.parse(String(frame))),
    received: (count) =>
      vi.waitUntil(() => (frames.length >= count ? frames : undefined), { timeout: 20_000, interval: 5 }),
    closed,
    send: (text) => socket.send(text),
    async close() {
      socket.close();
      await closed;
    },
  };
}

/** Asks for an upgrade and gives the answer that came instead of a 101, with its body. */
export function askForUpgrade(
  url: string,
  authorization?: string,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(url.replace('ws:', 'http:'), {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...(authorization !== undefined && { authorization }),
      },
    });
    asking.on('response', async (response) => {
      const body = await response.setEncoding('utf8').reduce((text: string, part: string) => text + part, '');
      resolve({ status: response.statusCode ?? 0, body });
    });
    asking.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ status: 101, body: '' });
    });
    asking.on('error', reject);
    asking.end();
  });
}
