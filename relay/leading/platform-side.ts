/** What agents are told of the platform: what the relay that stays with it says, or why nobody can say. */
import type { UpstreamFrame } from '../../utils/protocol/frames.ts';
import type { BusStatus, LeaseNote } from '../bus/bus.ts';

export type PlatformSide = {
  /** Our own connection, while we lead; undefined while we do not. */
  own: UpstreamFrame | undefined;
  /** Of who holds the lease; undefined: nobody does. */
  holder: { note: LeaseNote } | undefined;
  bus: BusStatus;
  /** Since when nobody has held it, where nobody does. */
  vacantSinceMs: number;
};

/** For agents and operators alike. Why the bus is away is for operators alone, and not told here. */
export function describePlatformSide({ own, holder, bus, vacantSinceMs }: PlatformSide): UpstreamFrame {
  if (bus.state === 'away') {
    return {
      type: 'upstream',
      state: 'down',
      since: bus.sinceMs,
      detail: 'This relay has lost touch with the other relays; lines wait until it is back',
    };
  }
  if (own !== undefined) return own;
  if (holder !== undefined) return { type: 'upstream', ...holder.note.upstream };
  return {
    type: 'upstream',
    state: 'connecting',
    since: vacantSinceMs,
    detail: 'Another relay is taking over the connection to the platform',
  };
}
