/**
 * How an agent's token travels: as an offered WebSocket subprotocol, the one header a browser lets a page set.
 * It is checked before the 101, is never echoed, and never stands in a URL (the form Kubernetes uses).
 */

export const PROTOCOL_V1 = 'earshot.v1';
const PROTOCOL_PLAIN = 'earshot.plain';
const BEARER_PREFIX = 'base64url.bearer.earshot.';

/** What a client offers: the protocol it speaks, then its token. */
export function offerProtocols(token: string): string[] {
  return [PROTOCOL_V1, BEARER_PREFIX + encodeBase64Url(token)];
}

/** What is offered to a plain pass-through relay: with a token as above, without one nothing at all. */
export function offerPlain(token: string): string[] {
  return token === '' ? [] : [PROTOCOL_PLAIN, BEARER_PREFIX + encodeBase64Url(token)];
}

export type Offer = { speaksV1: boolean; token: string | undefined };

/** Reads a `Sec-WebSocket-Protocol` request header. A token that is not base64url of UTF-8 counts as none. */
export function readOffer(header: string | null | undefined): Offer {
  const names = (header ?? '').split(',').map((name) => name.trim());
  const bearer = names.find((name) => name.startsWith(BEARER_PREFIX));
  return {
    speaksV1: names.includes(PROTOCOL_V1),
    token: bearer === undefined ? undefined : decodeBase64Url(bearer.slice(BEARER_PREFIX.length)),
  };
}

function encodeBase64Url(text: string): string {
  const binary = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function decodeBase64Url(text: string): string | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
