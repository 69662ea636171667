import { expect, test } from 'vitest';
import type { BusStatus, LeaseNote } from '../../../relay/bus/bus.ts';
import { describePlatformSide, type PlatformSide } from '../../../relay/leading/platform-side.ts';
import { decodeRelayFrame } from '../../../utils/protocol/codec.ts';
import type { UpstreamFrame } from '../../../utils/protocol/frames.ts';

const here: BusStatus = { state: 'here', sinceMs: 1 };
const away: BusStatus = { state: 'away', sinceMs: 2, detail: 'for operators' };
const own: UpstreamFrame = { type: 'upstream', state: 'unauthorized', since: 3, detail: 'ours' };
const note: LeaseNote = { relay: 'r', upstream: { state: 'up', since: 4, detail: 'theirs' }, knownUpMs: 5 };
const holder = { note };
const vacantSinceMs = 6;

const lostTouch = 'This relay has lost touch with the other relays; lines wait until it is back';
const takingOver = 'Another relay is taking over the connection to the platform';

test.each<[string, PlatformSide, Omit<UpstreamFrame, 'type'>]>([
  [
    'ours, while we lead',
    { own, holder, bus: here, vacantSinceMs },
    { state: 'unauthorized', since: 3, detail: 'ours' },
  ],
  [
    'the holder’s, while another leads',
    { own: undefined, holder, bus: here, vacantSinceMs },
    { state: 'up', since: 4, detail: 'theirs' },
  ],
  [
    'connecting, while nobody does',
    { own: undefined, holder: undefined, bus: here, vacantSinceMs },
    { state: 'connecting', since: 6, detail: takingOver },
  ],
  [
    'down, while the bus is away, whoever leads',
    { own: undefined, holder, bus: away, vacantSinceMs },
    { state: 'down', since: 2, detail: lostTouch },
  ],
  [
    'down, while the bus is away and we lead',
    { own, holder: undefined, bus: away, vacantSinceMs },
    { state: 'down', since: 2, detail: lostTouch },
  ],
])('agents are told: %s', (_name, side, told) => {
  const frame = describePlatformSide(side);
  expect(frame).toEqual({ type: 'upstream', ...told });
  expect(decodeRelayFrame(JSON.stringify(frame))).toEqual({ ok: true, frame });
});
