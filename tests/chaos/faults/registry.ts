/** All faults, by the name under which they are asked for and counted. */
import type { Fault } from './fault.ts';
import { browserReopened, tabCameBack, tabNavigated, tabReloaded } from './page-faults.ts';
import { flood, noise, platformDropped } from './platform-faults.ts';
import {
  relayFrozen,
  relayFrozenForLong,
  relayKilled,
  relayRestarted,
  windowOverrun,
} from './relay-faults.ts';
import { storageFilled } from './storage-faults.ts';
import {
  blockWire,
  browserWire,
  cutInsideFrame,
  platformWire,
  resetWire,
  resumeHeldUp,
  stallWire,
} from './wire-faults.ts';
import { workerKilled, workerKilledInARow, workerKilledWhileRelayAway } from './worker-faults.ts';

export const faults = {
  'worker-killed': workerKilled,
  'worker-killed-in-a-row': workerKilledInARow,
  'worker-killed-while-relay-away': workerKilledWhileRelayAway,
  'storage-filled': storageFilled,
  'relay-restarted': relayRestarted,
  'relay-killed': relayKilled,
  'relay-frozen': relayFrozen,
  'relay-frozen-for-long': relayFrozenForLong,
  'window-overrun': windowOverrun,
  'browser-wire-cut': cutInsideFrame(browserWire),
  'browser-wire-reset': resetWire(browserWire),
  'browser-wire-stalled': stallWire(browserWire),
  'browser-wire-blocked': blockWire(browserWire),
  'resume-held-up': resumeHeldUp,
  'platform-wire-cut': cutInsideFrame(platformWire),
  'platform-wire-reset': resetWire(platformWire),
  'platform-wire-stalled': stallWire(platformWire),
  'platform-wire-blocked': blockWire(platformWire),
  'platform-dropped': platformDropped,
  flood,
  noise,
  'tab-reloaded': tabReloaded,
  'tab-navigated': tabNavigated,
  'tab-came-back': tabCameBack,
  'browser-reopened': browserReopened,
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults).filter(isFaultName);

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}
