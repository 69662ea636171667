/** `npm run relay -- check`: everything that running takes, tried in the order in which it would be needed. */
import type { ConfigResult } from '../config/config.ts';
import { checkAddress } from './check-address.ts';
import { checkBus } from './check-bus.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkIdentity } from './check-identity.ts';
import { checkStream } from './check-stream.ts';
import type { OnHop } from './hop.ts';
import type { ListenOptions } from './listen-to-platform.ts';

const PATIENCE: ListenOptions = { answerMs: 10_000, listenMs: 5_000, moreMs: 3_000 };

/** `name`: where the configuration was read. Resolves with whether nothing is wrong. */
export async function checkRelay(
  name: string,
  result: ConfigResult,
  tell: OnHop,
  patience = PATIENCE,
): Promise<boolean> {
  let isWell = true;
  const onHop: OnHop = (hop) => {
    isWell &&= hop.tone !== 'poor';
    tell(hop);
  };

  if (!result.ok) {
    const remedy = 'Correct the fields named.';
    for (const problem of result.problems)
      onHop({ hop: 'configuration', tone: 'poor', text: `${problem}.`, remedy });
    return isWell;
  }
  const { streams, agents, identity, bus, listen, operations } = result.config;
  const counted = `${count(streams.length, 'stream')}, ${count(agents.length, 'agent')}`;
  onHop({
    hop: 'configuration',
    tone: 'good',
    text: `The configuration in ${name} can be used: ${counted}.`,
  });

  const nowMs = Date.now();
  const { answerMs } = patience;
  for (const stream of streams) await checkStream(stream, { ...patience, nowMs }, onHop);
  if (listen.tls !== undefined) onHop(await checkCertificate(listen.tls, nowMs));
  if (identity !== undefined) onHop(await checkIdentity(identity, answerMs));
  if (bus !== undefined) await checkBus(bus.nats, answerMs, onHop);
  const isSecure = listen.tls !== undefined;
  onHop(await checkAddress({ hop: 'listen', host: listen.host, port: listen.port, isSecure }, answerMs));
  if (operations !== undefined) {
    onHop(await checkAddress({ hop: 'operations', ...operations, isSecure: false }, answerMs));
  }
  return isWell;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
