/** An address the relay is to listen on: free, or a relay is there already. */
import { type ClientRequest, get } from 'node:http';
import { get as getSecurely } from 'node:https';
import { createServer } from 'node:net';
import type { Hop } from './hop.ts';

export type AddressToCheck = {
  /** Which of the configuration's fields it is. */
  hop: 'listen' | 'operations';
  host: string;
  port: number;
  isSecure: boolean;
};

export async function checkAddress(
  { hop, host, port, isSecure }: AddressToCheck,
  withinMs: number,
): Promise<Hop> {
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const failure = await bind(host, port);
  switch (failure) {
    case undefined:
      return {
        hop,
        tone: 'good',
        text: port === 0 ? `A free port of ${host} can be had.` : `${where} is free.`,
      };
    case 'EADDRINUSE':
      return (await isRelayAt(host, port, isSecure, withinMs))
        ? { hop, tone: 'good', text: `A relay answers on ${where} already.` }
        : {
            hop,
            tone: 'poor',
            text: `Another program listens on ${where}.`,
            remedy: `End it, or choose another "${hop}.port".`,
          };
    case 'EACCES':
      return {
        hop,
        tone: 'poor',
        text: `This user may not listen on ${where}.`,
        remedy: `Choose a "${hop}.port" of 1024 or more, or allow it with CAP_NET_BIND_SERVICE.`,
      };
    default:
      return {
        hop,
        tone: 'poor',
        text: `Nobody can listen on ${where} here (${failure}).`,
        remedy: `Check "${hop}.host": it is a name or address of this machine, or 0.0.0.0 for all.`,
      };
  }
}

/** `undefined`: it could be listened on. Otherwise the system's code. */
function bind(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

/** Nothing is sent that would matter, so whose certificate it shows does not either. */
function isRelayAt(host: string, port: number, isSecure: boolean, withinMs: number): Promise<boolean> {
  const options = { host: reachable(host), port, path: '/healthz', timeout: withinMs, agent: false };
  return new Promise((resolve) => {
    const request: ClientRequest = isSecure
      ? getSecurely({ ...options, rejectUnauthorized: false })
      : get(options);
    request.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body = (body + chunk).slice(0, 100)));
      response.on('end', () => resolve(response.statusCode === 200 && body === '{"ok":true}'));
    });
    request.once('timeout', () => request.destroy());
    request.once('close', () => resolve(false));
    request.once('error', () => resolve(false));
  });
}

function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '::1' : host;
}
