/** The hops of a plain pass-through relay: a socket that opens or not, and whatever comes over it. */
import type { FieldMap } from '../transcript/field-map.ts';
import type { Finding } from './hops.ts';
import { openProbe } from './probe-relay.ts';
import { HOP_MS, reachHttp } from './reach-http.ts';
import { readSample } from './read-sample.ts';
import { httpUrlOf, type RelayAddress } from './relay-address.ts';
import type { ConnectionDeps } from './relay-connection.ts';
import { takeComing } from './take-sample.ts';

type PlainTarget = { address: RelayAddress; token: string; fieldMap: FieldMap | undefined };

export async function* findPlainHops(
  deps: ConnectionDeps,
  { address, token, fieldMap }: PlainTarget,
  signal: AbortSignal,
): AsyncGenerator<Finding, void, void> {
  const probe = openProbe(deps, { url: address.streamUrl, token, plain: true });
  signal.addEventListener('abort', probe.close);
  try {
    const opened = await probe.next(HOP_MS);
    if (opened.kind !== 'opened') {
      yield { hop: 'reach', kind: await reachHttp(deps, httpUrlOf(address), signal) };
      yield { hop: 'protocol', kind: 'plain-refused' };
      return;
    }
    yield { hop: 'reach', kind: 'plain-opens' };
    yield { hop: 'protocol', kind: 'plain-protocol' };
    yield { hop: 'token', kind: 'plain-token' };
    yield { hop: 'platform', kind: 'plain-platform' };
    const { events, isCutOff } = await takeComing(probe, deps, HOP_MS);
    const newest = events.at(-1);
    if (newest !== undefined) yield { hop: 'arriving', kind: 'came', agoMs: deps.nowMs() - newest.at };
    else if (isCutOff) yield { hop: 'arriving', kind: 'cut-off' };
    else yield { hop: 'arriving', kind: 'none-heard', listenedMs: HOP_MS };
    yield readSample(
      events.map(({ data }) => data),
      fieldMap,
    );
  } finally {
    signal.removeEventListener('abort', probe.close);
    probe.close();
  }
}
