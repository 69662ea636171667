/** The first words of a relay on a new connection, for the test of it: its `hello`, or what came instead. */
import { CLOSE } from '../protocol/close-codes.ts';
import type { HelloFrame } from '../protocol/frames.ts';
import type { FindingOf } from './hops.ts';
import type { Probe, ProbeStep } from './probe-relay.ts';

export type Greeting =
  | { kind: 'hello'; hello: HelloFrame }
  | { kind: 'refused'; finding: FindingOf<'protocol'> | FindingOf<'token'> };

/** Waits for as long twice: until the socket opens, and until the relay has said who it is. */
export async function greetRelay(probe: Probe, withinMs: number): Promise<Greeting> {
  const opened = await probe.next(withinMs);
  if (opened.kind !== 'opened') return refused({ hop: 'protocol', kind: 'no-websocket' });
  const said = await probe.next(withinMs);
  if (said.kind === 'frame' && said.frame.type === 'hello') return { kind: 'hello', hello: said.frame };
  return refused(describe(said));
}

function refused(finding: FindingOf<'protocol'> | FindingOf<'token'>): Greeting {
  return { kind: 'refused', finding };
}

function describe(step: ProbeStep): FindingOf<'protocol'> | FindingOf<'token'> {
  switch (step.kind) {
    case 'silent':
      return { hop: 'protocol', kind: 'no-hello' };
    case 'closed':
      return describeClose(step.code, undefined);
    case 'frame':
      if (step.frame.type === 'bye') return describeClose(step.frame.code, step.frame.retryAfterMs);
      return { hop: 'protocol', kind: 'protocol-broken' };
    case 'opened':
    case 'unreadable':
      return { hop: 'protocol', kind: 'protocol-broken' };
  }
}

function describeClose(
  code: number,
  retryAfterMs: number | undefined,
): FindingOf<'protocol'> | FindingOf<'token'> {
  switch (code) {
    case CLOSE.versionUnknown:
      return { hop: 'protocol', kind: 'version-unknown' };
    case CLOSE.tokenRefused:
      return { hop: 'token', kind: 'unknown' };
    case CLOSE.forbidden:
      return { hop: 'token', kind: 'forbidden' };
    case CLOSE.overloaded:
      return { hop: 'token', kind: 'overloaded', retryAfterMs };
    default:
      return { hop: 'protocol', kind: 'closed', code };
  }
}
