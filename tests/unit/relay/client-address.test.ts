import { expect, test } from 'vitest';
import { createAddressReader, isNetwork } from '../../../relay/access/client-address.ts';

const read = createAddressReader(['127.0.0.1', '10.0.0.0/8', '2001:db8:ff::/48']);

test.each<[string, string | undefined, string | undefined, string]>([
  ['nobody in between', '203.0.113.7', undefined, '203.0.113.7'],
  ['a stranger who says whose he is', '203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['one proxy', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['two proxies', '127.0.0.1', '198.51.100.1, 10.1.2.3', '198.51.100.1'],
  [
    'an invented address before the real one',
    '127.0.0.1',
    '192.0.2.66, 198.51.100.1, 10.1.2.3',
    '198.51.100.1',
  ],
  ['nonsense before the real one', '127.0.0.1', '<script>,,, 198.51.100.1', '198.51.100.1'],
  ['trusted ones only', '127.0.0.1', '10.9.9.9, 10.1.2.3', '10.9.9.9'],
  ['nothing said', '127.0.0.1', '', '127.0.0.1'],
  ['nonsense', '127.0.0.1', 'unknown', '127.0.0.1'],
  ['nonsense on the way', '127.0.0.1', '198.51.100.1, nonsense, 10.1.2.3', '127.0.0.1'],
  ['a port', '127.0.0.1', '198.51.100.1:4711', '127.0.0.1'],
  ['an IPv4 proxy on an IPv6 socket', '::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['an IPv4 client in hexadecimal', '::ffff:cb00:7107', undefined, '203.0.113.7'],
  ['an IPv4 client that a proxy writes as IPv6', '127.0.0.1', '::ffff:203.0.113.7', '203.0.113.7'],
  ['an IPv6 proxy', '2001:db8:ff:1::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['an IPv6 client', '2001:DB8:1:2::99', undefined, '2001:db8:1:2::/64'],
  ['another host of its network', '2001:db8:1:2:ffff::', undefined, '2001:db8:1:2::/64'],
  ['the IPv6 loopback', '::1', undefined, '0:0:0:0::/64'],
  ['a zone', 'fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
  ['no socket any more', undefined, '198.51.100.1', 'unknown'],
])('%s', (_name, peer, forwardedFor, expected) => {
  expect(read(peer, forwardedFor)).toBe(expected);
});

test('without trusted proxies nobody is asked', () => {
  expect(createAddressReader([])('127.0.0.1', '198.51.100.1')).toBe('127.0.0.1');
});

test.each([
  ['10.0.0.1', true],
  ['10.0.0.0/8', true],
  ['0.0.0.0/0', true],
  ['::1', true],
  ['fd00::/8', true],
  ['10.0.0.0/33', false],
  ['fd00::/129', false],
  ['10.0.0.0/', false],
  ['10.0.0.0/8/8', false],
  ['10.0.0.0/-1', false],
  ['10.0.0', false],
  ['proxy.example.com', false],
  ['', false],
])('%s names a network: %s', (text, expected) => {
  expect(isNetwork(text)).toBe(expected);
});
