/** One request as somebody else than the extension would make it: with any header, from any address of the loopback. */
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';

export type Answer = { status: number | undefined; headers: IncomingHttpHeaders; body: string };
type Asking = { headers?: Readonly<Record<string, string>>; from?: string; method?: string };

/** The headers that ask for a WebSocket. */
export const UPGRADE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
} as const;

/** `from`: the local address it comes from. A 101 is an answer without a body, and its socket is let go. */
export async function ask(
  url: string,
  { headers = {}, from = '127.0.0.1', method = 'GET' }: Asking = {},
): Promise<Answer> {
  const asked = request(url, { headers, localAddress: from, family: 4, method, agent: false });
  asked.end();
  const upgraded = new Promise<Answer>((resolve) =>
    asked.once('upgrade', ({ statusCode, headers: answered }, socket) => {
      socket.destroy();
      resolve({ status: statusCode, headers: answered, body: '' });
    }),
  );
  return Promise.race([upgraded, answerOf(asked)]);
}

async function answerOf(asked: ReturnType<typeof request>): Promise<Answer> {
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}
