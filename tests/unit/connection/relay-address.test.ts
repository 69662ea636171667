import { describe, expect, test } from 'vitest';
import { parseRelayAddress } from '../../../utils/connection/relay-address.ts';

describe('an address a person typed', () => {
  test('of a plain relay keeps its path', () => {
    const parsed = parseRelayAddress('wss://proxy.example.com/live', true);
    expect(parsed).toMatchObject({ ok: true, address: { streamUrl: 'wss://proxy.example.com/live' } });
  });

  test.each([
    ['wss://relay.example.com', 'wss://relay.example.com/v1/stream', 'https://relay.example.com/v1/session'],
    ['  relay.example.com ', 'wss://relay.example.com/v1/stream', 'https://relay.example.com/v1/session'],
    [
      'https://relay.example.com:8443/',
      'wss://relay.example.com:8443/v1/stream',
      'https://relay.example.com:8443/v1/session',
    ],
    [
      'wss://example.com/earshot/v1/stream',
      'wss://example.com/earshot/v1/stream',
      'https://example.com/earshot/v1/session',
    ],
    ['ws://127.0.0.1:9200', 'ws://127.0.0.1:9200/v1/stream', 'http://127.0.0.1:9200/v1/session'],
    ['ws://localhost:9200', 'ws://localhost:9200/v1/stream', 'http://localhost:9200/v1/session'],
    ['ws://[::1]:9200', 'ws://[::1]:9200/v1/stream', 'http://[::1]:9200/v1/session'],
  ])('%s', (typed, streamUrl, sessionUrl) => {
    expect(parseRelayAddress(typed)).toEqual({ ok: true, address: { streamUrl, sessionUrl } });
  });

  test.each([
    ['', 'address-empty'],
    ['   ', 'address-empty'],
    ['http://', 'address-not-a-url'],
    ['two words', 'address-not-a-url'],
    ['ftp://relay.example.com', 'address-not-websocket'],
    ['javascript://x', 'address-not-websocket'],
    ['ws://relay.example.com', 'address-not-encrypted'],
    ['http://10.0.0.4', 'address-not-encrypted'],
    ['ws://127.0.0.1.example.com', 'address-not-encrypted'],
    ['wss://relay.example.com?token=x', 'address-holds-secret'],
    ['wss://user:pass@relay.example.com', 'address-holds-secret'],
    ['wss://relay.example.com#x', 'address-holds-secret'],
  ])('%j is refused: %s', (typed, problem) => {
    expect(parseRelayAddress(typed)).toEqual({ ok: false, problem });
  });
});
