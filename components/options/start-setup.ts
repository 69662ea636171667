/** What an administrator's setup link makes of the relays there are. */
import { type AddressProblem, parseRelayAddress } from '../../utils/connection/relay-address.ts';
import { readSetup, type SetupProblem } from '../../utils/protocol/setup-link.ts';
import { MAX_RELAYS, type Relay } from '../../utils/settings/settings.ts';

export type TakenSetup =
  | { ok: true; relay: Relay; token: string }
  | { ok: false; problem: SetupProblem | AddressProblem | 'full' };

/**
 * A relay that is known by its address stays itself, with its name where the link gives none: an administrator sends a
 * new link when a token ends. `createId`: for one that is new.
 */
export function takeSetup(text: string, relays: readonly Relay[], createId: () => string): TakenSetup {
  const read = readSetup(text);
  if (!read.ok) return read;
  const { relay: address, name, plain, token } = read.setup;
  const parsed = parseRelayAddress(address, plain);
  if (!parsed.ok) return parsed;
  const known = relays.find((one) => streamOf(one) === parsed.address.streamUrl);
  if (known === undefined && relays.length >= MAX_RELAYS) return { ok: false, problem: 'full' };
  const before = known ?? { id: createId(), name: '', rememberToken: false };
  return { ok: true, relay: { ...before, address, plain, name: name || before.name }, token };
}

function streamOf({ address, plain }: Relay): string | undefined {
  const parsed = parseRelayAddress(address, plain);
  return parsed.ok ? parsed.address.streamUrl : undefined;
}
