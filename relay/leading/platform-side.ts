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
