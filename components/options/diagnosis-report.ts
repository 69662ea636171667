/**
 * The diagnostic report: versions, states, counts and close codes. It is put together piece by piece from what may be
 * told, so nothing comes out that is not named here: no text of a call, no token, no number, name or address.
 */
import { platformTopics, retryTopics, stopTopics } from '../../utils/help/topic-of.ts';
import type { Diagnosis, JournalEntry, RelayReport } from '../../utils/messaging/diagnosis.ts';
import type { Policy } from '../../utils/settings/policy.ts';
import { decodePreferences, type Preferences } from '../../utils/settings/preferences.ts';
import { type Settings, settingsEntries } from '../../utils/settings/settings.ts';
import { OWN_FORMAT } from '../../utils/transcript/formats/format.ts';

/** Where it runs. */
type Surroundings = {
  /** Of Earshot. */
  version: string;
  /** As the browser names itself. */
  browser: string;
  /** BCP 47. */
  interfaceLanguage: string;
  languages: readonly string[];
  /** Device pixels for one of CSS: the screen's own density and the zoom together. */
  pixelRatio: number;
};

export type ReportParts = {
  atMs: number;
  surroundings: Surroundings;
  settings: Settings;
  preferences: Preferences;
  policy: Policy;
  /** `undefined`: the background did not answer, which is worth knowing too. */
  diagnosis: Diagnosis | undefined;
};

/** As JSON, to be read by people. */
export function writeReport(parts: ReportParts): string {
  const { atMs, surroundings, settings, preferences, policy, diagnosis } = parts;
  const { version, browser, interfaceLanguage, languages, pixelRatio } = surroundings;
  return JSON.stringify(
    {
      report: 'Earshot diagnosis',
      at: timeOf(atMs),
      earshot: version,
      browser,
      interfaceLanguage,
      languages,
      pixelRatio,
      background: diagnosis === undefined ? 'no answer' : describeBackground(diagnosis),
      settings: describeSettings(settings),
      preferences: describePreferences(preferences),
      policy: describePolicy(policy),
    },
    null,
    2,
  );
}

function describeBackground({ startedAtMs, relays, tabs, surfaces, sites, notes }: Diagnosis) {
  return {
    startedAt: timeOf(startedAtMs),
    tabs: { on: tabs.on, left: tabs.left, refused: tabs.refused },
    surfaces: { overlay: surfaces.overlay, panel: surfaces.panel, window: surfaces.window },
    sites: { listed: sites.listed, allowed: sites.allowed },
    notes,
    relays: relays.map(describeRelay),
  };
}

function describeRelay(relay: RelayReport) {
  return {
    state: knownWords(relay.relay),
    platform: knownWords(relay.platform),
    plain: relay.plain,
    address: relay.address,
    hasToken: relay.hasToken,
    fieldMap: relay.fieldMap,
    calls: relay.calls,
    liveCalls: relay.liveCalls,
    lines: relay.lines,
    gaps: relay.gaps,
    events: relay.events,
    unread: relay.unread,
    journal: relay.journal.map(describeEntry),
  };
}

function describeEntry({ atMs, what, code }: JournalEntry) {
  return { at: timeOf(atMs), what: knownWords(what), ...(code === undefined ? {} : { code }) };
}

function describeSettings({ relays, sites, keepMinutes }: Settings) {
  return {
    relays: relays.length,
    plainRelays: relays.filter(({ plain }) => plain).length,
    rememberedTokens: relays.filter(({ rememberToken }) => rememberToken).length,
    ownFieldMaps: relays.filter(({ fieldMap }) => fieldMap !== undefined).length,
    sites: sites.length,
    keepMinutes,
  };
}

function describePreferences(preferences: Preferences) {
  const { profiles, templates, redaction, copyFormat, labels, country } = preferences;
  const { theme, times, side, width, room, announce, copyTimes, noteHeader } = preferences;
  const { cards, nationalIds, emails, phones, onScreen, patterns } = redaction;
  const ownLabels = Object.values(labels).flatMap(({ caller, callee }) => [caller, callee]);
  return {
    theme,
    times,
    side,
    width,
    room,
    announce,
    copyFormat: copyFormat.startsWith(OWN_FORMAT) ? 'own' : copyFormat,
    copyTimes,
    noteHeader,
    countryIsSet: country !== '',
    keywords: {
      all: profiles.length,
      badge: profiles.filter(({ badge }) => badge).length,
      notify: profiles.filter(({ notify }) => notify).length,
      sound: profiles.filter(({ sound }) => sound).length,
    },
    ownFormats: templates.length,
    ownLabels: ownLabels.filter((label) => label !== '').length,
    hidden: { cards, nationalIds, emails, phones, onScreen, ownPatterns: patterns.length },
  };
}

function describePolicy({ organization, locked, defaults, problems }: Policy) {
  return {
    isSet: organization !== '' || [locked, defaults].some((part) => Object.keys(part).length > 0),
    locked: knownKeys(locked),
    defaults: knownKeys(defaults),
    problems: problems.length,
  };
}

const ownKeys: ReadonlySet<string> = new Set([
  ...Object.keys(settingsEntries),
  ...Object.keys(decodePreferences(undefined)),
]);

function knownKeys(part: Record<string, unknown>): string[] {
  return Object.keys(part).filter((key) => ownKeys.has(key));
}

/** Every word that names a state or a reason. */
const stateWords: ReadonlySet<string> = new Set([
  ...[
    'off',
    'connecting',
    'greeting',
    'asking',
    'connected',
    'waiting',
    'stopped',
    'closed',
    'up',
    'unknown',
    'none',
  ],
  ...Object.keys(stopTopics),
  ...Object.keys(retryTopics),
  ...Object.keys(platformTopics),
]);

function knownWords(text: string): string {
  return text
    .split(' ')
    .map((word) => (stateWords.has(word) ? word : 'other'))
    .join(' ');
}

function timeOf(atMs: number): string {
  return new Date(atMs).toISOString();
}
