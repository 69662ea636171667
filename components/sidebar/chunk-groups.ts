/**
 * The chunks of a call by eight, so that what is counted over a whole call, and what a browser lays out of it, costs a
 * line what changed in one group and a look at the others, not at every chunk.
 */
import { computed, type ReadonlySignal } from '@preact/signals';
import type { CallModel, Chunk } from './call-model.ts';

const CHUNKS_A_GROUP = 8;

export type ChunkGroup = {
  /** Chunks `number · 8` and on. */
  number: number;
  /** The same array until one is added or let go. */
  chunks: ReadonlySignal<readonly Chunk[]>;
};

type Groups = ReadonlySignal<readonly ChunkGroup[]>;

const madeFor = new WeakMap<CallModel, Groups>();

/** The number of the group in which the chunk of this number stands. */
export function groupNumber(chunk: number): number {
  return Math.floor(chunk / CHUNKS_A_GROUP);
}

export function groupsOf(call: CallModel): Groups {
  const known = madeFor.get(call) ?? makeGroups(call);
  madeFor.set(call, known);
  return known;
}

function makeGroups({ chunks }: CallModel): Groups {
  const byNumber = new Map<number, ChunkGroup>();

  function makeGroup(number: number): ChunkGroup {
    let last: readonly Chunk[] = [];
    return {
      number,
      chunks: computed(() => {
        const all = chunks.value;
        const from = number * CHUNKS_A_GROUP - (all[0]?.number ?? 0);
        last = unlessSame(last, all.slice(Math.max(0, from), Math.max(0, from + CHUNKS_A_GROUP)));
        return last;
      }),
    };
  }

  function groupAt(number: number): ChunkGroup {
    const known = byNumber.get(number) ?? makeGroup(number);
    byNumber.set(number, known);
    return known;
  }

  let last: readonly ChunkGroup[] = [];
  return computed(() => {
    const [first, newest] = [chunks.value[0], chunks.value.at(-1)];
    const from = groupNumber(first?.number ?? 0);
    const count = newest === undefined ? 0 : groupNumber(newest.number) + 1 - from;
    last = unlessSame(
      last,
      Array.from({ length: count }, (_, at) => groupAt(from + at)),
    );
    return last;
  });
}

function unlessSame<Item>(last: readonly Item[], next: readonly Item[]): readonly Item[] {
  return last.length === next.length && last.every((item, at) => item === next[at]) ? last : next;
}

/** What is counted in every chunk of a call, added up; `ofChunk` must give the same signal for a chunk each time. */
export type Tally<Count> = {
  total: ReadonlySignal<Count>;
  /** Of the chunks before this one. */
  before(chunk: number): Count;
};

export function tallyChunks<Count>(
  call: ReadonlySignal<CallModel | undefined>,
  ofChunk: (chunk: Chunk) => Count,
  add: (counts: readonly Count[]) => Count,
): Tally<Count> {
  const byGroup = new WeakMap<ChunkGroup, ReadonlySignal<Count>>();
  const groups = computed(() => (call.value === undefined ? [] : groupsOf(call.value).value));

  function ofGroup(group: ChunkGroup): Count {
    const known = byGroup.get(group) ?? computed(() => add(group.chunks.value.map(ofChunk)));
    byGroup.set(group, known);
    return known.value;
  }

  return {
    total: computed(() => add(groups.value.map(ofGroup))),
    before(chunk) {
      const own = groupNumber(chunk);
      const whole = groups.value.filter(({ number }) => number < own).map(ofGroup);
      const beside = groups.value.find(({ number }) => number === own)?.chunks.value ?? [];
      return add([...whole, ...beside.filter(({ number }) => number < chunk).map(ofChunk)]);
    },
  };
}
