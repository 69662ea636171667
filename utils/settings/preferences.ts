/**
 * How an agent likes to read: one schema, from which type, defaults and decoding come. What is missing or not
 * understood takes its default alone; nothing else is lost with it.
 */
import * as v from 'valibot';
import { formatIds, OWN_FORMAT } from '../transcript/formats/format.ts';
import { choice, many, words, yesNo } from './lenient.ts';
import { clampWidth } from './width.ts';

const DEFAULT_WIDTH_PX = 360;
export const MAX_LABEL_LENGTH = 40;
export const MAX_PROFILES = 50;
export const MAX_QUERY_LENGTH = 500;
export const MAX_PROFILE_NAME_LENGTH = 60;
export const MAX_TEMPLATES = 20;
export const MAX_TEMPLATE_LENGTH = 2_000;
export const MAX_PATTERNS = 50;
export const MAX_PATTERN_LENGTH = 100;

const themes = ['system', 'light', 'dark'] as const;
export const profileColours = ['amber', 'red', 'green', 'blue', 'violet'] as const;

/** A label for each leg; an empty one stands for Earshot's own word. */
const noLabels = { caller: '', callee: '' };
const legLabels = v.optional(
  v.fallback(v.object({ caller: words(MAX_LABEL_LENGTH), callee: words(MAX_LABEL_LENGTH) }), noLabels),
  noLabels,
);

const profile = v.object({
  id: v.string(),
  name: v.pipe(v.string(), v.maxLength(MAX_PROFILE_NAME_LENGTH)),
  /** In the platform's query language; kept as typed, even where it is wrong. */
  query: v.pipe(v.string(), v.maxLength(MAX_QUERY_LENGTH)),
  colour: v.optional(v.fallback(v.picklist(profileColours), 'amber'), 'amber'),
  /** A line that matches shows on the toolbar's badge, as a notification, and is heard. */
  badge: yesNo(true),
  notify: yesNo(false),
  sound: yesNo(false),
});

/** A way to write lines of the agent's own; the placeholders are in `utils/transcript/formats/template.ts`. */
const template = v.object({
  id: v.string(),
  name: v.pipe(v.string(), v.maxLength(MAX_PROFILE_NAME_LENGTH)),
  /** Above a note or a whole call; empty for none. */
  header: v.pipe(v.string(), v.maxLength(MAX_TEMPLATE_LENGTH)),
  /** Each line. */
  line: v.pipe(v.string(), v.maxLength(MAX_TEMPLATE_LENGTH)),
});

/** What is blotted out of what is copied and inserted, and of the screen if `onScreen`. */
const redaction = v.object({
  cards: yesNo(true),
  nationalIds: yesNo(false),
  emails: yesNo(false),
  phones: yesNo(false),
  onScreen: yesNo(false),
  /** `#` stands for a digit, `@` for a letter, anything else for itself. */
  patterns: many(
    v.object({
      id: v.string(),
      name: v.pipe(v.string(), v.maxLength(MAX_PROFILE_NAME_LENGTH)),
      pattern: v.pipe(v.string(), v.maxLength(MAX_PATTERN_LENGTH)),
    }),
    MAX_PATTERNS,
  ),
});

const copyFormat = v.union([
  v.picklist(formatIds),
  v.pipe(v.string(), v.startsWith(OWN_FORMAT), v.maxLength(100)),
]);

const preferencesSchema = v.object({
  theme: choice(themes, 'system'),
  /** `relative`: since the call began; `clock`: the time of day. */
  times: choice(['relative', 'clock'], 'relative'),
  side: choice(['right', 'left'], 'right'),
  /** CSS pixels. */
  width: v.optional(
    v.fallback(v.pipe(v.number(), v.transform(clampWidth)), DEFAULT_WIDTH_PX),
    DEFAULT_WIDTH_PX,
  ),
  /** `push`: the page makes room; `over`: the sidebar lies over it. */
  room: choice(['push', 'over'], 'push'),
  /** Whether a screen reader is told of new lines. */
  announce: yesNo(true),
  /** What the legs are called, by the direction of the call where the platform tells it. */
  labels: v.optional(
    v.fallback(v.object({ inbound: legLabels, outbound: legLabels, unknown: legLabels }), {
      inbound: noLabels,
      outbound: noLabels,
      unknown: noLabels,
    }),
    { inbound: noLabels, outbound: noLabels, unknown: noLabels },
  ),
  profiles: many(profile, MAX_PROFILES),
  /** ISO 3166-1 alpha-2, in which numbers without a country's code are read; empty: the browser's own. */
  country: v.optional(
    v.fallback(v.union([v.literal(''), v.pipe(v.string(), v.regex(/^[A-Z]{2}$/))]), ''),
    '',
  ),
  /** A format of `utils/transcript/formats`, or `own:` and the id of a template. */
  copyFormat: v.optional(v.fallback(copyFormat, 'plain'), 'plain'),
  /** Whether copied lines carry their times. */
  copyTimes: yesNo(true),
  /** Whether a note and a whole call begin with who called, when and how long. */
  noteHeader: yesNo(true),
  templates: many(template, MAX_TEMPLATES),
  redaction: v.optional(v.fallback(redaction, defaultRedaction()), defaultRedaction()),
});

export type Preferences = v.InferOutput<typeof preferencesSchema>;
export type KeywordProfile = v.InferOutput<typeof profile>;
export type CopyTemplate = v.InferOutput<typeof template>;
export type RedactionRules = v.InferOutput<typeof redaction>;

/** Preferences from storage. */
export function decodePreferences(stored: unknown): Preferences {
  const parsed = v.safeParse(preferencesSchema, stored ?? {});
  return parsed.success ? parsed.output : v.parse(preferencesSchema, {});
}

/** Some preferences from a message: what is missing stays missing. */
export function decodeSomePreferences(some: Readonly<Record<string, unknown>>): Partial<Preferences> {
  const given = Object.entries(decodePreferences(some)).filter(([key]) => Object.hasOwn(some, key));
  return Object.fromEntries(given);
}

function defaultRedaction() {
  return { cards: true, nationalIds: false, emails: false, phones: false, onScreen: false, patterns: [] };
}
