/** Whose connection it is, as an address to count by: seen through proxies that are trusted, and through no other. */
import { BlockList, isIP } from 'node:net';

/** `text` is an address or a network such as 10.0.0.0/8. */
export function isNetwork(text: string): boolean {
  return readNetwork(text) !== undefined;
}

/** `peer`: the socket's other end. `forwardedFor`: the request's `X-Forwarded-For`, its lines joined by commas. */
export type ReadAddress = (peer: string | undefined, forwardedFor: string | undefined) => string;

/**
 * A trusted peer is asked for whom it speaks, from the right, until an address is not trusted itself: everything left
 * of that one may be invented. Where a word on the way is no address, the peer is what is known.
 * The answer is to be compared, not dialled: an IPv6 host owns a /64, so its network stands for it.
 */
export function createAddressReader(trustedProxies: readonly string[]): ReadAddress {
  const trusted = new BlockList();
  for (const text of trustedProxies) {
    const network = readNetwork(text);
    if (network !== undefined) trusted.addSubnet(network.address, network.bits, network.family);
  }
  const isTrusted = (address: string) => trusted.check(address, familyOf(address));

  return (peer, forwardedFor) => {
    const known = plainAddress(peer ?? '');
    if (known === undefined) return 'unknown';
    let found = known;
    for (const word of (forwardedFor ?? '').split(',').reverse()) {
      if (forwardedFor === undefined || !isTrusted(found)) break;
      const next = plainAddress(word.trim());
      if (next === undefined) return toCount(known);
      found = next;
    }
    return toCount(found);
  };
}

type Family = 'ipv4' | 'ipv6';
const familyOf = (address: string): Family => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

function readNetwork(text: string): { address: string; bits: number; family: Family } | undefined {
  const [written = '', length, ...rest] = text.split('/');
  const address = plainAddress(written);
  if (address === undefined || rest.length > 0) return undefined;
  const family = familyOf(address);
  const most = family === 'ipv4' ? 32 : 128;
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  return bits <= most ? { address, bits, family } : undefined;
}

/** Without a zone; an IPv4 address that wears IPv6 is shown as it is. */
function plainAddress(text: string): string | undefined {
  const address = text.split('%', 1)[0] ?? '';
  const version = isIP(address);
  if (version === 0) return undefined;
  if (version === 4) return address;
  const groups = groupsOf(address);
  if (groups.slice(0, 5).some((group) => group !== 0) || groups[5] !== 0xffff) return address;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 0xff])
    .join('.');
}

function toCount(address: string): string {
  if (familyOf(address) === 'ipv4') return address;
  const network = groupsOf(address).slice(0, 4);
  return `${network.map((group) => group.toString(16)).join(':')}::/64`;
}

/** The eight numbers of a valid IPv6 address. The URL parser knows each of the ways to write it. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const read = (part: string) =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [first, last] = [read(head), read(tail ?? '')];
  return [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
}
