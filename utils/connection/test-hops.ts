/**
 * Tries a connection hop by hop, from the address to the text of an event, on a short connection of its own. The first
 * hop that does not hold ends the test: what lies behind it cannot be told.
 */
import type { FieldMap } from '../transcript/field-map.ts';
import { type Finding, type HopName, hopNames, toneOf } from './hops.ts';
import { isEncrypted, parseRelayAddress } from './relay-address.ts';
import type { ConnectionDeps } from './relay-connection.ts';
import { findPlainHops } from './test-plain-relay.ts';
import { findRelayHops } from './test-relay.ts';

export type TestDeps = ConnectionDeps;

/** What is tested, as it was typed. */
export type TestTarget = {
  address: string;
  token: string;
  plain: boolean;
  /** The relay's own; without one, what the relay tells everybody holds. */
  fieldMap: FieldMap | undefined;
};

export type HopNews = { hop: HopName; state: 'running' } | { hop: HopName; state: 'found'; finding: Finding };

/** Tells each hop as it is tried and as it was found. Never throws; ends without a word once `signal` aborts. */
export async function testConnection(
  deps: TestDeps,
  target: TestTarget,
  tell: (news: HopNews) => void,
  signal: AbortSignal,
): Promise<void> {
  const findings = findHops(deps, target, signal);
  for (const hop of hopNames) {
    if (signal.aborted) break;
    tell({ hop, state: 'running' });
    const { done, value: finding } = await findings.next();
    if (done || signal.aborted) break;
    tell({ hop, state: 'found', finding });
    if (toneOf(finding) === 'poor') break;
  }
  await findings.return();
}

/** One finding for each hop in order, for as long as it is asked for more. */
async function* findHops(
  deps: TestDeps,
  target: TestTarget,
  signal: AbortSignal,
): AsyncGenerator<Finding, void, void> {
  const parsed = parseRelayAddress(target.address, target.plain);
  if (!parsed.ok) {
    yield { hop: 'address', kind: parsed.problem };
    return;
  }
  yield { hop: 'address', kind: isEncrypted(parsed.address) ? 'address-encrypted' : 'address-loopback' };
  const found = { ...target, token: target.token.trim(), address: parsed.address };
  yield* target.plain ? findPlainHops(deps, found, signal) : findRelayHops(deps, found, signal);
}
