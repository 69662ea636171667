/** An upgrade as a browser asks for it, and the answer that a browser would not show. */
import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { offerProtocols } from '../../../utils/protocol/subprotocol.ts';

type Answer = { status: number; body: unknown; headers: Record<string, unknown> };

const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};

/** Asks for an upgrade the way a browser does and reads what comes back. */
export function askUpgrade(url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers: { ...UPGRADE, ...headers } });
    asking.on('error', reject);
    asking.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: 101, body: undefined, headers: response.headers });
    });
    asking.on('response', async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      resolve({ status: response.statusCode ?? 0, body, headers: response.headers });
    });
    asking.end();
  });
}

/** The same, and the connection stays until the test has ended. Its status. */
export function holdUpgrade(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { headers: { ...UPGRADE, ...headers } });
    asking.on('error', reject);
    asking.on('upgrade', (_response, socket) => {
      socket.on('error', () => socket.destroy());
      onTestFinished(() => void socket.destroy());
      resolve(101);
    });
    asking.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asking.end();
  });
}

export const offer = (token: string) => ({ 'sec-websocket-protocol': offerProtocols(token).join(', ') });
