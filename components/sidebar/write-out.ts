/** Writes parts of a call out in a format: redacted, labelled, in the reader's language. */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { PageRecord } from '../../utils/messaging/surface.ts';
import type { Preferences } from '../../utils/settings/preferences.ts';
import type { CallSummary, Entry, LineEntry } from '../../utils/transcript/call.ts';
import type { ExcerptPart, Written } from '../../utils/transcript/formats/format.ts';
import { formatOf } from '../../utils/transcript/formats/registry.ts';
import type { NoteItem, PinnedLine } from '../../utils/transcript/note.ts';
import { createRedactor, type Redactor } from '../../utils/transcript/redaction/redactor.ts';
import { gapWords } from './gap-words.ts';
import { type Labels, labelsOf, speakerLabel } from './speaker-label.ts';

export type WrittenOut = Written & {
  /** Of a file with it, without the dot. */
  extension: string;
  mime: string;
  /** In how many of the lines and texts something was blotted out. */
  hiddenCount: number;
};

/** Entries of the same call beside those that are written: a number that begins or ends in them is found whole. */
type Around = { around?: readonly Entry[] | undefined };

export type EntriesOptions = Around & {
  /** It begins with who called, when and how long, where the preferences want it. */
  whole?: boolean;
  /** The preferred format where none is given. */
  formatId?: string;
  /** `false`: as it was said. */
  redacted?: boolean;
};

export type WriteOut = {
  entries(call: CallSummary, entries: readonly Entry[], options?: EntriesOptions): WrittenOut;
  note(call: CallSummary, items: readonly NoteItem[], options?: Around & { formatId?: string }): WrittenOut;
  /** The lines among entries as they may leave, by their index. */
  redacted(entries: readonly Entry[]): ReadonlyMap<number, string>;
};

type WriteOutDeps = {
  preferences: ReadonlySignal<Preferences>;
  page: ReadonlySignal<PageRecord | undefined>;
  nowMs(): number;
  /** BCP 47. */
  locale: string;
};

/** Leaves every text as it is. */
const blind: Redactor = { redact: (text) => text, redactLines: (lines) => lines.map(({ text }) => text) };

export function createWriteOut({ preferences, page, nowMs, locale }: WriteOutDeps): WriteOut {
  const rules = computed(() => preferences.value.redaction);
  const redactor = computed(() => createRedactor(rules.value));

  function write(
    call: CallSummary,
    parts: readonly Part[],
    formatId: string | undefined,
    header: boolean,
    { redact }: Redactor,
  ): WrittenOut {
    // Who called is hidden where phone numbers are; the other rules might take a long number for a card.
    const clean = (text: string | undefined) =>
      text !== undefined && rules.peek().phones ? redact(text) : text;
    const { copyFormat, copyTimes, templates } = preferences.peek();
    const format = formatOf(formatId ?? copyFormat, templates);
    const record = page.peek()?.record;
    const excerpt = {
      call: {
        id: call.id,
        caller: clean(call.parties.caller),
        callee: clean(call.parties.callee),
        customer: clean(call.parties.customer),
        startedAtMs: call.startedAtMs,
        endedAtMs: call.endedAtMs,
      },
      ticket: record === undefined ? undefined : `#${record.id}`,
      parts: parts.map(({ part }) => part),
    };
    const written = format.write(excerpt, { times: copyTimes, header, locale, nowMs: nowMs() });
    const hiddenCount = parts.filter(({ isHidden }) => isHidden).length;
    return { ...written, extension: format.extension, mime: format.mime, hiddenCount };
  }

  function labelsFor({ parties }: CallSummary): Labels {
    return labelsOf(parties.direction ?? 'unknown', preferences.peek().labels);
  }

  return {
    entries(call, entries, { whole = false, formatId, redacted = true, around = [] } = {}) {
      const labels = labelsFor(call);
      const used = redacted ? redactor.peek() : blind;
      const texts = textsOf(used, [...around, ...entries]);
      const parts = entries.map((entry): Part => {
        if (entry.kind === 'gap') {
          const { fromMs, toMs } = entry;
          return { part: { kind: 'gap', fromMs, toMs, text: gapWords(entry) }, isHidden: false };
        }
        return linePart(entry, texts.get(entry.index) ?? entry.text, entry.text, labels);
      });
      return write(call, parts, formatId, whole && preferences.peek().noteHeader, used);
    },

    note(call, items, { formatId, around = [] } = {}) {
      const labels = labelsFor(call);
      const { redact } = redactor.peek();
      const pinned = items.filter((item): item is PinnedLine => item.kind === 'line');
      const texts = textsOf(redactor.peek(), [...around, ...pinned.map(asSaid)]);
      const parts = items.map((item): Part => {
        if (item.kind === 'text') {
          const text = redact(item.text);
          return { part: { kind: 'text', text }, isHidden: text !== item.text };
        }
        const said = item.own ?? item.text;
        const text = item.own === undefined ? (texts.get(item.index) ?? item.text) : redact(item.own);
        return linePart(asSaid(item), text, said, labels);
      });
      return write(call, parts, formatId, preferences.peek().noteHeader, redactor.peek());
    },

    redacted: (entries) => textsOf(redactor.value, entries),
  };
}

type Part = { part: ExcerptPart; isHidden: boolean };

function linePart(line: LineEntry, text: string, said: string, labels: Labels): Part {
  const { atMs, leg } = line;
  return {
    part: { kind: 'line', atMs, leg, speaker: speakerLabel(line, labels), text },
    isHidden: text !== said,
  };
}

/** A pinned line as the line it was. */
export function asSaid({ index, leg, speaker, atMs, text }: PinnedLine): LineEntry {
  return { kind: 'line', index, leg, speaker, atMs, text, final: true };
}

/** The redacted texts of lines by their index, each read with its neighbours; of two at one index the later counts. */
function textsOf({ redactLines }: Redactor, entries: readonly Entry[]): Map<number, string> {
  const byIndex = new Map<number, LineEntry>();
  for (const entry of entries) {
    if (entry.kind === 'line') byIndex.set(entry.index, entry);
  }
  const lines = [...byIndex.values()].sort((one, other) => one.index - other.index);
  const texts = redactLines(lines);
  return new Map(lines.map(({ index, text }, at) => [index, texts[at] ?? text]));
}
