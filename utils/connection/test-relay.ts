/** The hops of an Earshot relay, behind its address. */
import type { HelloFrame } from '../protocol/frames.ts';
import type { SessionAnswer, SessionRefusal } from '../protocol/session.ts';
import type { FieldMap } from '../transcript/field-map.ts';
import { readSession } from './ask-session.ts';
import { greetRelay } from './greet-relay.ts';
import type { Finding, FindingOf } from './hops.ts';
import { openProbe, type Probe } from './probe-relay.ts';
import { HOP_MS, reachHttp, withDeadline } from './reach-http.ts';
import { readSample } from './read-sample.ts';
import { healthUrlOf, type RelayAddress } from './relay-address.ts';
import type { ConnectionDeps } from './relay-connection.ts';
import { SAMPLE_SIZE, takeHeld } from './take-sample.ts';

/** How far back is looked for an agent who may see only some events: most of the last ones may be others'. */
const FAR_BACK = 1_000;
/** What can stand in a header; a token of anything else never leaves the browser. */
const SENDABLE = /^[\x21-\x7e]+$/;

type RelayTarget = { address: RelayAddress; token: string; fieldMap: FieldMap | undefined };

export async function* findRelayHops(
  deps: ConnectionDeps,
  { address, token, fieldMap }: RelayTarget,
  signal: AbortSignal,
): AsyncGenerator<Finding, void, void> {
  yield { hop: 'reach', kind: await reachHttp(deps, healthUrlOf(address), signal) };

  const asked = SENDABLE.test(token) ? token : '';
  const session = await withDeadline(deps, signal, (ends) =>
    readSession(deps.fetch, address.sessionUrl, asked, ends),
  );
  if (session.kind === 'not-a-relay' || session.kind === 'unreachable') {
    yield { hop: 'protocol', kind: 'not-a-relay' };
    return;
  }
  if (session.kind === 'refused') {
    yield { hop: 'protocol', kind: 'speaks-earshot' };
    yield describeRefusal(session.refusal, token);
    return;
  }

  const probe = openProbe(deps, { url: address.streamUrl, token, plain: false });
  signal.addEventListener('abort', probe.close);
  try {
    yield* findStreamHops(deps, probe, session.answer, fieldMap);
  } finally {
    signal.removeEventListener('abort', probe.close);
    probe.close();
  }
}

async function* findStreamHops(
  deps: ConnectionDeps,
  probe: Probe,
  { calls }: SessionAnswer,
  ownMap: FieldMap | undefined,
): AsyncGenerator<Finding, void, void> {
  const greeting = await greetRelay(probe, HOP_MS);
  if (greeting.kind === 'refused') {
    if (greeting.finding.hop === 'token') yield { hop: 'protocol', kind: 'speaks-earshot' };
    yield greeting.finding;
    return;
  }
  const { hello } = greeting;
  yield { hop: 'protocol', kind: 'speaks-earshot' };
  yield { hop: 'token', kind: 'accepted', agent: hello.agent, expiresAtMs: hello.tokenExpiresAtMs };
  yield await findPlatform(deps, probe);
  if (calls === 'none') {
    yield { hop: 'arriving', kind: 'no-calls' };
    return;
  }
  const seq = firstSeq(hello, calls === 'all' ? SAMPLE_SIZE : FAR_BACK);
  const { events, isCutOff } = await takeHeld(probe, deps, { epoch: hello.epoch, seq }, HOP_MS);
  if (isCutOff) yield { hop: 'arriving', kind: 'cut-off' };
  else if (events.length === 0) yield { hop: 'arriving', kind: 'none-held', windowMs: hello.window.ms };
  else {
    const newestMs = Math.max(...events.map(({ at }) => at));
    yield { hop: 'arriving', kind: 'came', agoMs: deps.nowMs() - newestMs };
  }
  yield readSample(
    events.map(({ data }) => data),
    ownMap ?? hello.fieldMap,
  );
}

/** A relay that is just connecting to the platform is given a moment to finish. */
async function findPlatform(deps: ConnectionDeps, probe: Probe): Promise<FindingOf<'platform'>> {
  const untilMs = deps.nowMs() + HOP_MS;
  let found: FindingOf<'platform'> = { hop: 'platform', kind: 'platform-unknown' };
  while (found.kind === 'platform-unknown' || found.kind === 'connecting') {
    const step = await probe.next(untilMs - deps.nowMs());
    if (step.kind === 'silent' || step.kind === 'closed') break;
    if (step.kind !== 'frame' || step.frame.type !== 'upstream') continue;
    const { state, since, detail } = step.frame;
    found = { hop: 'platform', kind: state, sinceMs: since, detail };
  }
  return found;
}

/** The sequence number to resume from, so that up to `back` events that are still held follow. */
function firstSeq({ seq, oldest }: HelloFrame, back: number): number {
  return Math.max(0, seq - back, oldest - 1);
}

function describeRefusal(refusal: SessionRefusal, token: string): FindingOf<'token'> {
  const { code, expiredAtMs, retryAfterMs } = refusal;
  switch (code) {
    case 'expired':
      return { hop: 'token', kind: 'expired', expiredAtMs };
    case 'rate':
    case 'crowded':
    case 'draining':
    case 'overloaded':
    case 'identity':
      return { hop: 'token', kind: code, retryAfterMs };
    case 'origin':
      return { hop: 'token', kind: 'origin' };
    case 'unknown':
      return { hop: 'token', kind: 'unknown' };
    case 'malformed':
      return { hop: 'token', kind: token === '' ? 'missing' : 'malformed' };
  }
}
