/** The diagnostic report: what it tells, and above all what it does not. */
import { describe, expect, test } from 'vitest';
import { type ReportParts, writeReport } from '../../../components/options/diagnosis-report.ts';
import { retryTopics, stopTopics } from '../../../utils/help/topic-of.ts';
import type { Diagnosis, RelayReport } from '../../../utils/messaging/diagnosis.ts';
import { decodePolicy } from '../../../utils/settings/policy.ts';
import { decodePreferences } from '../../../utils/settings/preferences.ts';
import { decodeSettings } from '../../../utils/settings/settings.ts';

/** Stand wherever a person can type, and wherever a relay or a platform can say something. */
const secrets = [
  'Zuleika',
  'tok-9f3a-aardvark',
  'quokka.example',
  'verlorene Karte',
  '+12025550143',
  'numbat.example',
  'jane@wombat.example',
];
const all = secrets.join(' ');

const relay: RelayReport = {
  relay: 'connected',
  platform: 'up',
  plain: false,
  address: 'wss',
  hasToken: true,
  fieldMap: 'none',
  calls: 3,
  liveCalls: 1,
  lines: 120,
  gaps: 2,
  events: 340,
  unread: { 'no-text': 4 },
  journal: [
    { atMs: 1_000, what: 'waiting lost' },
    { atMs: 2_000, what: 'closed', code: 1006 },
  ],
};

const diagnosis: Diagnosis = {
  startedAtMs: 0,
  relays: [relay],
  tabs: { on: 2, left: 1, refused: 0 },
  surfaces: { overlay: 1, panel: 0, window: 1 },
  sites: { listed: 2, allowed: 1 },
  notes: 1,
};

const parts: ReportParts = {
  atMs: Date.UTC(2026, 0, 15, 9, 30),
  surroundings: {
    version: '0.2.0',
    browser: 'Mozilla/5.0 Chrome/156',
    interfaceLanguage: 'de',
    languages: ['de', 'en'],
    pixelRatio: 2,
  },
  settings: decodeSettings(undefined),
  preferences: decodePreferences(undefined),
  policy: decodePolicy(undefined),
  diagnosis,
};

const told = (given: Partial<ReportParts> = {}) => JSON.parse(writeReport({ ...parts, ...given }));

describe('what is told', () => {
  test('is where it runs, and what the background says', () => {
    expect(told()).toMatchObject({
      at: '2026-01-15T09:30:00.000Z',
      earshot: '0.2.0',
      browser: 'Mozilla/5.0 Chrome/156',
      languages: ['de', 'en'],
      background: {
        tabs: { on: 2, left: 1, refused: 0 },
        sites: { listed: 2, allowed: 1 },
        relays: [
          {
            state: 'connected',
            platform: 'up',
            lines: 120,
            unread: { 'no-text': 4 },
            journal: [
              { at: '1970-01-01T00:00:01.000Z', what: 'waiting lost' },
              { at: '1970-01-01T00:00:02.000Z', what: 'closed', code: 1006 },
            ],
          },
        ],
      },
    });
  });

  test.each([
    ...Object.keys(stopTopics).map((reason) => `stopped ${reason}`),
    ...Object.keys(retryTopics).map((reason) => `waiting ${reason}`),
    'off',
    'connecting',
    'greeting',
    'asking',
    'connected',
  ])('names the state “%s”', (state) => {
    const report = told({ diagnosis: { ...diagnosis, relays: [{ ...relay, relay: state }] } });
    expect(report.background.relays[0].state).toBe(state);
  });

  test('is that the background did not answer', () => {
    expect(told({ diagnosis: undefined }).background).toBe('no answer');
  });

  test('is how many of each there are, and what is no secret', () => {
    const preferences = decodePreferences({
      theme: 'dark',
      copyFormat: 'own:t',
      country: 'DE',
      profiles: [{ id: 'k', name: 'k', query: 'q', notify: true }],
      labels: {
        inbound: { caller: 'x', callee: '' },
        outbound: { caller: '', callee: '' },
        unknown: { caller: '', callee: 'y' },
      },
    });
    expect(told({ preferences }).preferences).toMatchObject({
      theme: 'dark',
      copyFormat: 'own',
      countryIsSet: true,
      keywords: { all: 1, badge: 1, notify: 1, sound: 0 },
      ownLabels: 2,
    });
  });

  test('is which keys a policy has, and not what stands in them', () => {
    const policy = decodePolicy({
      organization: 'Acme',
      locked: { keepMinutes: 15 },
      defaults: { theme: 'dark' },
    });
    expect(told({ policy }).policy).toMatchObject({
      isSet: true,
      locked: ['keepMinutes'],
      defaults: ['theme'],
      problems: 0,
    });
  });
});

describe('what is not told', () => {
  /** Secrets in every place of text. */
  const relays = secrets.map((secret, at) => ({
    id: secret,
    name: secret,
    address: `wss://${secret}`,
    plain: at === 0,
    rememberToken: true,
    fieldMap: { paths: { text: [secret] }, legValues: { [secret]: 'caller' } },
  }));
  const settings = decodeSettings({
    relays,
    defaultRelay: secrets[0],
    sites: secrets.map((secret) => ({ origin: `https://${secret}`, relay: secret })),
  });
  const named = { id: 'x', name: all.slice(0, 60) };
  const preferences = decodePreferences({
    profiles: [{ ...named, query: all }],
    templates: [{ ...named, header: all, line: all }],
    copyFormat: `own:${secrets[1]}`,
    labels: Object.fromEntries(
      ['inbound', 'outbound', 'unknown'].map((direction) => [
        direction,
        { caller: all.slice(0, 40), callee: all.slice(40, 80) },
      ]),
    ),
    redaction: { patterns: secrets.map((secret) => ({ id: secret, name: secret, pattern: secret })) },
  });
  const policy = {
    organization: all,
    locked: { relays: relays.map((one) => ({ ...one, token: secrets[1] })), [all]: all },
    defaults: { [all]: all, profiles: [{ ...named, query: all }] },
    problems: [{ key: all, expected: all }],
  };
  const loose: Diagnosis = {
    ...diagnosis,
    relays: secrets.map((secret) => ({
      ...relay,
      relay: `stopped ${secret}`,
      platform: secret,
      journal: [{ atMs: 0, what: `waiting ${secret}`, code: 4401 }],
    })),
  };

  test('the secrets are really in what it is made from', () => {
    const text = JSON.stringify({ settings, preferences, policy, loose });
    for (const secret of secrets) expect(text).toContain(secret);
    expect(settings.relays.length).toBe(secrets.length);
    expect(settings.sites.length).toBe(secrets.length);
    expect(preferences.redaction.patterns.length).toBe(secrets.length);
  });

  test('no name, token, address, number, or word of anybody comes out', () => {
    const text = writeReport({ ...parts, settings, preferences, policy, diagnosis: loose });
    for (const secret of secrets) {
      for (const word of secret.split(' ')) expect(text.toLowerCase()).not.toContain(word.toLowerCase());
    }
  });
});
