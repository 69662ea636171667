/** The file in which settings go from one browser to another: what stands in it, what is read from it, what it would change. */
import * as v from 'valibot';
import { notUnderstood } from './not-understood.ts';
import type { PolicyKey } from './policy-part.ts';
import { decodePreferences, type Preferences } from './preferences.ts';
import { decodeSettings, SETTINGS_VERSION, type Settings } from './settings.ts';

export const MAX_FILE_BYTES = 1_000_000;

/** All that can be chosen, tokens apart. */
export type Everything = { settings: Settings; preferences: Preferences };

export type FileFault = 'too-large' | 'not-json' | 'not-earshot' | 'newer';

/** What a file holds; `leftOut` are the places in it that were not understood, such as `settings.relays[1].address`. */
export type FileContent = {
  ok: true;
  settings: Partial<Settings>;
  preferences: Partial<Preferences>;
  leftOut: readonly string[];
};

export type ReadFile = FileContent | { ok: false; fault: FileFault };

/** One that differs; of a list how many there are and would be. */
export type Change = { key: PolicyKey; counts?: { before: number; after: number } };

const part = v.optional(v.record(v.string(), v.unknown()), {});
const fileSchema = v.looseObject({
  earshot: v.literal('settings'),
  version: v.number(),
  settings: part,
  preferences: part,
});

export function writeSettingsFile({ settings, preferences }: Everything): string {
  const file = { earshot: 'settings', version: SETTINGS_VERSION, settings, preferences };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export function readSettingsFile(text: string): ReadFile {
  if (text.length > MAX_FILE_BYTES) return { ok: false, fault: 'too-large' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, fault: 'not-json' };
  }
  const file = v.safeParse(fileSchema, json);
  if (!file.success) return { ok: false, fault: 'not-earshot' };
  const { earshot: _earshot, version, settings, preferences, ...others } = file.output;
  if (version > SETTINGS_VERSION) return { ok: false, fault: 'newer' };
  const read = {
    settings: understood(settings, decodeSettings(settings), 'settings'),
    preferences: understood(preferences, decodePreferences(preferences), 'preferences'),
  };
  return {
    ok: true,
    settings: read.settings.values,
    preferences: read.preferences.values,
    leftOut: [...read.settings.leftOut, ...read.preferences.leftOut, ...Object.keys(others)],
  };
}

/** What differs between what holds and what a file holds. */
export function changesOf(held: Everything, file: FileContent): Change[] {
  const before: Record<string, unknown> = { ...held.settings, ...held.preferences };
  const after = Object.entries({ ...file.settings, ...file.preferences });
  return after
    .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key]))
    .map(([key, value]) => ({ key: key as PolicyKey, ...countsOf(before[key], value) }));
}

/** What the file says nothing of, or nothing that is understood, stays as it is. */
function understood<Values extends object>(given: Record<string, unknown>, read: Values, path: string) {
  const leftOut = notUnderstood(given, read, path);
  const taken = Object.entries(read).filter(
    ([key]) => Object.hasOwn(given, key) && !leftOut.includes(`${path}.${key}`),
  );
  return { values: Object.fromEntries(taken) as Partial<Values>, leftOut };
}

function countsOf(before: unknown, after: unknown): Pick<Change, 'counts'> {
  if (!Array.isArray(before) || !Array.isArray(after)) return {};
  return { counts: { before: before.length, after: after.length } };
}
