/** What a relay is called on screen. */
import { parseRelayAddress } from '../connection/relay-address.ts';
import type { Relay } from './settings.ts';

/** Its name, else its host, else its address as it was typed; empty for a new one. */
export function relayTitle(relay: Relay): string {
  return relay.name.trim() || relayHost(relay) || relay.address.trim();
}

/** With a port where the address has one; empty where the address cannot be used. */
export function relayHost({ address, plain }: Relay): string {
  const parsed = parseRelayAddress(address, plain);
  return parsed.ok ? new URL(parsed.address.streamUrl).host : '';
}
