/**
 * What is marked of the lines beside what is found in them: those that are pinned, and those that are shown redacted.
 * By chunk, so that a pin paints one chunk anew and a new line is redacted with its own chunk alone.
 */
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Entry } from '../../utils/transcript/call.ts';
import { ENTRIES_IN_SIGHT, isLine } from './call-entries.ts';
import { type CallModel, type Chunk, chunkAt, chunkNumber } from './call-model.ts';

type ChunkMarks = {
  /** Indexes of its pinned lines; the same set until it changes. */
  pinned: ReadonlySignal<ReadonlySet<number>>;
  /** What would be shown instead of lines, by their index. */
  redacted: ReadonlySignal<ReadonlyMap<number, string>>;
  /** The same but for the line that is revealed. */
  hidden: ReadonlySignal<ReadonlyMap<number, string>>;
};

export type LineMarks = {
  ofChunk(chunk: Chunk): ChunkMarks;
  /** Whether something in the line is hidden unless it is revealed. */
  isRedacted(index: number): boolean;
  /** Whether the line is shown redacted. */
  isHidden(index: number): boolean;
  /** The one line that is shown as it was said although something in it is hidden. */
  revealed: Signal<number | undefined>;
};

type MarksDeps = {
  call: CallModel;
  pinned: ReadonlySignal<ReadonlySet<number>>;
  /** Whether lines are redacted on screen. */
  isHiding: ReadonlySignal<boolean>;
  redacted(entries: readonly Entry[]): ReadonlyMap<number, string>;
};

const none: ReadonlySet<number> = new Set();
const nothing: ReadonlyMap<number, string> = new Map();

export function createLineMarks({ call, pinned, isHiding, redacted }: MarksDeps): LineMarks {
  const revealed = signal<number>();
  const made = new WeakMap<Chunk['entries'], ChunkMarks>();
  const pinnedByChunk = computed(() => Map.groupBy(pinned.value, chunkNumber));

  function make({ number, entries }: Chunk): ChunkMarks {
    const pins = computed(() => pinnedByChunk.value.get(number)?.join(' ') ?? '');
    const before = computed(() => chunkAt(call.chunks.value, number - 1)?.entries);
    const after = computed(() => chunkAt(call.chunks.value, number + 1)?.entries);
    const redactedTexts = computed(() => {
      if (!isHiding.value) return nothing;
      const head = before.value?.value.slice(-ENTRIES_IN_SIGHT) ?? [];
      const tail = after.value?.value.slice(0, ENTRIES_IN_SIGHT) ?? [];
      const texts = redacted([...head, ...entries.value, ...tail]);
      const changed = entries.value.flatMap((entry): [number, string][] => {
        const text = texts.get(entry.index);
        return isLine(entry) && text !== undefined && text !== entry.text ? [[entry.index, text]] : [];
      });
      return changed.length === 0 ? nothing : new Map(changed);
    });
    return {
      pinned: computed(() => (pins.value === '' ? none : new Set(pins.value.split(' ').map(Number)))),
      redacted: redactedTexts,
      hidden: computed(() => {
        const open = revealed.value;
        if (open === undefined || !redactedTexts.value.has(open)) return redactedTexts.value;
        return new Map([...redactedTexts.value].filter(([index]) => index !== open));
      }),
    };
  }

  function ofChunk(chunk: Chunk): ChunkMarks {
    const known = made.get(chunk.entries) ?? make(chunk);
    made.set(chunk.entries, known);
    return known;
  }

  function isRedacted(index: number): boolean {
    const chunk = chunkAt(call.chunks.value, chunkNumber(index));
    return chunk !== undefined && ofChunk(chunk).redacted.value.has(index);
  }

  return {
    ofChunk,
    isRedacted,
    isHidden: (index) => isRedacted(index) && revealed.value !== index,
    revealed,
  };
}
