import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { hashToken } from '../../../relay/authenticate.ts';
import type { RelayConfig } from '../../../relay/config.ts';
import { applyReload } from '../../../relay/config-reload.ts';

const STARTED: RelayConfig = {
  listen: { host: '127.0.0.1', port: 9200 },
  upstream: { url: 'wss://a.example/', token: { from: 'environment', token: 'platform-secret' } },
  agents: [{ name: 'Alice', tokenSha256: hashToken('alice') }],
  window: { events: 20_000, ms: 900_000, bytes: 67_108_864 },
};

function reload(result: Parameters<typeof applyReload>[0]) {
  const lines: string[] = [];
  const calls: unknown[] = [];
  const maps: unknown[] = [];
  applyReload(result, {
    started: STARTED,
    relay: {
      setAgents: (...given) => void calls.push(given),
      setFieldMap: (given) => void maps.push(given),
    },
    log: pino({}, { write: (line: string) => void lines.push(line) }),
  });
  return { calls, maps, text: lines.join('') };
}

describe('a changed configuration', () => {
  const bob = [{ name: 'Bob', tokenSha256: hashToken('bob') }];

  test('brings its agents and origins into force', () => {
    const { calls, text } = reload({ ok: true, config: { ...STARTED, agents: bob, origins: ['https://a'] } });
    expect([calls, text]).toEqual([[[bob, ['https://a']]], '']);
  });

  test('without origins lets any in', () => {
    expect(reload({ ok: true, config: STARTED }).calls).toEqual([[STARTED.agents, 'any']]);
  });

  test('brings its field map into force, and takes one away that is gone', () => {
    const fieldMap = { paths: { text: ['a'] }, legValues: {}, finalValues: {} };
    expect(reload({ ok: true, config: { ...STARTED, fieldMap } }).maps).toEqual([fieldMap]);
    expect(reload({ ok: true, config: STARTED }).maps).toEqual([undefined]);
  });

  test('says what needs a restart, without its value, and brings the agents into force all the same', () => {
    const config: RelayConfig = {
      ...STARTED,
      agents: bob,
      listen: { host: '127.0.0.1', port: 9300 },
      upstream: { url: 'wss://a.example/', token: { from: 'environment', token: 'new-secret' } },
    };
    const { calls, text } = reload({ ok: true, config });
    expect(calls).toEqual([[bob, 'any']]);
    expect(JSON.parse(text)).toMatchObject({
      fields: ['listen', 'upstream'],
      msg: expect.stringContaining('needs a restart'),
    });
    expect(text).not.toContain('secret');
  });

  test('with problems changes nothing and names them', () => {
    const { calls, maps, text } = reload({ ok: false, problems: ['agents[0].name: expected this field'] });
    expect([calls, maps]).toEqual([[], []]);
    expect(JSON.parse(text)).toMatchObject({ level: 50, problems: ['agents[0].name: expected this field'] });
  });
});
