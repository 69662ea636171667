/** Whether anything answers at the platform's host, before any WebSocket is asked for. */
import { connect } from 'node:net';
import { describeUpstreamEnd } from '../upstream/upstream-end.ts';
import type { Hop } from './hop.ts';

const REMEDIES: Record<string, string> = {
  ENOTFOUND: 'Check "upstream.url" for a slip, and this machine’s name server.',
  EAI_AGAIN: 'Check this machine’s name server and its network.',
  ECONNREFUSED: 'Check the host and the port in "upstream.url".',
};
const FIREWALL = 'Ask whether a firewall holds back connections from this machine to that host and port.';

export async function reachHost(url: URL, withinMs: number): Promise<Hop> {
  const port = Number(url.port) || (url.protocol === 'wss:' ? 443 : 80);
  const failure = await knock(url.hostname.replace(/^\[|\]$/g, ''), port, withinMs);
  if (failure === undefined) {
    return {
      hop: 'host',
      tone: 'good',
      text: `The platform’s host ${url.hostname} answers on port ${port}.`,
    };
  }
  const { detail } = describeUpstreamEnd(
    failure === 'timeout' ? { kind: 'timeout' } : { kind: 'failed', code: failure },
  );
  return { hop: 'host', tone: 'poor', text: `${detail}.`, remedy: REMEDIES[failure] ?? FIREWALL };
}

/** `undefined`: a connection opened. Otherwise the network's code, or `timeout`. */
function knock(host: string, port: number, withinMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: withinMs });
    const settle = (failure: string | undefined) => {
      socket.destroy();
      resolve(failure);
    };
    socket.once('connect', () => settle(undefined));
    socket.once('timeout', () => settle('timeout'));
    // Several addresses that all failed come as one error whose code is that of the first.
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? 'unknown'));
  });
}
