import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { relayConfig } from '../../../demo/relay-config.ts';
import { hashToken } from '../../../relay/access/authenticate.ts';
import type { RelayConfig } from '../../../relay/config/config.ts';
import { applyReload } from '../../../relay/config/config-reload.ts';

const STARTED = relayConfig(
  {
    upstream: { url: 'wss://a.example/' },
    agents: [{ name: 'Alice', tokenSha256: hashToken('alice'), calls: 'all' }],
  },
  { EARSHOT_PLATFORM_TOKEN: 'platform-secret' },
);

function reload(result: Parameters<typeof applyReload>[0]) {
  const lines: string[] = [];
  const applied: unknown[] = [];
  applyReload(result, {
    started: STARTED,
    relay: { apply: (given) => void applied.push(given) },
    log: pino({}, { write: (line: string) => void lines.push(line) }),
  });
  return { applied, text: lines.join('') };
}

describe('a changed configuration', () => {
  const agents = [{ name: 'Bob', tokenSha256: hashToken('bob'), calls: [], stream: 'main' }];
  const streamsWith = (changed: object) => STARTED.streams.map((stream) => ({ ...stream, ...changed }));

  test('is handed to the relay, which takes its agents, origins and field maps over', () => {
    const fieldMap = { paths: { text: ['a'] }, legValues: {}, finalValues: {} };
    const config = { ...STARTED, agents, origins: ['https://a'], streams: streamsWith({ fieldMap }) };
    expect(reload({ ok: true, config })).toEqual({ applied: [config], text: '' });
  });

  test('says what needs a restart, without its value, and brings the rest into force all the same', () => {
    const config: RelayConfig = {
      ...STARTED,
      agents,
      listen: { ...STARTED.listen, port: 9300 },
      bus: { nats: { servers: ['tls://secret.example'], replicas: 1 } },
      streams: streamsWith({ token: { from: 'environment', token: 'new-secret' } }),
    };
    const { applied, text } = reload({ ok: true, config });
    expect(applied).toEqual([config]);
    expect(JSON.parse(text)).toMatchObject({
      fields: ['listen', 'bus', 'streams'],
      msg: expect.stringContaining('needs a restart'),
    });
    expect(text).not.toContain('secret');
  });

  test('with problems changes nothing and names them', () => {
    const { applied, text } = reload({ ok: false, problems: ['agents[0].name: expected this field'] });
    expect(applied).toEqual([]);
    expect(JSON.parse(text)).toMatchObject({ level: 50, problems: ['agents[0].name: expected this field'] });
  });
});
