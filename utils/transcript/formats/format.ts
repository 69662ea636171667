/** What a format of copied lines is given, and what it gives. One file a format; the registry lists them. */
import type { Leg } from '../event.ts';

export type ExcerptPart =
  | { kind: 'line'; atMs: number; leg: Leg; speaker: string; text: string }
  /** Typed by the agent. */
  | { kind: 'text'; text: string }
  /** Lines may be missing here; `text` says so in the reader's language. */
  | { kind: 'gap'; fromMs: number; toMs: number; text: string };

/** Some or all of a call, redacted already. */
export type Excerpt = {
  call: {
    id: string;
    caller: string | undefined;
    callee: string | undefined;
    customer: string | undefined;
    startedAtMs: number;
    /** Of a call that goes on, undefined: it has lasted until now. */
    endedAtMs: number | undefined;
  };
  /** The record it goes to, such as `#1042`. */
  ticket: string | undefined;
  parts: readonly ExcerptPart[];
};

export type FormatOptions = {
  times: boolean;
  /** Whether it begins with who called, when and how long. */
  header: boolean;
  /** BCP 47, for dates. */
  locale: string;
  /** IANA; the machine's own where it is not given. */
  timeZone?: string | undefined;
  nowMs: number;
};

/** Both flavours of the clipboard: `html` is text throughout, escaped, and holds no markup of the transcript's. */
export type Written = { text: string; html: string };

export const formatIds = ['plain', 'markdown', 'html', 'json', 'webvtt'] as const;
type FormatId = (typeof formatIds)[number];

/** What begins the id of a template's format. */
export const OWN_FORMAT = 'own:';

export function ownFormatId(templateId: string): `${typeof OWN_FORMAT}${string}` {
  return `${OWN_FORMAT}${templateId}`;
}

export type Format = {
  id: FormatId | ReturnType<typeof ownFormatId>;
  /** Of a file with it, without the dot. */
  extension: string;
  mime: string;
  write(excerpt: Excerpt, options: FormatOptions): Written;
};
