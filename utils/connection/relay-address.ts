/** The relay's address as a person types it, to the URLs the extension uses. */
import { SESSION_PATH } from '../protocol/session.ts';

const STREAM_PATH = '/v1/stream';

export type AddressProblem =
  | 'address-empty'
  | 'address-not-a-url'
  | 'address-not-websocket'
  | 'address-not-encrypted'
  | 'address-holds-secret';

export type RelayAddress = { streamUrl: string; sessionUrl: string };
export type ParsedAddress = { ok: true; address: RelayAddress } | { ok: false; problem: AddressProblem };

/**
 * Takes `wss://relay.example.com`, `https://…`, a bare host, or any of them with a path before `/v1/stream`.
 * A plain relay's path is taken as it is. Unencrypted is for this machine only; a user, a query or a fragment could hold a token and is refused.
 */
export function parseRelayAddress(typed: string, plain = false): ParsedAddress {
  const text = typed.trim();
  if (text === '') return { ok: false, problem: 'address-empty' };
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `wss://${text}`);
  // Chromium takes a host with a space in it, and escapes that.
  if (url === null || url.hostname === '' || url.hostname.includes('%')) {
    return { ok: false, problem: 'address-not-a-url' };
  }
  if (!['wss:', 'ws:', 'https:', 'http:'].includes(url.protocol)) {
    return { ok: false, problem: 'address-not-websocket' };
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return { ok: false, problem: 'address-holds-secret' };
  }
  const encrypted = url.protocol === 'wss:' || url.protocol === 'https:';
  if (!encrypted && !isLoopback(url.hostname)) return { ok: false, problem: 'address-not-encrypted' };
  const base = url.pathname.replace(/\/+$/, '').replace(/\/v1\/stream$/, '');
  const at = `://${url.host}${base}`;
  return {
    ok: true,
    address: {
      streamUrl: `${encrypted ? 'wss' : 'ws'}${plain ? `://${url.host}${url.pathname}` : `${at}${STREAM_PATH}`}`,
      sessionUrl: `${encrypted ? 'https' : 'http'}${at}${SESSION_PATH}`,
    },
  };
}

/** Where anybody may ask whether the relay is there. */
export function healthUrlOf({ sessionUrl }: RelayAddress): string {
  return new URL('../healthz', sessionUrl).href;
}

/** Where whatever stands before a stream answers HTTP. */
export function httpUrlOf({ streamUrl }: RelayAddress): string {
  return streamUrl.replace(/^ws/, 'http');
}

/** Whether the connection is encrypted; the other kind is for this machine only. */
export function isEncrypted({ streamUrl }: RelayAddress): boolean {
  return streamUrl.startsWith('wss:');
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(host)
  );
}
